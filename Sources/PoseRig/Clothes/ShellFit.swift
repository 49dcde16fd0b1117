/// Cuts a shell from a body's skin and lets it stand off.
struct ShellFit {
  /// How far bands along the edges stand off the cloth, in meters.
  private static let band: Float = 0.0035

  private let piece: ShellPiece
  private let clothes: Clothes
  private let figure: ClothBody

  /// Whether a skirt goes on below: then it is drawn in at the waist, and its lower band is a belt.
  private let isBelted: Bool
  /// The height at which legs end, or the lower edge.
  private let low: Float
  /// The distance from the middle at which sleeves end.
  private let cuff: Float

  init(_ piece: ShellPiece, of clothes: Clothes, on figure: ClothBody) {
    self.piece = piece
    self.clothes = clothes
    self.figure = figure
    low =
      piece.legs.map { figure.height(ofLeg: clothes.value($0)) }
      ?? figure.height(ofTrunk: clothes.value(piece.bottom))
    isBelted = clothes.design.pieces.contains { if case .skirt = $0 { true } else { false } }
    let (shoulder, wrist) = (figure.joint(.leftUpperArm).x, figure.joint(.leftHand).x)
    cuff = shoulder + (wrist - shoulder) * clothes.value(piece.sleeves)
  }

  /// A shell that fits.
  struct Shell {
    var vertices: [ClothVertex]
    var triangles: [SIMD3<UInt32>]
    /// Points in the T-pose, in meters.
    var points: [SIMD3<Float>]
    /// How far each may drop before it lies on the skin, in meters.
    var sag: [Float]
    /// Whether it folds where joints bend.
    var isSoft = false
  }

  // MARK: Edges

  /// Returns how far inside its edges a point of the skin is, one number an edge, in meters;
  /// negative outside.
  func distances(_ point: SIMD3<Float>) -> [Float] {
    [point.y - low, upper(point), sleeve(point)]
  }

  private func sleeve(_ point: SIMD3<Float>) -> Float {
    // Only what has a neckline goes up to the arms.
    piece.neck == nil || point.y < figure.height(ofTrunk: 0.5) ? 1 : cuff - abs(point.x)
  }

  private func upper(_ point: SIMD3<Float>) -> Float {
    guard let neck = piece.neck else {
      return figure.height(ofTrunk: clothes.value(piece.top)) - point.y
    }
    // A ball around the base of the neck, and the cone above it with all of the head.
    let scoop = clothes.value(piece.scoop)
    let base = figure.joint(.neck) + SIMD3(0, -0.012, 0.012)
    let scale = (figure.joint(.head) - figure.joint(.neck)).length / 0.1
    let radius = clothes.value(neck) * min(max(scale, 0.8), 1.3)
    let axis = SIMD3<Float>(0, 0.9, 0.436)
    let offset = point - base
    let along = offset.dot(axis)
    var across = offset - axis * along
    // In front it goes further down.
    if across.z > 0, scoop > 0 { across.z *= radius / (radius + scoop) }
    let below = min(along, 0) * (scoop > 0 && offset.z > 0 ? radius / (radius + scoop) : 1) * 0.8
    return (across.dot(across) + below * below).squareRoot() - radius - max(along, 0) * 1.2
  }

  /// Returns how far a point is from the bands along the edges and down the front, in meters;
  /// negative on them.
  private func offBand(_ point: SIMD3<Float>) -> Float {
    let (trim, placket) = (clothes.value(piece.trim), clothes.value(piece.placket))
    var distance = Float.infinity
    if trim > 0 { distance = (distances(point).min() ?? 1) - trim }
    if placket > 0, point.z > figure.joint(.chest).z, point.y < figure.joint(.neck).y {
      distance = min(distance, abs(point.x - placket * 0.25) - placket / 2)
    }
    return distance
  }

  // MARK: Shape

