internal import COpenGL
internal import PoseRig

/// The vertex and index buffers of one surface; owns them. Everything independent of the pose is
/// uploaded once.
struct VertexArray: ~Copyable {
  private let array: GLuint
  /// Positions, normals, labels, sides, texture coordinates, indices.
  private let buffers: [GLuint]

  /// The parts of a surface that are independent of the pose. They are kept, so that equal storage
  /// means equal content.
  private let triangles: [SIMD3<UInt32>]
  private let labels: [SurfaceLabel]
  private let sides: [Float]
  private let textureCoordinates: [SIMD2<Float>]
  private let textures: [OpacityTexture]

  /// The pose uploaded last, kept unchanged.
  private var positions: [SIMD3<Float>] = []
  private var normals: [SIMD3<Float>] = []

  init(_ surface: PosedSurface) {
    var array: GLuint = 0
    glGenVertexArrays(1, &array)
    var buffers = [GLuint](repeating: 0, count: 6)
    glGenBuffers(6, &buffers)
    self.array = array
    self.buffers = buffers
    triangles = surface.triangles
    labels = surface.labels
    sides = surface.sides
    textureCoordinates = surface.look?.textureCoordinates ?? []
    textures = surface.look?.textures ?? []
    glBindVertexArray(array)
    // SIMD3<Float> takes 16 bytes in memory.
    for (location, size, stride) in [(0, 3, 16), (1, 3, 16), (2, 1, 4), (3, 1, 4), (4, 2, 8)]
    where location < 4 || !textureCoordinates.isEmpty {
      glBindBuffer(GLenum(GL_ARRAY_BUFFER), buffers[location])
      glVertexAttribPointer(
        GLuint(location), GLint(size), GLenum(GL_FLOAT), GLboolean(GL_FALSE), GLsizei(stride), nil)
      glEnableVertexAttribArray(GLuint(location))
    }
    let mesh = FlatLabels(surface)
    upload(mesh.labelOfVertex, to: 2, GL_ARRAY_BUFFER, GL_STATIC_DRAW)
    upload(sides.isEmpty ? mesh.noSides : sides, to: 3, GL_ARRAY_BUFFER, GL_STATIC_DRAW)
    if !textureCoordinates.isEmpty {
      upload(textureCoordinates, to: 4, GL_ARRAY_BUFFER, GL_STATIC_DRAW)
    }
    glBindBuffer(GLenum(GL_ELEMENT_ARRAY_BUFFER), buffers[5])
    upload(mesh.indices, to: 5, GL_ELEMENT_ARRAY_BUFFER, GL_STATIC_DRAW)
  }

  deinit {
    glDeleteBuffers(GLsizei(buffers.count), buffers)
    withUnsafePointer(to: array) { glDeleteVertexArrays(1, $0) }
  }

  /// Returns whether the surface is the uploaded one, possibly in another pose.
  func holds(_ surface: PosedSurface) -> Bool {
    triangles.hasStorage(of: surface.triangles) && labels.hasStorage(of: surface.labels)
      && sides.hasStorage(of: surface.sides)
      && textureCoordinates.hasStorage(of: surface.look?.textureCoordinates ?? [])
      && textures.hasStorage(of: surface.look?.textures ?? [])
  }

  /// Uploads a pose of the surface for ``draw(_:)``, unless it is already uploaded.
  mutating func pose(_ surface: PosedSurface) {
    glBindVertexArray(array)
    if positions.hasStorage(of: surface.positions), normals.hasStorage(of: surface.normals) {
      return
    }
    positions = surface.positions
    normals = surface.normals
    upload(positions, to: 0, GL_ARRAY_BUFFER, GL_STREAM_DRAW)
    upload(normals, to: 1, GL_ARRAY_BUFFER, GL_STREAM_DRAW)
  }

  /// Draws some triangles with the current program.
  func draw(_ triangles: Range<Int>) {
    let first = UnsafeRawPointer(bitPattern: triangles.lowerBound * 12)
    glDrawElements(
      GLenum(GL_TRIANGLES), GLsizei(triangles.count * 3), GLenum(GL_UNSIGNED_INT), first)
  }

  private func upload<Element>(
    _ elements: [Element], to slot: Int, _ target: Int32, _ usage: Int32
  ) {
    glBindBuffer(GLenum(target), buffers[slot])
    elements.withUnsafeBytes { bytes in
      glBufferData(GLenum(target), GLsizeiptr(bytes.count), bytes.baseAddress, GLenum(usage))
    }
  }
}

/// The vertex arrays of the surfaces drawn most recently.
final class VertexArrays {
  /// The total number of vertices up to which arrays are kept; a vertex takes about 80 bytes.
  private static let keptVertices = 1 << 20
  /// The number of surfaces up to which arrays are kept. A prop's surface is made again whenever
  /// its scene is solved, and although it is small, the buffers of thousands would fill the memory.
  private static let keptSurfaces = 64

  private var slots: [Slot] = []

  private final class Slot {
    var array: VertexArray
    let textures: OpacityTextures
    let vertices: Int
    init(_ surface: PosedSurface) {
      vertices = surface.positions.count
      array = VertexArray(surface)
      textures = OpacityTextures(surface.look?.textures ?? [])
    }
  }

  /// Calls `draw` with the buffers of a surface in its pose and the textures of its materials.
  func with(
    _ surface: PosedSurface,
    _ draw: (borrowing VertexArray, borrowing OpacityTextures) -> Void
  ) {
    guard !surface.triangles.isEmpty else { return }
    let slot: Slot
    if let known = slots.firstIndex(where: { $0.array.holds(surface) }) {
      slot = slots.remove(at: known)
    } else {
      makeRoom(for: surface)
      slot = Slot(surface)
    }
    slots.append(slot)
    slot.array.pose(surface)
    draw(slot.array, slot.textures)
  }

  /// Removes the surfaces drawn longest ago.
  private func makeRoom(for surface: PosedSurface) {
    var vertices = surface.positions.count
    let stay = slots.reversed().prefix(Self.keptSurfaces - 1).prefix { slot in
      vertices += slot.vertices
      return vertices <= Self.keptVertices
    }
    slots.removeFirst(slots.count - stay.count)
  }
}

extension Array {
  /// Returns whether two arrays share their storage, so that they are certainly equal.
  fileprivate func hasStorage(of other: [Element]) -> Bool {
    withUnsafeBufferPointer { own in
      other.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress && own.count == $0.count }
    }
  }
}

/// The triangles of a surface, rotated so that their last corner, from which OpenGL takes flat
/// values, carries the triangle's label; a vertex shared by several triangles carries the last
/// one's.
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
    // A 0 in the target means nothing, so labels start at 1 there.
    labelOfVertex = label.map { Float($0) + 1 }
  }
}
