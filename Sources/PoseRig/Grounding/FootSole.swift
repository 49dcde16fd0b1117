/// The parts of a foot that stand on the ground, alone or together.
enum FootPart: Int, CaseIterable, Sendable {
  case heel, ball
}

/// The underside of a foot, which is flat on the ground at rest.
struct FootSole: Sendable {
  /// The foot's joint.
  let foot: JointName
  /// The joint of its toes.
  let toes: JointName
  /// Whether the toes have a joint of their own.
  let hasToes: Bool
  /// The points about which the foot rolls while only its heel or ball stands, by `FootPart`, in
  /// the foot's frame: a point under the heel; and the toes' joint or, without toes, the front end
  /// of the sole.
  let pivots: [Vector3]
  /// The height of each pivot above the ground when the sole is flat, in meters.
  let heights: [Double]
  /// The horizontal direction in which the foot points at rest.
  let forward: Vector3
  /// The outermost points of the sole.
  private(set) var edge: [EdgePoint] = []

  /// A point of the sole's skin, which bends between foot and toes.
  struct EdgePoint: Sendable {
    /// The position in the foot's frame.
    var ofFoot: Vector3
    /// The position in the toes' frame.
    var ofToes: Vector3
    /// The share with which it follows the toes, 0 to 1.
    var share: Double
  }

  /// Estimates the sole of a skeleton without a surface, with the heel 1/20 of a leg behind the
  /// ankle.
  init(_ rig: Rig, _ side: Side) {
    foot = JointName(.foot, side)
    toes = JointName(.toes, side)
    let (ankle, leg) = (rig[foot], rig.legLength)
    let way = (rig[toes] - ankle).level
    hasToes = way.length > 0.05 * leg
    forward = hasToes ? way.normalized ?? .unitZ : .unitZ
    let ground = Vector3(0, -ankle.y, 0)
    let ball = hasToes ? rig[toes] - ankle : ground + forward * (0.2 * leg)
    pivots = [ground - forward * (0.05 * leg), ball]
    heights = [0, hasToes ? rig[toes].y : 0]
  }

  /// Measures the sole of a body's surface; uses the skeleton if no surface follows the foot.
  init(_ body: Body, _ side: Side) {
    let plain = FootSole(body.rig, side)
    foot = plain.foot
    toes = plain.toes
    forward = plain.forward
    hasToes = plain.hasToes && !body.missing.contains(plain.toes)
    let ankle = body.rig[foot]
    let underside = Underside(body, foot, toes)
    guard let ends = underside.ends(along: forward) else {
      pivots = plain.pivots
      heights = plain.heights
      return
    }
    let length = ends.upperBound - ends.lowerBound
    let heel = underside.point(at: ends.lowerBound + 0.1 * length, along: forward, length)
    let front = underside.point(at: ends.upperBound - 0.1 * length, along: forward, length)
    let ball = hasToes ? body.rig[toes] : front
    pivots = [heel - ankle, ball - ankle]
    // A sole is as flat as it was modeled, relative to the ground of the whole body.
    heights = [heel.y, ball.y]
    let bend = hasToes ? ball.dot(forward) : .infinity
    edge = underside.outline(parting: bend, along: forward).map { point, share in
      EdgePoint(ofFoot: point - ankle, ofToes: point - ball, share: hasToes ? share : 0)
    }
  }

  /// Returns the rotation about the vertical of a flat foot that points in the direction of a
  /// rotated one.
  func heading(of rotation: Quaternion) -> Quaternion {
    let way = rotation.rotate(forward).level
    guard let level = way.normalized else { return .identity }
    return Quaternion(from: forward, to: level)
  }

  /// Returns the height of the lowest point of a foot with a frame; infinite without a surface.
  func lowest(_ frame: Transform, toes local: Quaternion) -> Double {
    let joint = frame.apply(pivots[FootPart.ball.rawValue])
    let toeFrame = Transform(rotation: frame.rotation * local, translation: joint)
    return edge.reduce(.infinity) { lowest, point in
      let (foot, toes) = (frame.apply(point.ofFoot).y, toeFrame.apply(point.ofToes).y)
      return min(lowest, foot + (toes - foot) * point.share)
    }
  }
}

/// The lowest part of a foot's skin in the T-pose.
private struct Underside {
  /// The points of the skin, with the share that follows the toes.
  let points: [(point: Vector3, share: Double)]

  /// The height above the lowest point up to which skin belongs to the sole, in leg lengths.
  private static let thickness = 0.02

  init(_ body: Body, _ foot: JointName, _ toes: JointName) {
    let skin = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest), withNormals: false)
    let carriers = body.carriers()
    let shares = body.shares(of: toes)
    let all = skin.positions.indices.compactMap { vertex -> (point: Vector3, share: Double)? in
      guard carriers[vertex] == foot || carriers[vertex] == toes else { return nil }
      return (Vector3(skin.positions[vertex]), shares[vertex])
    }
    let lowest = all.map(\.point.y).min() ?? 0
    points = all.filter { $0.point.y < lowest + Self.thickness * body.rig.legLength }
  }

  /// Returns where the sole begins and ends along a direction; nil if it is too short.
  func ends(along direction: Vector3) -> ClosedRange<Double>? {
    let distances = points.map { $0.point.dot(direction) }
    guard let rear = distances.min(), let front = distances.max(), front - rear > 0.02 else {
      return nil
    }
    return rear...front
  }

  /// Returns the middle of the sole at a distance along its length, at its lowest height there.
  func point(at distance: Double, along direction: Vector3, _ length: Double) -> Vector3 {
    let near = points.map(\.point).filter { abs($0.dot(direction) - distance) < 0.15 * length }
    guard !near.isEmpty else { return direction * distance }
    let middle = near.reduce(.zero, +) / Double(near.count)
    var point = middle + direction * (distance - middle.dot(direction))
    point.y = near.map(\.y).min() ?? 0
    return point
  }

  /// Returns the outermost points of the sole behind and in front of a bend: of the whole sole, and
  /// of the part that touches the ground.
  func outline(
    parting bend: Double, along direction: Vector3
  ) -> [(point: Vector3, share: Double)] {
    let lowest = points.map(\.point.y).min() ?? 0
    let parts = [
      points.filter { $0.point.dot(direction) <= bend },
      points.filter { $0.point.dot(direction) > bend },
    ]
    return parts.flatMap { part in
      Self.outermost(part) + Self.outermost(part.filter { $0.point.y < lowest + 0.004 })
    }
  }

  /// Returns the points that are farthest out in eight directions.
  private static func outermost(
    _ points: [(point: Vector3, share: Double)]
  ) -> [(point: Vector3, share: Double)] {
    let half = 0.5.squareRoot()
    let ways = [
      (1, 0), (half, half), (0, 1), (-half, half), (-1, 0), (-half, -half), (0, -1), (half, -half),
    ]
    return ways.compactMap { x, z in
      let way = Vector3(x, 0, z)
      return points.max { $0.point.dot(way) < $1.point.dot(way) }
    }
  }
}

extension Vector3 {
  /// The horizontal component.
  var level: Vector3 { Vector3(x, 0, z) }
}
