/// The parts of a foot that stand on the ground, each alone or both together.
enum FootPart: Int, CaseIterable, Sendable {
  case heel, ball
}

/// The underside of a foot, at rest flat on the ground.
struct FootSole: Sendable {
  /// The foot's joint.
  let foot: JointName
  /// The joint of its toes.
  let toes: JointName
  /// Whether the toes bend by themselves.
  let hasToes: Bool
  /// The point about which the foot rolls while its heel or ball alone stands, by `FootPart`, in the
  /// foot's frame: under the heel; the toes' joint or, without toes, the front end of the sole.
  let pivots: [Vector3]
  /// How high each pivot is over the ground on which the sole lies flat, in meters.
  let heights: [Double]
  /// The level direction in which the foot points at rest.
  let forward: Vector3
  /// The outermost points of the sole.
  private(set) var edge: [EdgePoint] = []

  /// A point of the sole's skin, which bends between foot and toes.
  struct EdgePoint: Sendable {
    /// Where it is in the foot's frame.
    var ofFoot: Vector3
    /// Where it is in the toes' frame.
    var ofToes: Vector3
    /// How much it follows the toes, 0 to 1.
    var share: Double
  }

  /// The sole of a skeleton without a surface, its heel a twentieth of a leg behind the ankle.
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

  /// The sole of a body's surface; that of its skeleton where no surface follows the foot.
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
    // A sole is flat where it was modeled flat: on the ground of the whole body.
    heights = [heel.y, ball.y]
    let bend = hasToes ? ball.dot(forward) : .infinity
    edge = underside.outline(parting: bend, along: forward).map { point, share in
      EdgePoint(ofFoot: point - ankle, ofToes: point - ball, share: hasToes ? share : 0)
    }
  }

  /// Returns the turn about the vertical of a foot that lies flat and points where a turned one
  /// does.
  func heading(of rotation: Quaternion) -> Quaternion {
    let way = rotation.rotate(forward).level
    guard let level = way.normalized else { return .identity }
    return Quaternion(from: forward, to: level)
  }

  /// Returns the height of the lowest point of a foot in some place; infinite without a surface.
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
  /// Points of the skin, and how much each follows the toes.
  let points: [(place: Vector3, share: Double)]

  /// How far above its lowest point skin still belongs to the sole, in leg lengths.
  private static let thickness = 0.02

  init(_ body: Body, _ foot: JointName, _ toes: JointName) {
    let skin = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest), withNormals: false)
    let carriers = body.carriers()
    let shares = body.shares(of: toes)
    let all = skin.positions.indices.compactMap { vertex -> (place: Vector3, share: Double)? in
      guard carriers[vertex] == foot || carriers[vertex] == toes else { return nil }
      return (Vector3(skin.positions[vertex]), shares[vertex])
    }
    let lowest = all.map(\.place.y).min() ?? 0
    points = all.filter { $0.place.y < lowest + Self.thickness * body.rig.legLength }
  }

  /// Returns where the sole begins and ends along a direction; nil for none to speak of.
  func ends(along direction: Vector3) -> ClosedRange<Double>? {
    let places = points.map { $0.place.dot(direction) }
    guard let rear = places.min(), let front = places.max(), front - rear > 0.02 else { return nil }
    return rear...front
  }

  /// Returns the middle of the sole at a place along its length, at its lowest height there.
  func point(at place: Double, along direction: Vector3, _ length: Double) -> Vector3 {
    let near = points.map(\.place).filter { abs($0.dot(direction) - place) < 0.15 * length }
    guard !near.isEmpty else { return direction * place }
    let middle = near.reduce(.zero, +) / Double(near.count)
    var point = middle + direction * (place - middle.dot(direction))
    point.y = near.map(\.y).min() ?? 0
    return point
  }

  /// Returns the outermost points of the sole behind and before a bend: of all, and of those that
  /// touch the ground.
  func outline(
    parting bend: Double, along direction: Vector3
  ) -> [(place: Vector3, share: Double)] {
    let lowest = points.map(\.place.y).min() ?? 0
    let parts = [
      points.filter { $0.place.dot(direction) <= bend },
      points.filter { $0.place.dot(direction) > bend },
    ]
    return parts.flatMap { part in
      Self.outermost(part) + Self.outermost(part.filter { $0.place.y < lowest + 0.004 })
    }
  }

  /// Returns the points that lie farthest out in eight directions.
  private static func outermost(
    _ points: [(place: Vector3, share: Double)]
  ) -> [(place: Vector3, share: Double)] {
    let half = 0.5.squareRoot()
    let ways = [
      (1, 0), (half, half), (0, 1), (-half, half), (-1, 0), (-half, -half), (0, -1), (half, -half),
    ]
    return ways.compactMap { x, z in
      let way = Vector3(x, 0, z)
      return points.max { $0.place.dot(way) < $1.place.dot(way) }
    }
  }
}

extension Vector3 {
  /// The part along the ground.
  var level: Vector3 { Vector3(x, 0, z) }
}
