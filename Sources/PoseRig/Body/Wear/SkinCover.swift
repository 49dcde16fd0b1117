/// The skin that lies under what is worn.
///
/// Cloth follows the joints of what it hangs on and skin those of its own, so that in some pose
/// skin comes through. What is far from every edge of the cloth is therefore not drawn, and what is
/// near one is pushed under.
struct SkinCover {
  /// How far above skin cloth covers it, in meters.
  private static let reach: Float = 0.03
  /// How far skin may stand out of the cloth over it in the pose it was made in, in meters.
  private static let depth: Float = 0.012
  /// How far from an edge skin is still drawn, in meters: one sees into sleeves.
  private static let seam: Float = 0.035
  /// How far below cloth skin is pushed, in meters.
  static let room: Float = 0.0015
  /// How far skin is pushed at most, in meters: cloth that is further off has left it.
  static let deepest: Float = 0.03

  /// A point of the skin under a point of the cloth.
  struct Tuck: Equatable, Sendable {
    /// The skin's vertex.
    var vertex: Int
    /// What is worn, as an index in ``Body/worn``, and its corners there.
    var worn: Int
    var corners: SIMD3<UInt32>
    /// The weights of the corners, summing to 1.
    var weights: SIMD3<Float>

    /// Returns how far a point is out of the cloth, in meters, and which way that is.
    func height(
      of point: SIMD3<Float>, over cloth: PosedSurface
    ) -> (height: Float, way: SIMD3<Float>) {
      let corners = (0..<3).map { cloth.positions[Int(self.corners[$0])] }
      let way = (corners[1] - corners[0]).cross(corners[2] - corners[0]).unit
      let over = (0..<3).reduce(SIMD3<Float>.zero) { $0 + corners[$1] * weights[$1] }
      return ((point - over).dot(way), way)
    }
  }

  /// Where cloth lies over each vertex of the skin; nil where there is none.
  private var tucks: [Tuck?]
  /// Whether each vertex is far from every edge of the cloth over it.
  private var isDeep: [Bool]

  /// What is under a body's clothes; nil if it wears none.
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

  /// Whether each of a surface's triangles is far under cloth.
  func hidden(_ triangles: [SIMD3<UInt32>]) -> [Bool] {
    triangles.map { corners in (0..<3).allSatisfy { isDeep[Int(corners[$0])] } }
  }

  /// Whether each of a surface's triangles is under cloth, near its edges or far from them.
  func covered(_ triangles: [SIMD3<UInt32>]) -> [Bool] {
    triangles.map { corners in (0..<3).allSatisfy { tucks[Int(corners[$0])] != nil } }
  }

  /// All points that are under cloth.
  var all: [Tuck] { tucks.compactMap(\.self) }

  /// The points that are under cloth near one of its edges.
  var nearEdges: [Tuck] {
    tucks.indices.compactMap { isDeep[$0] ? nil : tucks[$0] }
  }

  /// Returns where a line from a point meets a triangle (Möller and Trumbore, *Fast, Minimum Storage
  /// Ray/Triangle Intersection*, 1997); nil where it does not.
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
  /// Whether it is cloth of which nothing is cut away.
  fileprivate var isWhole: Bool {
    kind == .worn && (look?.materials.allSatisfy { $0.cutout == nil } ?? true)
  }
}

/// Things by where they are, in cubes of one size.
private struct PointGrid<Element> {
  private let cell: Float
  private var cells: [SIMD3<Int32>: [Element]] = [:]

  init(cell: Float) {
    self.cell = cell
  }

  private func place(_ point: SIMD3<Float>) -> SIMD3<Int32> {
    SIMD3<Int32>((point / cell).rounded(.down))
  }

  mutating func add(_ element: Element, at point: SIMD3<Float>) {
    cells[place(point), default: []].append(element)
  }

  /// Calls for all that are within half a cube of a point, and some that are further away.
  func forEach(near point: SIMD3<Float>, _ body: (Element) -> Void) {
    let low = place(point - SIMD3(repeating: cell / 2))
    let high = place(point + SIMD3(repeating: cell / 2))
    for x in low.x...high.x {
      for y in low.y...high.y {
        for z in low.z...high.z { cells[SIMD3(x, y, z)]?.forEach(body) }
      }
    }
  }
}