  /// Returns the shell; nil if nothing of the body is covered.
  func shell() -> Shell? {
    var mesh = figure.mesh
    mesh.cut { $0.y - low }
    mesh.cut { upper($0) }
    mesh.cut { sleeve($0) }
    guard mesh.triangles.count > 20 else { return nil }
    if meanEdge(mesh) > 0.021 { mesh.refine() }
    // Folds want a finer mesh.
    if meanEdge(mesh) > 0.011 { mesh.refine { ClothFolds.isNear($0, figure) } }
    mesh.cut(keepsOutside: true, by: offBand)
    let neighbors = ClothNeighbors(count: mesh.vertices.count, triangles: mesh.triangles)
    var base = mesh.vertices.map(\.point)
    neighbors.smooth(&base, times: 6)
    var ways = mesh.vertices.map(\.normal)
    for _ in 0..<10 { ways = neighbors.means(ways).map(\.unit) }
    let least = mesh.vertices.map { $0.height + clothes.value(piece.thickness) }
    let most = mesh.vertices.map(room)
    let heights = bridged(base, ways, least, most, neighbors)
    var points = base.indices.map { index in
      base[index] + ways[index] * (heights[index] + ease(mesh.vertices[index]))
    }
    hangStraight(&points, mesh.vertices)
    neighbors.smooth(&points, times: 3)
    for _ in 0..<(piece.legs == nil ? 0 : 2) {
      keepSides(&points, mesh.vertices)
      // Wide legs meet in the middle, where their cloth is not to be crumpled.
      let means = neighbors.means(points)
      for index in points.indices where mesh.vertices[index].point.y < figure.crotch {
        points[index] += (means[index] - points[index]) * 0.6
      }
    }
    keepSides(&points, mesh.vertices)
    // At its edges, where skin is seen beside it, nothing of the skin is above it.
    for index in points.indices {
      let vertex = mesh.vertices[index]
      let edge = 1 - smoothStep(distances(vertex.point).min() ?? 1, 0.04, 0.09)
      let short = least[index] - (points[index] - vertex.point).dot(vertex.normal)
      points[index] += vertex.normal * max(short * edge, 0)
    }
    straighten(&points, mesh)
    let sag = points.indices.map { index in
      max((points[index] - base[index]).dot(ways[index]) - least[index] - 0.002, 0)
    }
    var shell = Shell(vertices: mesh.vertices, triangles: mesh.triangles, points: points, sag: sag)
    shell.isSoft = true
    raiseBands(&shell, &ways)
    hem(&shell, ways, ClothNeighbors(count: shell.points.count, triangles: shell.triangles))
    return shell
  }

  private func meanEdge(_ mesh: ClothMesh) -> Float {
    let sum = mesh.triangles.reduce(Float(0)) { sum, corners in
      sum + (mesh.vertices[Int(corners.x)].point - mesh.vertices[Int(corners.y)].point).length
    }
    return sum / Float(max(mesh.triangles.count, 1))
  }

  /// Returns how far out of the skin cloth is that is drawn tight: over hollows it goes straight.
  private func bridged(
    _ base: [SIMD3<Float>], _ ways: [SIMD3<Float>], _ least: [Float], _ most: [Float],
    _ neighbors: ClothNeighbors
  ) -> [Float] {
    var heights = least
    for _ in 0..<90 {
      let points = base.indices.map { base[$0] + ways[$0] * heights[$0] }
      let means = neighbors.means(points)
      for index in base.indices {
        let tight = (means[index] - base[index]).dot(ways[index])
        heights[index] = min(max(tight, least[index]), least[index] + most[index])
      }
    }
    return heights
  }

  /// Returns how far a hollow may be bridged at a vertex.
  ///
  /// Over a shoulder cloth lies on: what is hollow with the arms out is none with the arms down.
  private func room(_ vertex: ClothVertex) -> Float {
    let shoulder = figure.share(vertex, of: [.shoulder, .upperArm])
    let above = smoothStep(vertex.normal.y, -0.5, 0.2)
    let arm = smoothStep(figure.share(vertex, of: [.upperArm]), 0.35, 0.8)
    return 0.09 - 0.086 * smoothStep(shoulder, 0.1, 0.6) * max(above, arm)
  }

  private static let arm: Set<JointKind> = [.upperArm, .lowerArm, .hand]
  private static let leg: Set<JointKind> = [.upperLeg, .lowerLeg, .foot, .toes]

