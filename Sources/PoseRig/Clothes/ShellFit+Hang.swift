/// The distance of a shell from the body, and the way in which it hangs from protruding parts.
extension ShellFit {
  private static let arm: Set<JointKind> = [.upperArm, .lowerArm, .hand]
  private static let leg: Set<JointKind> = [.upperLeg, .lowerLeg, .foot, .toes]

  /// Returns the distance of a vertex beyond tight cloth.
  func ease(_ vertex: ClothVertex) -> Float {
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
    // Cuffs are tighter than the cloth gathered into them.
    let drawn: Float = clothes.value(piece.trim) > 0 ? 0.5 : 0
    let cuffed = 1 - drawn * smoothStep(abs(vertex.point.x), cuff - 0.07, cuff - 0.01)
    ease += arm * (trunk + (sleeve - trunk) * along) * cuffed
    ease += leg * edge * (trunk + (clothes.value(piece.legEase) - trunk) * down)
    return max(ease, 0)
  }

  /// Lets the trunk, or each leg, fall straight from protruding parts above.
  func hangStraight(_ points: inout [SIMD3<Float>], _ vertices: [ClothVertex]) {
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
  func keepSides(_ points: inout [SIMD3<Float>], _ vertices: [ClothVertex]) {
    guard piece.legs != nil else { return }
    for index in points.indices where vertices[index].point.y < figure.crotch - 0.005 {
      let x = vertices[index].point.x
      guard abs(x) > 0.002 else { continue }
      let own = max(points[index].x * (x < 0 ? -1 : 1), 0.002)
      points[index].x = x < 0 ? -own : own
    }
  }
}
