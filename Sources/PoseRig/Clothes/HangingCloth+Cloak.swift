#if canImport(Glibc)
  internal import Glibc
#endif

extension HangingCloth {
  /// The rings of a cloak over the shoulders.
  private static let shoulderRings = 6

  /// The cloth of a cloak on a body: its upper rings lie on the shoulders.
  init(_ piece: CloakPiece, of clothes: Clothes, on figure: ClothBody) {
    let opening = clothes.value(piece.opening)
    let turns = Self.turns(opening: opening)
    let neck = figure.joint(.neck)
    let shoulder = figure.joint(.leftUpperArm).x
    let ease = clothes.value(piece.ease)
    let depth = figure.section(at: figure.height(ofTrunk: 0.86), turns: [0, .pi]).radii
    func place(_ turn: Float, _ share: Float) -> SIMD3<Float> {
      let (side, front) = (sin(turn), cos(turn))
      // From a round collar to an oval as wide as the shoulders.
      let end = SIMD2(shoulder * 0.7, (front > 0 ? depth[0] : depth[1]) * 0.85)
      let start = SIMD2(shoulder * 0.42, shoulder * 0.42)
      let size = start + (end - start) * share
      return neck + SIMD3(side * size.x, 0, front * size.y - 0.01)
    }
    let edge = turns.map { figure.top(at: place($0, 1)) }
    var rings: [[SIMD3<Float>]] = []
    for ring in 0..<Self.shoulderRings {
      let share = Float(ring) / Float(Self.shoulderRings - 1)
      let points = turns.indices.map { column -> SIMD3<Float> in
        let point = place(turns[column], share)
        let straight = neck.y + 0.005 + (edge[column] - neck.y - 0.005) * share
        let height = share < 0.3 ? straight : max(straight, figure.top(at: point))
        return SIMD3(point.x, height + ease, point.z)
      }
      rings.append(Self.evened(points, isOpen: opening > 0))
    }
    let last = rings[rings.count - 1]
    let bottom = last.reduce(0) { $0 + $1.y } / Float(last.count)
    let flare = clothes.value(piece.flare) * .pi / 180
    let hem = figure.height(ofLeg: clothes.value(piece.length))
    self.init(
      rings: rings,
      near: figure.bound(rings.flatMap { $0 }) { figure.share($0, of: Self.other) < 0.3 },
      on: figure)
    self.opening = opening
    hangsFromShoulders = true
    length = max((bottom - hem) / max(cos(flare), 0.3), 0.04)
    knee = bottom - figure.joint(.leftLowerLeg).y
    radius = last.reduce(0) { $0 + ($1 - neck).length } / Float(last.count)
    angles = Self.angles(
      turns, flare: flare, folds: clothes.value(piece.folds), depth: clothes.value(piece.depth))
  }

  private static let other: Set<JointKind> = [.lowerArm, .hand, .head]

  /// Takes out of a ring what is uneven.
  private static func evened(_ ring: [SIMD3<Float>], isOpen: Bool) -> [SIMD3<Float>] {
    var ring = ring
    for _ in 0..<4 {
      let before = ring
      for column in ring.indices {
        let count = ring.count
        if isOpen, column == 0 || column == count - 1 { continue }
        let beside = before[(column + 1) % count].y + before[(column + count - 1) % count].y
        ring[column].y = max(before[column].y, beside / 2)
      }
    }
    return ring
  }
}

extension ClothBody {
  /// Returns the height of the shoulders at a place seen from above.
  fileprivate func top(at place: SIMD3<Float>) -> Float {
    let neck = joint(.neck).y
    let under = mesh.vertices.filter { vertex in
      let (x, z) = (vertex.point.x - place.x, vertex.point.z - place.z)
      return x * x + z * z < 0.0006 && vertex.point.y < neck + 0.02
        && vertex.point.y > neck - 0.12
    }
    let highest = under.map { $0.point.y + $0.height }.max()
    return highest ?? neck - 0.1
  }
}
