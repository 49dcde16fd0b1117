#if canImport(Glibc)
  internal import Glibc
#endif

/// Lets the cloth of a posed character hang.
///
/// It goes down ring by ring, each point a step of one length on from the one above: the way it
/// came, towards the ground, along what is in its way, and no further from its neighbors than the
/// cloth is wide. Nothing is solved again, so that the same pose has the same folds.
struct ClothFall {
  /// The distance between rings, in meters.
  private static let step: Float = 0.024
  /// The length over which cloth bends to where it falls, in meters.
  private var stiffness: Float { cloth.hangsFromShoulders ? 0.03 : 0.07 }

  let cloth: HangingCloth
  let obstacles: ClothObstacles
  /// The way that things fall, wind included, of unit length.
  let pull: SIMD3<Float>

  /// The ways of the thighs, left and right, of unit length.
  let thighs: (SIMD3<Float>, SIMD3<Float>)

  private var isOpen: Bool { cloth.opening > 0 }
  /// The angle by which the cloth leads outwards under its folds, in radians.
  private var flare: Float { cloth.angles.reduce(0, +) / Float(max(cloth.angles.count, 1)) }

  /// Returns all rings from the waist to the hem.
  /// - Parameter held: those that follow the hips, in the world.
  func rings(below held: [[SIMD3<Float>]]) -> [[SIMD3<Float>]] {
    guard let last = held.last, held.count > 1 else { return held }
    var rings = held
    let count = max(Int((cloth.length / Self.step).rounded(.up)), 2)
    let step = cloth.length / Float(count)
    let along = along(last)
    let collar = held[0].reduce(.zero, +) / Float(last.count)
    let outwards = last.indices.map { column in
      cloth.hangsFromShoulders
        ? (last[column] - collar).across(pull).unit
        : (last[column] - held[held.count - 2][column]).cross(along[column]).unit
    }
    // Over the edge of the shoulders it goes down at once.
    let bias = cloth.hangsFromShoulders ? pull * 1.5 : .zero
    var ways = last.indices.map { ((last[$0] - held[held.count - 2][$0]).unit + bias).unit }
    let turns = HangingCloth.turns(opening: cloth.opening)
    lift(&rings[rings.count - 1], turns, below: held[held.count - 2])
    for ring in 1...count {
      let before = rings[rings.count - 1]
      let rate = 1 - exp(-step / stiffness)
      var next = before
      for column in before.indices {
        let out = outwards[column].across(pull)
        let falling = (pull + out * tan(flare)).unit
        let target = led(falling, turns[column], depth: Float(ring) * step)
        ways[column] = (ways[column] + (target - ways[column]) * rate).unit
        next[column] = before[column] + ways[column] * step
      }
      settle(&next, below: before, along, step: step, depth: Float(ring) * step)
      for column in before.indices { ways[column] = (next[column] - before[column]).unit }
      rings.append(next)
    }
    smooth(&rings, from: held.count)
    return folded(rings, from: held.count, step: step, outwards)
  }

  /// Returns the way of cloth that lies on raised thighs: in front it goes along them to the knees.
  private func led(
    _ falling: SIMD3<Float>, _ turn: Float, depth: Float
  ) -> SIMD3<Float> {
    guard !cloth.hangsFromShoulders else { return falling }
    let (thigh, share) = guide(turn, 0.45)
    let upper = 1 - smoothStep(depth, cloth.knee - 0.03, cloth.knee + 0.05)
    // Its weight lays it on them.
    return (falling + (thigh + pull * 0.45 - falling) * (share * upper)).unit
  }

  /// Returns the way of the thighs under a column, and how far the column lies on them.
  /// - Parameter level: how much they still point downwards where it begins to.
  private func guide(_ turn: Float, _ level: Float) -> (way: SIMD3<Float>, share: Float) {
    let left = smoothStep(sin(turn), -0.35, 0.35)
    let thigh = (thighs.1 + (thighs.0 - thighs.1) * left).unit
    let raised = 1 - smoothStep(thigh.dot(pull), level - 0.55, level)
    return (thigh, raised * smoothStep(cos(turn), -0.15, 0.35))
  }

  /// Lifts the front of a ring onto thighs that are drawn up, where it would be under them.
  private func lift(
    _ ring: inout [SIMD3<Float>], _ turns: [Float], below above: [SIMD3<Float>]
  ) {
    guard !cloth.hangsFromShoulders else { return }
    for column in ring.indices {
      let (thigh, share) = guide(turns[column], 0.1)
      let up = (above[column] - ring[column]).across(thigh).unit
      ring[column] += up * (0.09 * share)
    }
  }

  /// Returns the ways along a ring at its points.
  private func along(_ ring: [SIMD3<Float>]) -> [SIMD3<Float>] {
    let count = ring.count
    return ring.indices.map { column in
      let (left, right) =
        isOpen
        ? (max(column - 3, 0), min(column + 3, count - 1))
        : ((column + count - 3) % count, (column + 3) % count)
      return (ring[right] - ring[left]).unit
    }
  }

