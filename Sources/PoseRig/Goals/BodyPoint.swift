/// A point on the skin that goals can name in an artist's words: `back`, `leftWaist`, `lap`.
///
/// Joints are named after bones, and refer to the skin on the side from which a hand comes; these
/// names always refer to a single point.
public struct BodyPoint: Hashable, Sendable {
  /// The name in files.
  public let name: String
  let spot: Spot

  /// The definition of a point's position.
  indirect enum Spot: Hashable, Sendable {
    /// The point where a ray from a bone leaves the skin.
    ///
    /// - Parameters:
    ///   - joint: the joint at which the bone begins, with the frame of `way`.
    ///   - share: the share of the distance to the bone's end.
    ///   - way: the direction of the ray; nil for the direction toward the hand or foot.
    case bone(JointName, share: Double = 0, way: Vector3? = nil)
    /// A landmark of the head.
    case landmark(LandmarkName)
    /// The skin at the front of the neck.
    case throat
    /// The skin of the head in front of the middle of some of its landmarks.
    ///
    /// - Parameter rise: the additional slope of the ray from between the ears.
    case face([LandmarkName], rise: Double = 0)
    /// The midpoint between two points.
    case between(Spot, Spot)

    /// The joint that carries the skin.
    var carrier: JointName {
      switch self {
      case .bone(let joint, _, _): joint
      case .face, .landmark: .head
      case .throat: .neck
      case .between(let spot, _): spot.carrier
      }
    }
  }

  /// All points, those of the left before those of the right.
  public static let all =
    middle + sided(.left) + sided(.right)

  /// Returns the point with a name; nil for an unknown name.
  public static func named(_ name: String) -> BodyPoint? { byName[name] }

  /// The names of all points in a line or two, for messages.
  package static let allNamesInShort =
    middle.map(\.name).joined(separator: ", ") + ", and after left or right: "
    + sided(.left).map { String($0.name.dropFirst(Side.left.rawValue.count)) }
    .joined(separator: ", ")

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  private static let middle = [
    BodyPoint(name: "back", spot: .bone(.upperChest, way: -.unitZ)),
    BodyPoint(name: "lowerBack", spot: .bone(.spine, way: -.unitZ)),
    BodyPoint(name: "belly", spot: .bone(.spine, way: .unitZ)),
    BodyPoint(name: "breastbone", spot: .bone(.upperChest, way: .unitZ)),
    BodyPoint(name: "nape", spot: .bone(.neck, share: 0.5, way: -.unitZ)),
    BodyPoint(name: "throat", spot: .throat),
    BodyPoint(name: "chin", spot: .landmark(.face(8))),
    BodyPoint(name: "mouth", spot: .face([.face(62), .face(66)])),
    BodyPoint(name: "forehead", spot: .face([.face(19), .face(24)], rise: 0.3)),
    BodyPoint(name: "crown", spot: .bone(.head, way: .unitY)),
    BodyPoint(name: "hair", spot: .bone(.head, way: Vector3(0, 1, -1))),
    BodyPoint(name: "lap", spot: .between(thigh(.left), thigh(.right))),
  ]

  /// Returns the front of the middle of a thigh, which is its upper side when sitting.
  private static func thigh(_ side: Side) -> Spot {
    .bone(JointName(.upperLeg, side), share: 0.5, way: .unitZ)
  }

  /// Returns the joint at which a bone ends; nil for a head.
  fileprivate static func end(of joint: JointName) -> JointName? {
    switch joint.kind {
    case .hand: JointName(.middleProximal, joint.side)
    case .head: nil
    default: joint.firstChild
    }
  }

