internal import PoseRig
internal import SceneFiles

/// The charts of the texture of MakeHuman's body: the skin, the inside of the mouth and the inside
/// of each eye socket are separate charts.
struct TextureCharts {
  private var parents: [Int] = []
  /// The vertices of each face, with their texture corners.
  private var corners: [(vertex: Int, texture: Int)] = []

  /// Returns the index of the texture corner in a face's field `vertex/texture`; nil if there is
  /// none.
  static func corner(_ field: ArraySlice<UInt8>) -> Int? {
    guard let slash = field.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    return Int(String(decoding: field[(slash + 1)...], as: UTF8.self)).map { $0 - 1 }
  }

  /// Adds a face: all of its corners are in one chart.
  mutating func add(_ vertices: [Int], textureCorners: [Int?]) {
    let textures = textureCorners.compactMap { $0 }.filter { $0 >= 0 }
    guard textures.count == vertices.count, let first = textures.first else { return }
    for texture in textures where texture >= parents.count {
      parents += Array(parents.count...texture)
    }
    for (vertex, texture) in zip(vertices, textures) {
      parents[root(texture)] = root(first)
      corners.append((vertex, texture))
    }
  }

  private func root(_ corner: Int) -> Int {
    var corner = corner
    while parents[corner] != corner { corner = parents[corner] }
    return corner
  }

  /// Returns the tissue of each vertex.
  func tissues(of positions: [SIMD3<Float>]) -> [HumanTissue] {
    var charts: [Int: Set<Int>] = [:]
    for corner in corners { charts[root(corner.texture), default: []].insert(corner.vertex) }
    var inner: [Int: HumanTissue] = [:]
    for (_, vertices) in charts {
      guard let tissue = Self.tissue(of: vertices.map { positions[$0] }) else { continue }
      for vertex in vertices { inner[vertex] = tissue }
    }
    var tissues = positions.indices.map { inner[$0] ?? .skin }
    for (_, vertices) in charts {
      guard Self.tissue(of: vertices.map { positions[$0] }) == nil else { continue }
      for vertex in vertices {
        switch tissues[vertex] {
        case .socket: tissues[vertex] = .lidEdge
        case .mouth: tissues[vertex] = .lipEdge
        default: break
        }
      }
    }
    return tissues
  }

  /// Returns the tissue of an inner chart, from its location and size; nil for skin.
  private static func tissue(of points: [SIMD3<Float>]) -> HumanTissue? {
    guard let first = points.first else { return nil }
    let low = points.reduce(first, pointwiseMin)
    let high = points.reduce(first, pointwiseMax)
    let size = high - low
    // Inner charts are smaller than 9 centimeters and in the head; feet and hands are lower.
    guard size.max() < 0.1, low.y > 0.6 else { return nil }
    return low.x * high.x < 0 ? .mouth : .socket
  }
}
