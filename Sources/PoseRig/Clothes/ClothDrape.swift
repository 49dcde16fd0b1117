#if canImport(Glibc)
  internal import Glibc
#endif

/// Drapes the cloth of a posed character.
///
/// It begins around a body with straight legs and hanging arms, which then take their pose while
/// the floor and props rise from below: so the cloth lies on thighs that were raised under it,
/// falls over knees, and rests on seats.
struct ClothDrape {
  /// The number of columns of the net: half of the cloth's.
  private static let columns = HangingCloth.columns / 2
  /// The distance between rows of the net, in meters.
  private static let step: Float = 0.036
  /// The numbers of steps in which the limbs take their pose, and in which the cloth comes to rest.
  private static let steps = (posing: 12, resting: 22)
  /// The distance that cloth falls per step, in meters.
  private static let fall: Float = 0.002

  let cloth: HangingCloth
  let character: PosedCharacter
  /// The direction in which things fall, wind included, of unit length.
  let pull: SIMD3<Float>
  /// The height of the floor; nil if there is no floor.
  let floor: Float?
  let things: [PropSolid]

  private var isOpen: Bool { cloth.opening > 0 }
  /// The joint that carries the cloth.
  private var carrier: JointName { cloth.hangsFromShoulders ? .upperChest : .hips }
  /// The angle by which the cloth flares below its folds, in radians.
  private var flare: Float { cloth.angles.reduce(0, +) / Float(max(cloth.angles.count, 1)) }

  /// Returns all rings from the waist to the hem.
  ///
  /// - Parameter held: the rings that follow the body, in the world.
  func rings(below held: [[SIMD3<Float>]]) -> [[SIMD3<Float>]] {
    guard held.count > 1 else { return held }
    let down = SIMD3<Float>(character.worldRotation(of: carrier).rotate(-.unitY))
    var net = net(held, down)
    var obstacles = ClothObstacles()
    obstacles.layers = layers(net)
    if cloth.hangsFromShoulders { obstacles.thinning = 0 }
    let legs = LegMotion(cloth, columns: Self.columns)
    var last = frames(0)
    obstacles.spans = cloth.slices.spans(last, shoulders: cloth.hangsFromShoulders)
    let (posing, resting) = Self.steps
    for index in 0..<posing + resting {
      let share = min(Float(index + 1) / Float(posing), 1)
      obstacles.spansBefore = obstacles.spans
      if index < posing {
        let next = frames(Double(share))
        obstacles.spans = cloth.slices.spans(next, shoulders: cloth.hangsFromShoulders)
        obstacles.depth = (1 - share) * (cloth.length + 0.2)
        obstacles.floor = floor.map { $0 - obstacles.depth }
        obstacles.things = things
        if !cloth.hangsFromShoulders { net.carry(legs.from(last, to: next)) }
        last = next
      }
      if index % 3 == 0 { net.findNormals() }
      let way = (down + (pull - down) * smoothStep(share, 0, 0.8)).unit
      // In the last steps, cloth that lies on something is smoothed.
      let isLast = index >= posing + resting - 8
      net.fall(
        way * Self.fall, spread: tan(flare), stiffness: isLast ? 0.2 : 0.08, onto: obstacles)
    }
    obstacles.spansBefore = obstacles.spans
    return held.dropLast(2) + finer(net, held, obstacles)
  }

  // MARK: Before

  /// Returns the initial net: straight down from the carrier.
  private func net(_ held: [[SIMD3<Float>]], _ down: SIMD3<Float>) -> ClothNet {
    let rows = max(Int((cloth.length / Self.step).rounded(.up)), 2)
    let step = cloth.length / Float(rows)
    var points: [SIMD3<Float>] = []
    for ring in held.suffix(2) {
      points += (0..<Self.columns).map { ring[$0 * 2] }
    }
    let last = Array(points.suffix(Self.columns))
    let middle = last.reduce(.zero, +) / Float(Self.columns)
    let lead = max(flare, 0.15)
    let ways = last.map { (down + ($0 - middle).across(down).unit * tan(lead)).unit }
    for row in 1...rows {
      points += last.indices.map { last[$0] + ways[$0] * (step * Float(row)) }
    }
    let around = 2 * Float.pi - cloth.opening * .pi / 180
    let parts = Float(isOpen ? Self.columns - 1 : Self.columns)
    let widths = (0..<rows + 2).map { row in
      let depth = step * Float(max(row - 1, 0))
      return around * (cloth.radius + depth * sin(max(flare, 0.03))) / parts
    }
    return ClothNet(
      points: points, columns: Self.columns, isOpen: isOpen, held: 2, step: step, widths: widths)
  }

