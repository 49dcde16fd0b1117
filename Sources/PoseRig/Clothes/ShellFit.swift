/// Cuts a shell from a body's skin and moves it off the skin.
struct ShellFit {
  let piece: ShellPiece
  let clothes: Clothes
  let figure: ClothBody

  /// Whether a skirt continues below: then the shell is drawn in at the waist, and its lower band
  /// is a belt.
  let isBelted: Bool
  /// The height at which legs end, or of the lower edge.
  let low: Float
  /// The distance from the middle at which sleeves end.
  let cuff: Float

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
    /// The distance that each point can drop until it rests on the skin, in meters.
    var sag: [Float]
    /// Whether it folds where joints bend.
    var isSoft = false
  }

  /// Returns the shell; nil if it does not cover any of the body.
  func shell() -> Shell? {
    var mesh = figure.mesh
    mesh.cut { $0.y - low }
    mesh.cut { upper($0) }
    mesh.cut { sleeve($0) }
    guard mesh.triangles.count > 20 else { return nil }
    if meanEdge(mesh) > 0.021 { mesh.refine() }
    // Folds require a finer mesh.
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
      // Wide trouser legs meet in the middle, where their cloth must not be crumpled.
      let means = neighbors.means(points)
      for index in points.indices where mesh.vertices[index].point.y < figure.crotch {
        points[index] += (means[index] - points[index]) * 0.6
      }
    }
    keepSides(&points, mesh.vertices)
    // At its edges, next to visible skin, the cloth must be above all of the skin.
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
    raiseCollar(&shell, &ways)
    hem(&shell, ways, ClothNeighbors(count: shell.points.count, triangles: shell.triangles))
    return shell
  }

  private func meanEdge(_ mesh: ClothMesh) -> Float {
    let sum = mesh.triangles.reduce(Float(0)) { sum, corners in
      sum + (mesh.vertices[Int(corners.x)].point - mesh.vertices[Int(corners.y)].point).length
    }
    return sum / Float(max(mesh.triangles.count, 1))
  }

  /// Returns the distance of tight cloth from the skin: it bridges hollows.
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

  /// Returns the distance by which a hollow can be bridged at a vertex.
  ///
  /// Cloth lies on the shoulders: the hollow of raised arms does not exist with the arms down.
  private func room(_ vertex: ClothVertex) -> Float {
    let shoulder = figure.share(vertex, of: [.shoulder, .upperArm])
    let above = smoothStep(vertex.normal.y, -0.5, 0.2)
    let arm = smoothStep(figure.share(vertex, of: [.upperArm]), 0.35, 0.8)
    return 0.09 - 0.086 * smoothStep(shoulder, 0.1, 0.6) * max(above, arm)
  }
}