  /// Brings a ring out of what is in its way and its points to each other.
  private func settle(
    _ ring: inout [SIMD3<Float>], below before: [SIMD3<Float>], _ along: [SIMD3<Float>],
    step: Float, depth: Float
  ) {
    let width = 2 * Float.pi * (cloth.radius + depth * max(sin(flare), 0.2)) / Float(ring.count)
    for _ in 0..<3 {
      for column in ring.indices {
        if let out = obstacles.pushed(ring[column]) { ring[column] = out }
      }
      draw(&ring, to: width * 1.15)
      keepOrder(&ring, along, width)
      if !isOpen { tauten(&ring, below: before) }
      for column in ring.indices {
        ring[column] = before[column] + (ring[column] - before[column]).unit * step
      }
    }
    for column in ring.indices {
      if let out = obstacles.pushed(ring[column]) { ring[column] = out }
    }
  }

  /// Draws neighbors to each other that are further apart than the cloth is wide.
  private func draw(_ ring: inout [SIMD3<Float>], to most: Float) {
    shift(&ring) { _, _, offset in
      let distance = offset.length
      return distance > most ? offset * ((distance - most) / distance) : nil
    }
  }

  /// Keeps neighbors side by side, where what pushes them would cross them.
  private func keepOrder(
    _ ring: inout [SIMD3<Float>], _ along: [SIMD3<Float>], _ width: Float
  ) {
    shift(&ring) { column, other, offset in
      let way = (along[column] + along[other]).unit
      let short = 0.45 * width - offset.dot(way)
      return short > 0 ? way * -short : nil
    }
  }

  /// Moves neighbors towards each other, all at once, so that none comes first.
  private func shift(
    _ ring: inout [SIMD3<Float>],
    by change: (_ column: Int, _ other: Int, _ offset: SIMD3<Float>) -> SIMD3<Float>?
  ) {
    var moves = [SIMD3<Float>](repeating: .zero, count: ring.count)
    for column in ring.indices {
      let other = column + 1 < ring.count ? column + 1 : 0
      if isOpen, other == 0 { continue }
      guard let way = change(column, other, ring[other] - ring[column]) else { continue }
      moves[column] += way * 0.4
      moves[other] -= way * 0.4
    }
    for column in ring.indices { ring[column] += moves[column] }
  }

  /// Draws a ring straight over what is hollow: cloth around legs is tight from one to the other.
  private func tauten(_ ring: inout [SIMD3<Float>], below before: [SIMD3<Float>]) {
    let count = Float(ring.count)
    let middle = ring.reduce(.zero, +) / count
    let axis = zip(ring, before).reduce(SIMD3<Float>.zero) { $0 + ($1.0 - $1.1) }.unit
    let side = axis.anyPerpendicular
    let front = axis.cross(side)
    let flat = ring.map { SIMD2(($0 - middle).dot(side), ($0 - middle).dot(front)) }
    let hull = Hull2D.around(flat)
    for column in ring.indices {
      let point = flat[column]
      let radius = (point.x * point.x + point.y * point.y).squareRoot()
      guard radius > 0.01 else { continue }
      let way = point / radius
      let hollow = Hull2D.reach(hull, way) - radius - 0.004
      if hollow > 0 { ring[column] += (side * way.x + front * way.y) * hollow }
    }
  }

  /// Returns rings with folds, which stand out of the cloth the more the further down they are.
  private func folded(
    _ rings: [[SIMD3<Float>]], from first: Int, step: Float, _ outwards: [SIMD3<Float>]
  ) -> [[SIMD3<Float>]] {
    let least = sin(cloth.angles.min() ?? 0)
    return rings.indices.map { index in
      guard index >= first else { return rings[index] }
      let ring = rings[index]
      let along = along(ring)
      let depth = Float(index - first + 1) * step
      let full = depth * smoothStep(depth, 0, 0.3)
      return ring.indices.map { column in
        let out =
          cloth.hangsFromShoulders
          ? outwards[column]
          : (ring[column] - rings[index - 1][column]).cross(along[column]).unit
        return ring[column] + out * (full * (sin(cloth.angles[column]) - least))
      }
    }
  }

  private func smooth(_ rings: inout [[SIMD3<Float>]], from first: Int) {
    for _ in 0..<2 {
      let before = rings
      for ring in first..<rings.count {
        let count = rings[ring].count
        for column in 0..<count {
          if isOpen, column == 0 || column == count - 1 { continue }
          let row = before[ring]
          var sum = row[(column + 1) % count] + row[(column + count - 1) % count]
          sum += before[ring - 1][column]
          sum += ring + 1 < rings.count ? before[ring + 1][column] : row[column]
          let point = row[column] * 0.6 + sum * 0.1
          rings[ring][column] = obstacles.pushed(point) ?? point
        }
      }
    }
  }
}