  /// Returns how far above the floor columns lie: those that face up are above those that face
  /// down.
  private func layers(_ net: ClothNet) -> [Float] {
    (0..<Self.columns).map { column in
      0.006 * smoothStep(net.normals[2 * Self.columns + column].y, -0.3, 0.3)
    }
  }

  /// Returns the frames of the joints in the world, with the limbs a share of the way into the
  /// pose.
  private func frames(_ share: Double) -> [Transform] {
    let posed = character.posedRig.modelFromJoint
    var frames = posed
    for side in Side.both {
      for (joints, start) in [
        (Self.leg, Quaternion.identity),
        (Self.arm, Quaternion(angle: side == .left ? -1.3 : 1.3, axis: .unitZ)),
      ] {
        for (index, left) in joints.enumerated() {
          let joint = side == .left ? left : left.mirrored
          guard let parent = joint.parent else { continue }
          let local = posed[parent.index].inverse * posed[joint.index]
          let first = index == 0 ? start : .identity
          let turn = first * (first.inverse * local.rotation).scaled(by: share)
          frames[joint.index] =
            frames[parent.index] * Transform(rotation: turn, translation: local.translation)
        }
      }
    }
    return frames.map { character.worldFromModel * $0 }
  }

  private static let leg: [JointName] = [.leftUpperLeg, .leftLowerLeg, .leftFoot, .leftToes]
  private static let arm: [JointName] = [.leftUpperArm, .leftLowerArm, .leftHand]

  // MARK: After

  /// Returns the net's rings with twice the number of points in both directions.
  private func finer(
    _ net: ClothNet, _ held: [[SIMD3<Float>]], _ obstacles: ClothObstacles
  ) -> [[SIMD3<Float>]] {
    let count = Self.columns
    let wide = (0..<net.rows).map { row -> [SIMD3<Float>] in
      if row < 2 { return held[held.count - 2 + row] }
      let ring = Array(net.points[row * count..<(row + 1) * count])
      return (0..<2 * count).map { Self.between(ring, Float($0) / 2, isOpen: isOpen) }
    }
    var rings = [wide[0], wide[1]]
    for row in 2..<wide.count {
      let (above, below) = (wide[row - 2], wide[min(row + 1, wide.count - 1)])
      rings.append(
        (0..<2 * count).map { column in
          let middle = (wide[row - 1][column] + wide[row][column]) * 0.5
          let ends = (above[column] + below[column]) * 0.5
          return middle + (middle - ends) * 0.125
        })
      rings.append(wide[row])
    }
    return folded(rings, step: net.step / 2, obstacles)
  }

  /// Returns rings with folds where they hang freely.
  private func folded(
    _ rings: [[SIMD3<Float>]], step: Float, _ obstacles: ClothObstacles
  ) -> [[SIMD3<Float>]] {
    let count = 2 * Self.columns
    let least = sin(cloth.angles.min() ?? 0)
    // How far each column has hung freely so far: parts that lie on something are flat.
    var hung = [Float](repeating: 0, count: count)
    return rings.indices.map { index in
      guard index > 1 else { return rings[index] }
      let (ring, above) = (rings[index], rings[index - 1])
      let sides = (0..<count).map { column in
        isOpen
          ? (max(column - 1, 0), min(column + 1, count - 1))
          : ((column + count - 1) % count, (column + 1) % count)
      }
      let before = hung
      for column in 0..<count {
        let free = smoothStep((ring[column] - above[column]).unit.dot(pull), 0.55, 0.9)
        let around = (before[sides[column].0] + before[sides[column].1]) / 2
        hung[column] = (before[column] * 0.6 + around * 0.4) * (0.75 + 0.25 * free) + step * free
      }
      let depth = Float(index - 1) * step
      return ring.indices.map { column in
        let (left, right) = sides[column]
        let full = hung[column] * smoothStep(hung[column], 0, 0.3)
        let out = (ring[column] - above[column]).cross(ring[right] - ring[left]).unit
        let point = ring[column] + out * (full * (sin(cloth.angles[column]) - least))
        return obstacles.pushed(point, from: point, depth: depth, column: column / 2) ?? point
      }
    }
  }

  /// Returns a point of a smooth curve through a ring's points (Catmull–Rom).
  private static func between(
    _ ring: [SIMD3<Float>], _ column: Float, isOpen: Bool
  ) -> SIMD3<Float> {
    let count = ring.count
    let index = Int(column)
    guard column > Float(index) else { return ring[index] }
    func at(_ other: Int) -> SIMD3<Float> {
      isOpen ? ring[min(max(other, 0), count - 1)] : ring[(other + count) % count]
    }
    let middle = (at(index) + at(index + 1)) * 0.5
    return middle + (middle - (at(index - 1) + at(index + 2)) * 0.5) * 0.125
  }
}
