/// The posture of a whole body, determined from the positions of its joints.
///
/// Heights are shares of the leg's length above the body's lowest point, so that a posture does not
/// depend on size.
public enum Posture: String, CaseIterable, Sendable {
  case stands, bendsOver, crouches, kneels, kneelsOnLeft, kneelsOnRight, sits, sitsOnFloor
  case liesOnBack, liesFaceDown, liesOnLeft, liesOnRight, onHandsAndKnees, upsideDown

  /// Determines the posture of a posed character.
  ///
  /// - Parameter isSeated: whether its pose has a seat, so that it sits.
  public init(_ character: PosedCharacter, isSeated: Bool = false) {
    let joints = Joints(character)
    if joints.upright < -0.5 {
      self = .upsideDown
    } else if joints.upright < 0.5 {
      self = Self.level(joints)
    } else if isSeated {
      self = joints.hips < 0.35 ? .sitsOnFloor : .sits
    } else {
      self = Self.upright(joints)
    }
  }

  /// Returns the posture of a trunk that is more horizontal than upright.
  private static func level(_ joints: Joints) -> Posture {
    let kneesAreDown = joints.knees.allSatisfy { $0 < 0.25 }
    if joints.hips > 0.4 {
      if kneesAreDown, joints.hands.allSatisfy({ $0 < 0.25 }) { return .onHandsAndKnees }
      return kneeling(joints) ?? .bendsOver
    }
    if joints.front.y > 0.5 { return .liesOnBack }
    if joints.front.y < -0.5 { return .liesFaceDown }
    return joints.leftAxis.y < 0 ? .liesOnLeft : .liesOnRight
  }

  private static func upright(_ joints: Joints) -> Posture {
    if joints.hips < 0.35 { return kneeling(joints) == .kneels ? .kneels : .sitsOnFloor }
    if let kneeling = kneeling(joints) { return kneeling }
    let areLevel = joints.thighsDown.allSatisfy { $0 < 0.5 }
    guard areLevel else { return joints.hips < 0.7 ? .crouches : .stands }
    return joints.feetAhead ? .sits : .crouches
  }

  /// Returns the kneeling posture for knees on the ground; nil if neither is.
  private static func kneeling(_ joints: Joints) -> Posture? {
    // Shins behind the knees carry the body; legs stretched out on the floor do not.
    switch zip(joints.knees, joints.shinsBack).map({ $0 < 0.2 && $1 }) {
    case [true, true]: .kneels
    case [true, false]: .kneelsOnLeft
    case [false, true]: .kneelsOnRight
    default: nil
    }
  }

  /// The measures that distinguish postures.
  private struct Joints {
    /// The degree to which the trunk is upright, 1 to -1.
    let upright: Double
    /// The heights of hips, knees and hands.
    let hips: Double
    let knees: [Double]
    let hands: [Double]
    /// The degree to which each thigh points down, 1 to -1.
    let thighsDown: [Double]
    /// Whether each shin points backward.
    let shinsBack: [Bool]
    /// Whether the feet are in front of the hips.
    let feetAhead: Bool
    /// The directions of the chest's front and of its left side.
    let front: Vector3
    let leftAxis: Vector3

    init(_ character: PosedCharacter) {
      let at = { character.position(of: $0) }
      let leg = (0..<2).map { index in
        let side = Side.both[index]
        let (hip, knee, foot) = (
          at(JointName(.upperLeg, side)), at(JointName(.lowerLeg, side)), at(JointName(.foot, side))
        )
        return (hip: hip, knee: knee, foot: foot)
      }
      let length = max((leg[0].hip - leg[0].knee).length + (leg[0].knee - leg[0].foot).length, 1e-6)
      let lowest = Double(character.lowest)
      func height(_ point: Vector3) -> Double { (point.y - lowest) / length }
      let chest = character.worldRotation(of: .chest)
      front = chest.rotate(.unitZ)
      leftAxis = chest.rotate(.unitX)
      let ahead = BodyFrame.upright(of: character).ahead
      upright = ((at(.neck) - at(.hips)).normalized ?? .unitY).y
      hips = height((leg[0].hip + leg[1].hip) / 2)
      knees = leg.map { height($0.knee) }
      hands = Side.both.map { height(at(JointName(.hand, $0))) }
      thighsDown = leg.map { -(($0.knee - $0.hip).normalized ?? .unitY).y }
      shinsBack = leg.map { (($0.foot - $0.knee).normalized ?? .unitY).dot(ahead) < -0.4 }
      let feet = (leg[0].foot + leg[1].foot - leg[0].hip - leg[1].hip) / 2
      feetAhead = feet.dot(ahead) > 0.3 * length
    }
  }
}
