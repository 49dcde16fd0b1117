internal import PoseRig

/// Lays the tips of the breasts smoothly between what surrounds them, at every phenotype.
///
/// Each vertex of a tip becomes a fixed mix of the ring around it: the mix that bends the surface least (the squared
/// umbrella Laplacian, summed). Being linear it is worked out once, for the base mesh's net of edges.
enum Modesty {
  static func smoothing(
    _ package: MakeHumanPackage, triangles: [SIMD3<Int>], _ kept: KeptVertices
  ) throws(HumanCompilerError) -> [HumanTemplate.SmoothedVertex] {
    let neighbours = neighbours(triangles)
    let tips = try MorphTarget("targets/breast/nipple-size-incr.target.gz", package)
    let points = try MorphTarget("targets/breast/nipple-point-incr.target.gz", package)
    var region = Set(moved(tips) + moved(points)).filter { kept.index[$0] != nil }
    // One ring more, so that no rim is left.
    region.formUnion(region.flatMap { neighbours[$0] ?? [] })
    return solve(region.sorted(), neighbours).compactMap { vertex, mix in
      guard let own = kept.index[vertex] else { return nil }
      let sources = mix.filter { abs($0.1) > 1e-5 }.compactMap { source, weight in
        kept.index[source].map { (UInt16($0), Float(weight)) }
      }
      return HumanTemplate.SmoothedVertex(
        vertex: UInt16(own), sources: sources.map(\.0), weights: sources.map(\.1))
    }
  }

  private static func moved(_ target: MorphTarget) -> [Int] {
    let largest = target.offsets.map(\.length).max() ?? 0
    return zip(target.indices, target.offsets).filter { $1.length > largest * 0.1 }.map(\.0)
  }

  private static func neighbours(_ triangles: [SIMD3<Int>]) -> [Int: Set<Int>] {
    var result: [Int: Set<Int>] = [:]
    for t in triangles {
      for (a, b) in [(t.x, t.y), (t.y, t.z), (t.z, t.x)] {
        result[a, default: []].insert(b)
        result[b, default: []].insert(a)
      }
    }
    return result
  }

  /// For each vertex of the region, the mix of vertices outside it that minimises the bending of it all.
  private static func solve(
    _ region: [Int], _ neighbours: [Int: Set<Int>]
  ) -> [(Int, [(Int, Double)])] {
    let inside = Dictionary(uniqueKeysWithValues: region.enumerated().map { ($1, $0) })
    let ring = Set(region.flatMap { neighbours[$0] ?? [] }).subtracting(region)
    let rows = region + ring.sorted()
    var outside: [Int] = []
    var place: [Int: Int] = [:]
    func column(_ vertex: Int) -> Int {
      if let known = place[vertex] { return known }
      place[vertex] = outside.count
      outside.append(vertex)
      return outside.count - 1
    }
    let count = region.count
    // Normal equations: left · x = right · known.
    var left = Array(repeating: [Double](repeating: 0, count: count), count: count)
    var right: [[Int: Double]] = Array(repeating: [:], count: count)
    for row in rows {
      let around = (neighbours[row] ?? []).sorted()
      let terms = [(row, 1.0)] + around.map { ($0, -1 / Double(around.count)) }
      for (a, weightA) in terms {
        guard let i = inside[a] else { continue }
        for (b, weightB) in terms {
          if let j = inside[b] {
            left[i][j] += weightA * weightB
          } else {
            right[i][column(b), default: 0] -= weightA * weightB
          }
        }
      }
    }
    let dense = right.map { sparse in (0..<outside.count).map { sparse[$0] ?? 0 } }
    let solution = eliminate(left, dense)
    return zip(region, solution).map { vertex, mix in
      (vertex, zip(outside, mix).map { ($0, $1) })
    }
  }

  /// Solves left · x = right by elimination; `left` is symmetric and positive.
  private static func eliminate(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
    var (a, b) = (left, right)
    for pivot in a.indices {
      let lead = a[pivot][pivot]
      for row in a.indices where row != pivot && a[row][pivot] != 0 {
        let factor = a[row][pivot] / lead
        for column in pivot..<a.count { a[row][column] -= factor * a[pivot][column] }
        for column in b[row].indices { b[row][column] -= factor * b[pivot][column] }
      }
    }
    return a.indices.map { row in b[row].map { $0 / a[row][row] } }
  }
}
