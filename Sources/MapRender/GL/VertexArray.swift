internal import COSMesa
internal import PoseRig

/// Vertex and index buffers of the surface being drawn, owned and reused.
struct VertexArray: ~Copyable {
  private let array: GLuint
  /// Positions, normals, labels, sides, texture coordinates, indices.
  private let buffers: [GLuint]

  init() {
    var array: GLuint = 0
    glGenVertexArrays(1, &array)
    var buffers = [GLuint](repeating: 0, count: 6)
    glGenBuffers(6, &buffers)
    self.array = array
    self.buffers = buffers
    glBindVertexArray(array)
    // SIMD3<Float> takes 16 bytes in memory.
    for (location, size, stride) in [(0, 3, 16), (1, 3, 16), (2, 1, 4), (3, 1, 4), (4, 2, 8)] {
      glBindBuffer(GLenum(GL_ARRAY_BUFFER), buffers[location])
      glVertexAttribPointer(
        GLuint(location), GLint(size), GLenum(GL_FLOAT), GLboolean(GL_FALSE), GLsizei(stride), nil)
      glEnableVertexAttribArray(GLuint(location))
    }
    glBindBuffer(GLenum(GL_ELEMENT_ARRAY_BUFFER), buffers[5])
  }

  deinit {
    glDeleteBuffers(GLsizei(buffers.count), buffers)
    withUnsafePointer(to: array) { glDeleteVertexArrays(1, $0) }
  }

  /// Uploads a surface and draws it with the current program; `prepare` hears of each run of
  /// triangles before it is drawn.
  func draw(_ surface: PosedSurface, prepare: (SurfaceMaterial) -> Void) {
    guard !surface.triangles.isEmpty else { return }
    let mesh = FlatLabels(surface)
    glBindVertexArray(array)
    upload(surface.positions, to: 0, GL_ARRAY_BUFFER)
    upload(surface.normals, to: 1, GL_ARRAY_BUFFER)
    upload(mesh.labelOfVertex, to: 2, GL_ARRAY_BUFFER)
    upload(surface.sides.isEmpty ? mesh.noSides : surface.sides, to: 3, GL_ARRAY_BUFFER)
    let coordinates = surface.look?.textureCoordinates ?? []
    if coordinates.isEmpty {
      glDisableVertexAttribArray(4)
    } else {
      glEnableVertexAttribArray(4)
      upload(coordinates, to: 4, GL_ARRAY_BUFFER)
    }
    upload(mesh.indices, to: 5, GL_ELEMENT_ARRAY_BUFFER)
    let whole = SurfaceMaterial(
      triangles: surface.triangles.indices, doubleSided: !surface.isClosed)
    for material in surface.look?.materials ?? [whole] {
      prepare(material)
      let first = UnsafeRawPointer(bitPattern: material.triangles.lowerBound * 12)
      glDrawElements(
        GLenum(GL_TRIANGLES), GLsizei(material.triangles.count * 3), GLenum(GL_UNSIGNED_INT), first)
    }
  }

  private func upload<Element>(_ elements: [Element], to slot: Int, _ target: Int32) {
    glBindBuffer(GLenum(target), buffers[slot])
    elements.withUnsafeBytes { bytes in
      glBufferData(
        GLenum(target), GLsizeiptr(bytes.count), bytes.baseAddress, GLenum(GL_STREAM_DRAW))
    }
  }
}

/// A surface's triangles turned so that their last corner, which OpenGL takes flat values from,
/// carries the triangle's label; a vertex shared by several carries the last one's.
private struct FlatLabels {
  var indices: [UInt32] = []
  var labelOfVertex: [Float]

  /// The sides of a surface without halves.
  var noSides: [Float] { [Float](repeating: -1, count: labelOfVertex.count) }

  init(_ surface: PosedSurface) {
    var label = [UInt8](repeating: 0, count: surface.positions.count)
    for (corners, number) in zip(surface.triangles, surface.labels.lazy.map(\.number)) {
      for corner in 0..<3 { label[Int(corners[corner])] = number }
    }
    indices.reserveCapacity(surface.triangles.count * 3)
    for (corners, number) in zip(surface.triangles, surface.labels.lazy.map(\.number)) {
      var turned = corners
      for _ in 0..<2 where label[Int(turned.z)] != number {
        turned = SIMD3(turned.y, turned.z, turned.x)
      }
      indices.append(turned.x)
      indices.append(turned.y)
      indices.append(turned.z)
    }
    // 0 means nothing in the target, so labels count from 1 there.
    labelOfVertex = label.map { Float($0) + 1 }
  }
}
