/// A body's surface cut into segments that are closed at the cuts and at holes in the skin, such as
/// those between a human's lids: solids that a point is inside or outside of.
///
/// A cut is closed by triangles from its edges to their middle, so that the winding number of a
/// segment is an integer at each point (Jacobson, Kavan and Sorkine-Hornung, *Robust Inside-Outside
/// Segmentation using Generalized Winding Numbers*, 2013).
struct BodySolids {
  /// A segment in the world.
  struct Solid {
    /// The vertices that belong only to the segment.
    var vertices: [Int32] = []
    /// The triangles of the segment.
    var triangles: [SIMD3<UInt32>] = []
    /// The triangles that close its openings.
    var caps: [SIMD3<UInt32>] = []
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
  }

  /// The segments by number.
  private var solids: [Solid]
  /// The points of the surface, followed by the middles of its cuts.
  private(set) var points: [SIMD3<Float>]
  /// The segments that have triangles at each vertex, as bits.
  private var owners: [UInt16]
  /// For each vertex, the sum of the marks of vertices that its edges lead to, minus those that
  /// edges come from: 0 unless the vertex is at the rim of a hole.
  private var rims: [UInt64]

  /// A segment.
  subscript(segment: BodySegment) -> Solid { solids[Int(segment.rawValue)] }

  /// Cuts a surface into segments.
  init(_ surface: PosedSurface) {
    points = surface.positions
    owners = Array(repeating: 0, count: points.count)
    rims = Array(repeating: 0, count: points.count)
    solids = Array(repeating: Solid(), count: BodySegment.allCases.count)
    let segments = Self.segments
    for (corners, label) in zip(surface.triangles, surface.labels) {
      let segment = Int(segments[Int(label.number)])
      guard segment < solids.count else { continue }
      solids[segment].triangles.append(corners)
      let bit = UInt16(1) << UInt16(segment)
      for corner in 0..<3 {
        let (from, to) = (corners[corner], corners[(corner + 1) % 3])
        owners[Int(from)] |= bit
        rims[Int(from)] &+= Self.mark(of: to)
        rims[Int(to)] &-= Self.mark(of: from)
      }
    }
    for (vertex, bits) in owners.enumerated() where bits.nonzeroBitCount == 1 {
      solids[bits.trailingZeroBitCount].vertices.append(Int32(vertex))
    }
    for index in solids.indices { close(index) }
    for index in solids.indices {
      for corners in solids[index].triangles {
        for corner in 0..<3 {
          let point = points[Int(corners[corner])]
          solids[index].low = pointwiseMin(solids[index].low, point)
          solids[index].high = pointwiseMax(solids[index].high, point)
        }
      }
    }
  }

  /// The number of the segment of each label; one more than the last for anything other than skin.
  private static let segments: [UInt8] = (0...255).map { number in
    let part = SurfaceLabel(number: UInt8(number)).part
    return part.map { BodySegment($0).rawValue } ?? UInt8(BodySegment.allCases.count)
  }

  /// Returns a mark for a vertex such that sums of a few marks are almost never equal.
  private static func mark(of vertex: UInt32) -> UInt64 {
    let number = UInt64(vertex) + 1
    return number &* number &* 0x9e37_79b9_7f4a_7c15
  }

  /// Returns whether edges from a vertex can belong to only one triangle.
  private func isAtRim(_ vertex: UInt32) -> Bool {
    owners[Int(vertex)].nonzeroBitCount > 1 || rims[Int(vertex)] != 0
  }

  /// Closes the openings of a segment.
  private mutating func close(_ index: Int) {
    var open: [SIMD2<UInt32>: Int] = [:]
    for corners in solids[index].triangles {
      for corner in 0..<3 {
        let edge = SIMD2(corners[corner], corners[(corner + 1) % 3])
        guard isAtRim(edge.x), isAtRim(edge.y) else { continue }
        let back = SIMD2(edge.y, edge.x)
        if let count = open[back] {
          open[back] = count > 1 ? count - 1 : nil
        } else {
          open[edge, default: 0] += 1
        }
      }
    }
    var loops = UnionFind()
    let edges = open.sorted { ($0.key.x, $0.key.y) < ($1.key.x, $1.key.y) }
      .flatMap { Array(repeating: $0.key, count: $0.value) }
    for edge in edges { loops.join(edge.x, edge.y) }
    var middles: [UInt32: UInt32] = [:]
    let byLoop = Dictionary(grouping: edges) { loops.root(of: $0.x) }
    for (root, edges) in byLoop.sorted(by: { $0.key < $1.key }) {
      let sum = edges.reduce(SIMD3<Float>.zero) { $0 + points[Int($1.x)] }
      middles[root] = UInt32(points.count)
      points.append(sum / Float(edges.count))
    }
    for edge in edges {
      guard let middle = middles[loops.root(of: edge.x)] else { continue }
      solids[index].caps.append(SIMD3(edge.y, edge.x, middle))
    }
  }
}

/// Numbers that are joined into sets.
private struct UnionFind {
  private var parents: [UInt32: UInt32] = [:]

  mutating func root(of number: UInt32) -> UInt32 {
    var root = number
    while let parent = parents[root], parent != root { root = parent }
    parents[number] = root
    return root
  }

  mutating func join(_ one: UInt32, _ other: UInt32) {
    let roots = (root(of: one), root(of: other))
    parents[max(roots.0, roots.1)] = min(roots.0, roots.1)
  }
}
