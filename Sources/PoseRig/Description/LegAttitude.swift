/// The attitude of an upright person's legs.
public enum LegAttitude: String, CaseIterable, Sendable {
  case straight, together, apart, stride, crossed, bothBent
  case leftKneeRaised, rightKneeRaised, leftAhead, rightAhead, leftBack, rightBack
  case leftAside, rightAside, inTheAir

  /// Determines the attitude of a character's legs; nil if the posture implies it.
  ///
  /// - Parameter isCarried: whether anything supports the body.
  public init?(_ character: PosedCharacter, _ posture: Posture, isCarried: Bool) {
    guard posture == .stands || posture == .bendsOver else { return nil }
    if !isCarried {
      self = .inTheAir
      return
    }
    let legs = Side.both.map { Leg(character, $0) }
    let raised = legs.map { $0.foot > 0.12 }
    if raised[0] != raised[1] {
      let index = raised[0] ? 0 : 1
      self = Self.raised(legs[index])[index]
    } else {
      self = Self.standing(legs)
    }
  }

  /// Returns the attitudes of a leg in the air, as the left one and as the right one.
  private static func raised(_ leg: Leg) -> [LegAttitude] {
    if leg.thigh.z > 0.5, leg.flexion > 0.35 { return [.leftKneeRaised, .rightKneeRaised] }
    if leg.way.x > max(0.4, abs(leg.way.z)) { return [.leftAside, .rightAside] }
    if leg.way.z > 0.2 { return [.leftAhead, .rightAhead] }
    return [.leftBack, .rightBack]
  }

  private static func standing(_ legs: [Leg]) -> LegAttitude {
    if legs.allSatisfy({ $0.flexion > 0.6 }) { return .bothBent }
    let across = legs[0].position.x + legs[1].position.x
    if across < -0.03 { return .crossed }
    if abs(legs[0].position.z - legs[1].position.z) > 0.45 { return .stride }
    if across > 0.6 { return .apart }
    return across < 0.25 ? .together : .straight
  }

  /// One leg; lengths are shares of its own length.
  private struct Leg {
    /// The height of the ankle above the other one.
    let foot: Double
    /// The directions of the thigh, and from hip to ankle: outward, up and ahead.
    let thigh: Vector3
    let way: Vector3
    /// The position of the ankle relative to the middle of the hips: outward, up and ahead.
    let position: Vector3
    /// The bend of the knee: 0 for a straight leg, 1 for a right angle.
    let flexion: Double

    init(_ character: PosedCharacter, _ side: Side) {
      let at = { character.position(of: $0) }
      let hip = at(JointName(.upperLeg, side))
      let knee = at(JointName(.lowerLeg, side))
      let ankle = at(JointName(.foot, side))
      let other = at(JointName(.foot, side == .left ? .right : .left))
      let length = max((knee - hip).length + (ankle - knee).length, 1e-6)
      let frame = BodyFrame.upright(of: character)
      let upper = (knee - hip).normalized ?? -.unitY
      foot = (ankle.y - other.y) / length
      thigh = frame.axes(of: upper, outward: side)
      way = frame.axes(of: (ankle - hip).normalized ?? -.unitY, outward: side)
      position = frame.axes(of: (ankle - at(.hips)) / length, outward: side)
      flexion = 1 - upper.dot((ankle - knee).normalized ?? -.unitY)
    }
  }
}
