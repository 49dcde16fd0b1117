/// Bands, collars and hems of a shell.
extension ShellFit {
  /// The thickness of bands along the edges, above the cloth, in meters.
  private static let band: Float = 0.0035
  /// The number of rows of a collar, from its base on the cloth to its edge.
  private static let collarRows = 5

  /// Smooths the lines along which bands end.
  func straighten(_ points: inout [SIMD3<Float>], _ mesh: ClothMesh) {
    let isLine = mesh.vertices.map { abs(offBand($0.point)) < 5e-4 }
    var beside = [[Int]](repeating: [], count: points.count)
    for corners in mesh.triangles {
      for side in 0..<3 {
        let (a, b) = (Int(corners[side]), Int(corners[(side + 1) % 3]))
        guard isLine[a], isLine[b] else { continue }
        beside[a].append(b)
        beside[b].append(a)
      }
    }
    for step in 0..<16 {
      let before = points
      for index in points.indices where beside[index].count > 2 {
        let mean = beside[index].reduce(.zero) { $0 + before[$1] } / Float(beside[index].count)
        points[index] += (mean - before[index]) * (step % 2 == 0 ? 0.5 : -0.5)
      }
    }
  }

  /// Raises bands above the cloth, along its edges and down its front.
  func raiseBands(_ shell: inout Shell, _ ways: inout [SIMD3<Float>]) {
    let isBand = shell.triangles.map { corners in
      let sum = (0..<3).reduce(SIMD3<Float>.zero) { $0 + shell.vertices[Int(corners[$1])].point }
      return offBand(sum / 3) < 0
    }
    let bands = zip(shell.triangles, isBand).filter(\.1).map(\.0)
    guard !bands.isEmpty else { return }
    let rest = zip(shell.triangles, isBand).filter { !$0.1 }.map(\.0)
    let isBeside = Set(rest.flatMap { [$0.x, $0.y, $0.z] })
    var raised: [UInt32: UInt32] = [:]
    func lift(_ vertex: UInt32) -> UInt32 {
      if let known = raised[vertex] { return known }
      let index = Int(vertex)
      shell.vertices.append(shell.vertices[index])
      shell.vertices[shell.vertices.count - 1].height += Self.band
      shell.points.append(shell.points[index] + ways[index] * Self.band)
      shell.sag.append(shell.sag[index])
      ways.append(ways[index])
      raised[vertex] = UInt32(shell.points.count - 1)
      return UInt32(shell.points.count - 1)
    }
    var triangles = rest + bands.map { SIMD3(lift($0.x), lift($0.y), lift($0.z)) }
    for (a, b) in ClothNeighbors(count: shell.points.count, triangles: bands).rim
    where isBeside.contains(a) && isBeside.contains(b) {
      let (c, d) = (lift(a), lift(b))
      triangles += [SIMD3(b, a, c), SIMD3(b, c, d)]
    }
    shell.triangles = triangles
  }

  /// Raises a collar on the neckline and folds it down.
  func raiseCollar(_ shell: inout Shell, _ ways: inout [SIMD3<Float>]) {
    guard clothes.value(piece.collar) > 0 else { return }
    let neighbors = ClothNeighbors(count: shell.points.count, triangles: shell.triangles)
    let neck = figure.joint(.neck)
    let up = (figure.joint(.head) - neck).unit
    var firsts: [UInt32: UInt32] = [:]
    for vertex in neighbors.rim.map(\.0) where firsts[vertex] == nil {
      let index = Int(vertex)
      let height = collar(shell.vertices[index].point)
      guard height > 5e-4 else { continue }
      firsts[vertex] = UInt32(shell.points.count)
      let out = (shell.points[index] - neck).across(up).unit
      // It rises close to the neck, folds, and lies on the shoulders.
      for (rise, lead) in [(0.6, -0.05), (0.95, 0.05), (1, 0.18), (0.8, 0.35), (-0.1, 0.8)]
        as [(Float, Float)]
      {
        shell.vertices.append(shell.vertices[index])
        shell.points.append(shell.points[index] + up * (height * rise) + out * (height * lead))
        shell.sag.append(0)
        ways.append(rise == 0.6 ? -out : out)
      }
    }
    for (a, b) in neighbors.rim {
      guard let one = firsts[a], let other = firsts[b] else { continue }
      var (c, d) = (a, b)
      for row in 0..<UInt32(Self.collarRows) {
        shell.triangles += [SIMD3(d, c, one + row), SIMD3(d, one + row, other + row)]
        (c, d) = (one + row, other + row)
      }
    }
  }

  /// Turns edges in, so that they look as thick as the cloth.
  func hem(_ shell: inout Shell, _ ways: [SIMD3<Float>], _ neighbors: ClothNeighbors) {
    let thickness = clothes.value(piece.thickness)
    let means = inner(shell)
    var folded: [UInt32: UInt32] = [:]
    for (vertex, _) in neighbors.rim where folded[vertex] == nil {
      let index = Int(vertex)
      folded[vertex] = UInt32(shell.points.count)
      let inward = (means[vertex].map { $0 - shell.points[index] } ?? .zero)
      for step in 1...2 {
        // Farther in than any fold of the outside.
        let depth = -ways[index] * (step == 1 ? thickness : thickness + 0.006)
        let up = step == 2 ? inward.unit * 0.014 : .zero
        shell.vertices.append(shell.vertices[index])
        shell.points.append(shell.points[index] + depth + up)
        shell.sag.append(shell.sag[index])
      }
    }
    for (a, b) in neighbors.rim {
      guard let c = folded[a], let d = folded[b] else { continue }
      shell.triangles += [
        SIMD3(b, a, c), SIMD3(b, c, d), SIMD3(d, c, c + 1), SIMD3(d, c + 1, d + 1),
      ]
    }
  }

  /// Returns the mean of those neighbors of each rim vertex that are not at the rim.
  private func inner(_ shell: Shell) -> [UInt32: SIMD3<Float>] {
    var sums: [UInt32: (sum: SIMD3<Float>, count: Float)] = [:]
    let neighbors = ClothNeighbors(count: shell.points.count, triangles: shell.triangles)
    let rim = Set(neighbors.rim.flatMap { [$0.0, $0.1] })
    for corners in shell.triangles {
      for corner in 0..<3 where rim.contains(corners[corner]) {
        for other in 0..<3 where !rim.contains(corners[other]) {
          let known = sums[corners[corner]] ?? (.zero, 0)
          sums[corners[corner]] = (known.sum + shell.points[Int(corners[other])], known.count + 1)
        }
      }
    }
    return sums.mapValues { $0.sum / $0.count }
  }
}
