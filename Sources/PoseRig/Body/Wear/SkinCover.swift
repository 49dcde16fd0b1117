/// The skin under garments.
///
/// Cloth follows the joints of the points that it is attached to, and skin its own, so in some
/// poses skin would come through. Skin that is far from every edge of the cloth is therefore not
/// drawn, and skin near an edge is pushed under the cloth.
struct SkinCover {
  /// The distance up to which cloth covers skin below it, in meters.
  private static let reach: Float = 0.03
  /// The distance up to which skin can be outside of the cloth that covers it at rest, in meters.
  private static let depth: Float = 0.012
  /// The distance from an edge up to which skin is still drawn, in meters, since sleeves are open.
  private static let seam: Float = 0.035
  /// The distance that skin is pushed below cloth, in meters.
  static let room: Float = 0.0015
  /// The largest distance that skin is pushed, in meters: cloth farther away has moved off.
  static let deepest: Float = 0.03

  /// A point of the skin under a point of the cloth.
  struct Tuck: Equatable, Sendable {
    /// The skin's vertex.
    var vertex: Int
    /// The garment, as an index in ``Body/worn``, and its corners.
    var worn: Int
    var corners: SIMD3<UInt32>
    /// The weights of the corners, summing to 1.
    var weights: SIMD3<Float>

    /// Returns the distance of a point outside of the cloth, in meters, and the direction outward.
    func height(
      of point: SIMD3<Float>, over cloth: PosedSurface
    ) -> (height: Float, way: SIMD3<Float>) {
      let corners = (0..<3).map { cloth.positions[Int(self.corners[$0])] }
      let way = (corners[1] - corners[0]).cross(corners[2] - corners[0]).unit
      let over = (0..<3).reduce(SIMD3<Float>.zero) { $0 + corners[$1] * weights[$1] }
      return ((point - over).dot(way), way)
    }
  }

  /// The cloth over each vertex of the skin; nil if there is no cloth.
  private var tucks: [Tuck?]
  /// Whether each vertex is far from every edge of the cloth over it.
  private var isDeep: [Bool]

  /// Finds the skin under a body's clothes; nil if it does not wear any.
  init?(_ body: Body) {
    let clothes = body.worn.indices.filter { body.worn[$0].isWhole }
    guard !clothes.isEmpty else { return nil }
    let positions = body.surface.positions
    let normals = Skinning.vertexNormals(
      positions: positions, triangles: body.surface.triangles)
    var grid = PointGrid<(worn: Int, corners: SIMD3<UInt32>)>(cell: 2 * Self.reach)
    for worn in clothes {
      let points = body.worn[worn].positions
      for corners in body.worn[worn].triangles {
        let middle = (0..<3).reduce(SIMD3<Float>.zero) { $0 + points[Int(corners[$1])] } / 3
        grid.add((worn, corners), at: middle)
      }
    }
    tucks = positions.indices.map { vertex in
      let (point, way) = (positions[vertex], normals[vertex])
      var best: (tuck: Tuck, height: Float)?
      grid.forEach(near: point) { near in
        let points = body.worn[near.worn].positions
        let corners = (0..<3).map { points[Int(near.corners[$0])] }
        guard let hit = Self.hit(point, way, corners), hit.height > -Self.depth,
          hit.height < Self.reach, hit.height > best?.height ?? -1
        else { return }
        best = (
          Tuck(vertex: vertex, worn: near.worn, corners: near.corners, weights: hit.weights),
          hit.height
        )
      }
      return best?.tuck
    }
    var bare = PointGrid<Int>(cell: 2 * Self.seam)
    for vertex in positions.indices where tucks[vertex] == nil {
      bare.add(vertex, at: positions[vertex])
    }
    isDeep = tucks.map { $0 != nil }
    for vertex in positions.indices where isDeep[vertex] {
      let point = positions[vertex]
      bare.forEach(near: point) { other in
        if (positions[other] - point).length < Self.seam { isDeep[vertex] = false }
      }
    }
  }

  /// Returns whether each of a surface's triangles is under cloth and far from its edges.
  func hidden(_ triangles: [SIMD3<UInt32>]) -> [Bool] {
    triangles.map { corners in (0..<3).allSatisfy { isDeep[Int(corners[$0])] } }
  }

  /// Returns whether each of a surface's triangles is under cloth.
  func covered(_ triangles: [SIMD3<UInt32>]) -> [Bool] {
    triangles.map { corners in (0..<3).allSatisfy { tucks[Int(corners[$0])] != nil } }
  }

  /// All points that are under cloth.
  var all: [Tuck] { tucks.compactMap(\.self) }

  /// The points that are under cloth near one of its edges.
  var nearEdges: [Tuck] {
    tucks.indices.compactMap { isDeep[$0] ? nil : tucks[$0] }
  }

  /// Returns the intersection of a line from a point with a triangle (Möller and Trumbore, *Fast,
  /// Minimum Storage Ray/Triangle Intersection*, 1997); nil if it misses.
  private static func hit(
    _ point: SIMD3<Float>, _ way: SIMD3<Float>, _ corners: [SIMD3<Float>]
  ) -> (height: Float, weights: SIMD3<Float>)? {
    let (one, two) = (corners[1] - corners[0], corners[2] - corners[0])
    let side = way.cross(two)
    let size = one.dot(side)
    guard abs(size) > 1e-12 else { return nil }
    let offset = point - corners[0]
    let u = offset.dot(side) / size
    guard u >= 0, u <= 1 else { return nil }
    let across = offset.cross(one)
    let v = way.dot(across) / size
    guard v >= 0, u + v <= 1 else { return nil }
    return (two.dot(across) / size, SIMD3(1 - u - v, u, v))
  }
}

extension WornSurface {
  /// Whether nothing is cut away from the cloth.
  fileprivate var isWhole: Bool {
    kind == .worn && (look?.materials.allSatisfy { $0.cutout == nil } ?? true)
  }
}

/// Elements by position, in a grid of cubes.
private struct PointGrid<Element> {
  private let cell: Float
  private var cells: [SIMD3<Int32>: [Element]] = [:]

  init(cell: Float) {
    self.cell = cell
  }

  private func index(_ point: SIMD3<Float>) -> SIMD3<Int32> {
    SIMD3<Int32>((point / cell).rounded(.down))
  }

  mutating func add(_ element: Element, at point: SIMD3<Float>) {
    cells[index(point), default: []].append(element)
  }

  /// Calls `body` with all elements within half a cube of a point, and some farther away.
  func forEach(near point: SIMD3<Float>, _ body: (Element) -> Void) {
    let low = index(point - SIMD3(repeating: cell / 2))
    let high = index(point + SIMD3(repeating: cell / 2))
    for x in low.x...high.x {
      for y in low.y...high.y {
        for z in low.z...high.z { cells[SIMD3(x, y, z)]?.forEach(body) }
      }
    }
  }
}