  /// Returns how far a vertex stands off beyond what is tight.
  private func ease(_ vertex: ClothVertex) -> Float {
    let (trunk, sleeve) = (clothes.value(piece.ease), clothes.value(piece.sleeveEase))
    let arm = figure.share(vertex, of: Self.arm)
    let leg = piece.legs == nil ? 0 : figure.share(vertex, of: Self.leg)
    let shoulder = figure.joint(.leftUpperArm).x
    let along = smoothStep(abs(vertex.point.x), shoulder, max(cuff, shoulder + 0.05))
    let crotch = figure.crotch
    let down = min(max((crotch - vertex.point.y) / max(crotch - low, 0.05), 0), 1)
    let edge = 0.3 + 0.7 * smoothStep(upper(vertex.point), 0, 0.12)
    let waist = isBelted ? smoothStep(vertex.point.y, low, low + 0.14) : 1
    var ease = (trunk * edge * waist + 0.004 * (1 - waist)) * (1 - arm - leg)
    // Cuffs are tighter than what is gathered into them.
    let drawn: Float = clothes.value(piece.trim) > 0 ? 0.5 : 0
    let cuffed = 1 - drawn * smoothStep(abs(vertex.point.x), cuff - 0.07, cuff - 0.01)
    ease += arm * (trunk + (sleeve - trunk) * along) * cuffed
    ease += leg * edge * (trunk + (clothes.value(piece.legEase) - trunk) * down)
    return max(ease, 0)
  }

  /// Lets the trunk, or each leg, fall straight from what stands out above.
  private func hangStraight(_ points: inout [SIMD3<Float>], _ vertices: [ClothVertex]) {
    let hang = clothes.value(piece.hang)
    guard hang > 0 else { return }
    let arms = vertices.map { figure.share($0, of: Self.arm) }
    if piece.legs == nil {
      let middle = figure.joint(.spine)
      var table = HangTable(low: low, middles: [middle, middle])
      for index in points.indices where arms[index] < 0.4 { table.add(points[index]) }
      table.fill(hang)
      for index in points.indices where arms[index] < 0.6 {
        let waist = isBelted ? smoothStep(points[index].y, low + 0.02, low + 0.16) : 1
        points[index] = table.hung(
          points[index], share: waist * (1 - smoothStep(arms[index], 0.05, 0.6)))
      }
      return
    }
    for side in [Float(1), -1] {
      let mirror = SIMD3(side, 1, 1)
      var table = HangTable(
        low: low, middles: [figure.joint(.leftUpperLeg) * mirror, figure.joint(.leftFoot) * mirror])
      let own = points.indices.filter { vertices[$0].point.x * side > 0 }
      for index in own { table.add(points[index]) }
      table.fill(hang)
      for index in own {
        let share = smoothStep(figure.crotch + 0.1 - vertices[index].point.y, 0, 0.12)
        points[index] = table.hung(points[index], share: share)
      }
    }
  }

  /// Keeps each leg's cloth on its side.
  private func keepSides(_ points: inout [SIMD3<Float>], _ vertices: [ClothVertex]) {
    guard piece.legs != nil else { return }
    for index in points.indices where vertices[index].point.y < figure.crotch - 0.005 {
      let x = vertices[index].point.x
      guard abs(x) > 0.002 else { continue }
      let own = max(points[index].x * (x < 0 ? -1 : 1), 0.002)
      points[index].x = x < 0 ? -own : own
    }
  }

  /// Takes out of the lines along which bands end what is uneven.
  private func straighten(_ points: inout [SIMD3<Float>], _ mesh: ClothMesh) {
    let isLine = mesh.vertices.map { abs(offBand($0.point)) < 2e-4 }
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

  /// Lays bands on the cloth, along its edges and down its front.
  private func raiseBands(_ shell: inout Shell, _ ways: inout [SIMD3<Float>]) {
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

  /// Turns edges in, so that they are as thick as the cloth.
  private func hem(_ shell: inout Shell, _ ways: [SIMD3<Float>], _ neighbors: ClothNeighbors) {
    let thickness = clothes.value(piece.thickness)
    let means = inner(shell)
    var folded: [UInt32: UInt32] = [:]
    for (vertex, _) in neighbors.rim where folded[vertex] == nil {
      let index = Int(vertex)
      folded[vertex] = UInt32(shell.points.count)
      let inwards = (means[vertex].map { $0 - shell.points[index] } ?? .zero)
      for step in 1...2 {
        // Further in than any fold of the outside.
        let depth = -ways[index] * (step == 1 ? thickness : thickness + 0.006)
        let up = step == 2 ? inwards.unit * 0.014 : .zero
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

  /// Returns the mean of the neighbors of each vertex at the rim that are not there themselves.
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
