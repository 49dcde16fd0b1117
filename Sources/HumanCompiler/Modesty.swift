internal import PoseRig

/// Smooths the tips of the breasts, for every phenotype.
///
/// Each vertex of a tip becomes a fixed mix of the ring around it: the mix that bends the surface
/// least (the sum of the squared cotangent Laplacian; equal weights would leave a cone at the
/// pole). Because the mix is linear, it is computed once, on the base mesh.
enum Modesty {
  /// Returns the mix of each smoothed vertex.
  static func smoothing(
    _ package: MakeHumanPackage, _ mesh: BaseMesh, _ kept: KeptVertices
  ) throws(HumanCompilerError) -> [HumanTemplate.SmoothedVertex] {
    let neighbors = neighbors(mesh)
    let tips = try MorphTarget("targets/breast/nipple-size-incr.target.gz", package)
    let points = try MorphTarget("targets/breast/nipple-point-incr.target.gz", package)
    var region = Set(moved(tips) + moved(points)).filter { kept.index[$0] < kept.surface.count }
    // The areola around them is raised too, and must not remain as a rim.
    for _ in 0..<3 {
      region.formUnion(region.flatMap { neighbors[$0].map { Array($0.keys) } ?? [] })
    }
    return solve(region.sorted(), neighbors).map { vertex, mix in
      let sources = mix.filter { abs($0.1) > 1e-5 }
      return HumanTemplate.SmoothedVertex(
        vertex: UInt16(kept.index[vertex]), sources: sources.map { UInt16(kept.index[$0.0]) },
        weights: sources.map { Float($0.1) })
    }
  }

  private static func moved(_ target: MorphTarget) -> [Int] {
    let largest = target.offsets.map(\.length).max() ?? 0
    return zip(target.indices, target.offsets).filter { $1.length > largest * 0.1 }.map(\.0)
  }

  /// Returns the terms of each vertex's curvature: its neighbors with the cotangents of the angles
  /// across the edge, over the square root of its area, so that the sum of squares is an integral
  /// over the surface.
  private static func neighbors(_ mesh: BaseMesh) -> [Int: [Int: Double]] {
    var result: [Int: [Int: Double]] = [:]
    var areas: [Int: Double] = [:]
    for t in mesh.triangles {
      for (a, b, across) in [(t.x, t.y, t.z), (t.y, t.z, t.x), (t.z, t.x, t.y)] {
        let u = Vector3(mesh.positions[a] - mesh.positions[across])
        let v = Vector3(mesh.positions[b] - mesh.positions[across])
        let doubleArea = max(u.cross(v).length, 1e-12)
        let cotangent = max(u.dot(v) / doubleArea, 0.02)
        result[a, default: [:]][b, default: 0] += cotangent
        result[b, default: [:]][a, default: 0] += cotangent
        areas[across, default: 0] += doubleArea / 6
      }
    }
    for (vertex, area) in areas {
      result[vertex] = result[vertex]?.mapValues { $0 / area.squareRoot() }
    }
    return result
  }

  /// Returns, for each vertex of the region, the mix of vertices outside the region that minimizes
  /// the total bending.
  private static func solve(
    _ region: [Int], _ neighbors: [Int: [Int: Double]]
  ) -> [(Int, [(Int, Double)])] {
    let inside = Dictionary(uniqueKeysWithValues: region.enumerated().map { ($1, $0) })
    let ring = Set(region.flatMap { neighbors[$0].map { Array($0.keys) } ?? [] }).subtracting(
      region)
    let rows = region + ring.sorted()
    var outside: [Int] = []
    var columns: [Int: Int] = [:]
    func column(_ vertex: Int) -> Int {
      if let known = columns[vertex] { return known }
      columns[vertex] = outside.count
      outside.append(vertex)
      return outside.count - 1
    }
    let count = region.count
    // Normal equations: left · x = right · known.
    var left = Array(repeating: [Double](repeating: 0, count: count), count: count)
    var right: [[Int: Double]] = Array(repeating: [:], count: count)
    for row in rows {
      let around = (neighbors[row] ?? [:]).sorted { $0.key < $1.key }
      let sum = around.reduce(0) { $0 + $1.value }
      let terms = [(row, sum)] + around.map { ($0.key, -$0.value) }
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
