internal import PoseRig

/// The triangles of a mesh with one material, with a vertex for each different corner.
struct FBXSurface {
  /// The index of the material among those of the node.
  let material: Int
  /// The point of each vertex.
  private(set) var points: [Int32] = []
  /// The normal of each vertex, in the mesh's own space.
  private(set) var normals: [SIMD3<Float>] = []
  /// The texture coordinates of each vertex; empty if they are not needed.
  private(set) var textureCoordinates: [SIMD2<Float>] = []
  /// The corners of triangles.
  private(set) var triangles: [SIMD3<UInt32>] = []

  /// Returns the surfaces of a mesh, by the index of their material.
  ///
  /// - Parameters:
  ///   - geometry: the mesh.
  ///   - needsTextures: returns whether the material at an index is cut out by a picture.
  static func all(of geometry: FBXGeometry, needsTextures: (Int) -> Bool) -> [FBXSurface] {
    var bySlot: [Int: [Int]] = [:]
    for (index, triangle) in geometry.triangles.enumerated() {
      let slot = geometry.materials?.index(
        corner: Int(triangle.corners.x), point: Int(geometry.corners[Int(triangle.corners.x)]),
        polygon: Int(triangle.polygon))
      bySlot[max(slot ?? 0, 0), default: []].append(index)
    }
    let smooth = geometry.normals == nil ? smoothNormals(geometry) : []
    // The first vertex at each point, used for the surfaces in turn.
    var heads = [Int32](repeating: -1, count: geometry.points.count)
    return bySlot.sorted { $0.key < $1.key }.map { slot, triangles in
      var surface = FBXSurface(material: slot)
      surface.add(
        triangles, of: geometry, smooth: smooth, needsTextures: needsTextures(slot), heads: &heads)
      for point in surface.points { heads[Int(point)] = -1 }
      return surface
    }
  }

  /// The largest number of vertices at a point that a corner is compared with.
  private static let mostCompared = 256

  /// Returns the first matching vertex of a chain, within the limit.
  private static func first(
    from head: Int32, _ nexts: [Int32], where fits: (Int) -> Bool
  ) -> Int32? {
    var vertex = head
    for _ in 0..<mostCompared {
      guard vertex >= 0 else { return nil }
      if fits(Int(vertex)) { return vertex }
      vertex = nexts[Int(vertex)]
    }
    return nil
  }

  private init(material: Int) { self.material = material }

  private mutating func add(
    _ indices: [Int], of geometry: FBXGeometry, smooth: [SIMD3<Float>], needsTextures: Bool,
    heads: inout [Int32]
  ) {
    var nexts: [Int32] = []
    triangles.reserveCapacity(indices.count)
    for index in indices {
      let (corners, polygon) = geometry.triangles[index]
      var triangle = SIMD3<UInt32>.zero
      for slot in 0..<3 {
        let corner = Int(corners[slot])
        let point = Int(geometry.corners[corner])
        let normal =
          geometry.normals == nil
          ? smooth[point] : self.normal(corner, point, Int(polygon), corners, geometry)
        var pair = SIMD2<Float>.zero
        if needsTextures, let layer = geometry.textureCoordinates,
          let found = layer.pair(layer.index(corner: corner, point: point, polygon: Int(polygon)))
        {
          // FBX counts from the picture's lower edge.
          pair = SIMD2(Float(found.x), Float(1 - found.y))
        }
        let isEqual = { (vertex: Int) in
          normals[vertex] == normal && (!needsTextures || textureCoordinates[vertex] == pair)
        }
        let vertex = Self.first(from: heads[point], nexts, where: isEqual) ?? Int32(points.count)
        if Int(vertex) == points.count {
          points.append(Int32(point))
          normals.append(normal)
          if needsTextures { textureCoordinates.append(pair) }
          nexts.append(heads[point])
          heads[point] = vertex
        }
        triangle[slot] = UInt32(vertex)
      }
      triangles.append(triangle)
    }
  }

  /// Returns the normal of a corner, or of its triangle if the layer omits it.
  private func normal(
    _ corner: Int, _ point: Int, _ polygon: Int, _ corners: SIMD3<Int32>, _ geometry: FBXGeometry
  ) -> SIMD3<Float> {
    if let layer = geometry.normals,
      let found = layer.vector(layer.index(corner: corner, point: point, polygon: polygon))?
        .normalized
    {
      return SIMD3<Float>(found)
    }
    return SIMD3<Float>(Self.across(corners, geometry).normalized ?? .unitY)
  }

  /// Returns the normal of a triangle, with a length of twice its area.
  private static func across(_ corners: SIMD3<Int32>, _ geometry: FBXGeometry) -> Vector3 {
    let a = geometry.points[Int(geometry.corners[Int(corners.x)])]
    let b = geometry.points[Int(geometry.corners[Int(corners.y)])]
    let c = geometry.points[Int(geometry.corners[Int(corners.z)])]
    let normal = (b - a).cross(c - a)
    return normal.x.isFinite && normal.y.isFinite && normal.z.isFinite ? normal : .zero
  }

  /// Returns a normal for each point of a mesh without normals: the mean of its triangles' normals.
  private static func smoothNormals(_ geometry: FBXGeometry) -> [SIMD3<Float>] {
    var sums = [Vector3](repeating: .zero, count: geometry.points.count)
    for (corners, _) in geometry.triangles {
      let normal = across(corners, geometry)
      for slot in 0..<3 { sums[Int(geometry.corners[Int(corners[slot])])] += normal }
    }
    return sums.map { SIMD3<Float>($0.normalized ?? .unitY) }
  }
}