  private static func sided(_ side: Side) -> [BodyPoint] {
    let out = side == .left ? Vector3.unitX : -.unitX
    // 300-W counts from the right ear along the jaw to the left one.
    let cheek: [LandmarkName] =
      side == .left
      ? [.face(13), .face(35), .face(47), .face(54)] : [.face(3), .face(31), .face(40), .face(48)]
    let spots: [(String, Spot)] = [
      ("Cheek", .face(cheek)),
      ("Ear", .landmark(.ear(side))),
      ("Temple", .face([.eye(side), .ear(side), .ear(side)], rise: 0.3)),
      ("ShoulderTop", .bone(JointName(.shoulder, side), share: 1, way: .unitY)),
      ("ShoulderBlade", .bone(JointName(.shoulder, side), share: 0.8, way: Vector3(0, -0.3, -1))),
      ("Chest", .bone(.upperChest, way: out * 0.5 + .unitZ)),
      ("Waist", .bone(.spine, share: 0.5, way: out)),
      ("Hip", .bone(JointName(.upperLeg, side), way: out)),
      ("Biceps", .bone(JointName(.upperArm, side), share: 0.5)),
      ("Elbow", .bone(JointName(.lowerArm, side))),
      ("Forearm", .bone(JointName(.lowerArm, side), share: 0.5)),
      ("Wrist", .bone(JointName(.hand, side))),
      ("BackOfHand", .bone(JointName(.hand, side), share: 0.6, way: .unitY)),
      ("Thigh", .bone(JointName(.upperLeg, side), share: 0.5)),
      ("Knee", .bone(JointName(.lowerLeg, side))),
      ("Shin", .bone(JointName(.lowerLeg, side), share: 0.5, way: .unitZ)),
      ("Calf", .bone(JointName(.lowerLeg, side), share: 0.3, way: -.unitZ)),
      ("Ankle", .bone(JointName(.foot, side))),
    ]
    return spots.map { BodyPoint(name: side.rawValue + $0.0, spot: $0.1) }
  }
}

extension PosedCharacter {
  /// Returns the skin at a point, in the world; nil on a body without the required parts.
  ///
  /// - Parameter start: the position that the hand or foot comes from, for points with several
  ///   sides.
  func touch(_ point: BodyPoint, from start: Vector3) -> Touch? { touch(point.spot, from: start) }

  private func touch(_ spot: BodyPoint.Spot, from start: Vector3) -> Touch? {
    switch spot {
    case .bone(let joint, let share, let way):
      let frame = frame(of: joint)
      let end = BodyPoint.end(of: joint).map(position) ?? frame.translation
      let origin = frame.translation + (end - frame.translation) * share
      return skin(from: origin, along: way.map(frame.rotation.rotate) ?? start - origin)
    case .landmark(let name):
      guard let point = landmark(name), let left = landmark(.ear(.left)),
        let right = landmark(.ear(.right))
      else { return nil }
      return Touch(point: point, normal: (point - (left + right) / 2).normalized)
    case .throat:
      let frame = frame(of: .neck)
      let way = frame.rotation.rotate(.unitZ)
      let middle = (frame.translation + position(of: .head)) / 2
      // Start below the skin, since some mouths extend into the neck.
      return skin(from: middle + way * (0.035 * body.rig.size), along: way)
    case .face(let names, let rise):
      guard let left = landmark(.ear(.left)), let right = landmark(.ear(.right)) else { return nil }
      let points = names.compactMap(landmark)
      guard points.count == names.count else { return nil }
      let origin = (left + right) / 2
      let way = points.reduce(.zero, +) / Double(points.count) - origin
      let up = frame(of: .head).rotation.rotate(.unitY)
      // Start below the skin, since some heads have mouths and eyeballs inside.
      return skin(from: origin + way * 0.8, along: way + up * (rise * way.length))
    case .between(let one, let other):
      guard let one = touch(one, from: start), let other = touch(other, from: start) else {
        return nil
      }
      let normal = [one.normal, other.normal].compactMap(\.self).reduce(.zero, +).normalized
      return Touch(point: (one.point + other.point) / 2, normal: normal)
    }
  }

  private func skin(from origin: Vector3, along way: Vector3) -> Touch? {
    guard let way = way.normalized else { return nil }
    // A head can be as large as the rest of its body.
    return [0.4, 1.2].lazy.compactMap {
      bodySurface.exit(from: origin, along: way, within: $0 * body.rig.size)
    }.first ?? Touch(point: origin)
  }
}
