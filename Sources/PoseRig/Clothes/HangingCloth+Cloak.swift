#if canImport(Glibc)
  internal import Glibc
#endif

extension HangingCloth {
  /// The number of rings of a cloak over the shoulders.
  private static let shoulderRings = 7
  /// The largest opening at the throat, in degrees.
  private static let throat: Float = 36
  /// The drop of shoulders per unit outward.
  private static let slope: Float = 0.3

  /// Fits a cloak to a body: its upper rings lie on the shoulders.
  init(_ piece: CloakPiece, of clothes: Clothes, on figure: ClothBody) {
    let opening = clothes.value(piece.opening)
    let turns = Self.turns(opening: opening)
    let neck = figure.joint(.neck)
    let shoulder = figure.joint(.leftUpperArm).x
    let ease = clothes.value(piece.ease)
    let depth = figure.section(at: figure.height(ofTrunk: 0.86), turns: [0, .pi]).radii
    // It closes at the neck, and from there its edges sweep back over the shoulders.
    let throatTurns = Self.turns(opening: min(opening, Self.throat))
    let middle = (neck.y + figure.joint(.head).y) / 2
    let throat = figure.section(at: middle, turns: throatTurns)
    func position(_ column: Int, _ share: Float) -> SIMD3<Float> {
      let turn = throatTurns[column] + (turns[column] - throatTurns[column]) * share
      let (side, front) = (sin(turn), cos(turn))
      let deep = front * (front > 0 ? depth[0] : depth[1]) * 0.9 - 0.01
      let end = neck + SIMD3(side * shoulder * 0.95, 0, deep)
      let start = throat.middle + SIMD3(side, 0, front) * (throat.radii[column] * 1.1 + ease)
      return start + (end - start) * share
    }
    let columns = Array(turns.indices)
    let collar = columns.map { column -> SIMD3<Float> in
      let point = position(column, 0)
      let drop = 0.03 * max(cos(throatTurns[column]), 0)
      return SIMD3(point.x, neck.y + 0.012 - drop, point.z)
    }
    /// Returns the height of the shoulders, which slope like those above hanging arms.
    func height(_ column: Int, at point: SIMD3<Float>) -> Float {
      let away = (point - collar[column]) * SIMD3(1, 0, 1)
      return min(figure.top(at: point), collar[column].y - Self.slope * away.length)
    }
    let edge = columns.map { height($0, at: position($0, 1)) }
    var rings = Self.collar(collar, around: throat.middle, height: clothes.value(piece.collar))
    for ring in 1..<Self.shoulderRings {
      let share = Float(ring) / Float(Self.shoulderRings - 1)
      let points = columns.map { column -> SIMD3<Float> in
        let point = position(column, share)
        let straight = collar[column].y + (edge[column] - collar[column].y) * share
        let lying = share < 0.3 ? straight : max(straight, height(column, at: point))
        return SIMD3(point.x, lying + ease, point.z)
      }
      rings.append(Self.evened(points, isOpen: opening > 0))
    }
    let last = rings[rings.count - 1]
    let bottom = last.reduce(0) { $0 + $1.y } / Float(last.count)
    let flare = clothes.value(piece.flare) * .pi / 180
    let hem = figure.height(ofLeg: clothes.value(piece.length))
    let near = rings.flatMap { ring in
      Self.blended(figure.bound(ring) { figure.share($0, of: Self.other) < 0.3 })
    }
    self.init(rings: rings, near: near, on: figure)
    self.opening = opening
    hangsFromShoulders = true
    length = max((bottom - hem) / max(cos(flare), 0.3), 0.04)
    knee = bottom - figure.joint(.leftLowerLeg).y
    radius = last.reduce(0) { $0 + ($1 - neck).length } / Float(last.count)
    angles = Self.angles(
      turns, flare: flare, folds: clothes.value(piece.folds), depth: clothes.value(piece.depth))
  }

  /// Returns the rings of a collar from its edge, which is turned down, to its base on the
  /// shoulders.
  private static func collar(
    _ ring: [SIMD3<Float>], around middle: SIMD3<Float>, height: Float
  ) -> [[SIMD3<Float>]] {
    guard height > 0.001 else { return [ring] }
    let rows: [(rise: Float, lead: Float)] = [
      (0.25, 0.8), (0.95, 0.4), (1.08, 0.2), (1, 0.05), (0.6, -0.05), (0, 0),
    ]
    return rows.map { row in
      ring.map { point in
        let out = ((point - middle) * SIMD3(1, 0, 1)).unit
        return point + out * (height * row.lead) + SIMD3(0, height * row.rise, 0)
      }
    }
  }

  /// Returns the points of a ring with joints blended with those of their neighbors: where an arm
  /// hangs from the shoulder, a cloak still moves as one piece.
  private static func blended(_ ring: [ClothVertex]) -> [ClothVertex] {
    ring.indices.map { index in
      var vertex = ring[index]
      let around = (-8...8).compactMap { step -> (vertex: ClothVertex, share: Float)? in
        guard ring.indices.contains(index + step) else { return nil }
        return (ring[index + step], 1 / Float(4 + abs(step)))
      }
      (vertex.influences, vertex.weights) = ClothVertex.weights(around)
      return vertex
    }
  }

  private static let other: Set<JointKind> = [.upperArm, .lowerArm, .hand, .head]

  /// Smooths a ring.
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
  /// Returns the height of the shoulders at a position seen from above.
  fileprivate func top(at position: SIMD3<Float>) -> Float {
    let neck = joint(.neck).y
    let under = mesh.vertices.filter { vertex in
      let (x, z) = (vertex.point.x - position.x, vertex.point.z - position.z)
      return x * x + z * z < 0.0006 && vertex.point.y < neck + 0.02
        && vertex.point.y > neck - 0.12
    }
    let highest = under.map { $0.point.y + $0.height }.max()
    return highest ?? neck - 0.1
  }
}
