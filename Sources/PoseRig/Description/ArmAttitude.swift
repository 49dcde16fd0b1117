/// The attitude of an arm, determined from the positions of its joints.
///
/// Directions are relative to the trunk, so that the arm of a lying person is described like that
/// of a standing one.
public enum ArmAttitude: String, CaseIterable, Sendable {
  case hangs, overhead, sideways, forward, back, across, raisedForward, raisedSideways
  case handAtFace, handBehindHead, handAboveHead, handAtChest, handAtBelly, handAtHip
  case handBehindBack, folded, elbowBent, handRaised

  /// Determines the attitude of a character's arm.
  public init(_ character: PosedCharacter, _ side: Side) {
    let frame = BodyFrame.trunk(of: character)
    let shoulder = character.position(of: JointName(.upperArm, side))
    let elbow = character.position(of: JointName(.lowerArm, side))
    let wrist = character.position(of: JointName(.hand, side))
    let length = max((elbow - shoulder).length + (wrist - elbow).length, 1e-6)
    let reach = frame.axes(of: (wrist - shoulder) / length, outward: side)
    let isStraight = (wrist - shoulder).length > 0.88 * length
    self = isStraight ? Self.straight(reach) : Self.bent(character, frame, side, reach)
  }

  /// Returns the attitude of a straight arm with an extent `way`: outward, up and ahead, as shares
  /// of its length.
  private static func straight(_ way: Vector3) -> ArmAttitude {
    if way.y > 0.8 { return .overhead }
    if way.y > 0.4 { return way.z > abs(way.x) ? .raisedForward : .raisedSideways }
    if way.y < -0.8 { return .hangs }
    if way.z > 0.55, way.z > way.x { return .forward }
    if way.x > 0.5 { return .sideways }
    if way.z < -0.4 { return .back }
    return way.x < -0.35 ? .across : .hangs
  }

  /// Returns the attitude of a bent arm, by the part of the body next to the hand.
  private static func bent(
    _ character: PosedCharacter, _ frame: BodyFrame, _ side: Side, _ reach: Vector3
  ) -> ArmAttitude {
    let hand = character.position(of: JointName(.middleProximal, side))
    let hips = character.position(of: .hips)
    // Lengths are shares of the trunk's; the head joint is at the top of the neck.
    let unit = max((character.position(of: .neck) - hips).length, 1e-6)
    let fromHead = frame.axes(of: (hand - character.position(of: .head)) / unit, outward: side)
    if fromHead.y > 0.5 { return .handAboveHead }
    if fromHead.y > -0.15, fromHead.length < 0.6 {
      return fromHead.z < -0.05 ? .handBehindHead : .handAtFace
    }
    let fromHips = frame.axes(of: (hand - hips) / unit, outward: side)
    let isNear = abs(fromHips.x) < 0.5 && abs(fromHips.z) < 0.55
    if isNear, fromHips.z < -0.12, fromHips.y < 0.8 { return .handBehindBack }
    // The hand is on the other side of the body.
    if isNear, fromHips.x < -0.1, fromHips.y > 0.25, fromHips.y < 1 { return .folded }
    if isNear, fromHips.y < 0.35, fromHips.x > 0.12 {
      return fromHips.y > -0.1 ? .handAtHip : .hangs
    }
    if isNear, fromHips.y < 0.5 { return fromHips.y > -0.1 ? .handAtBelly : .hangs }
    if isNear, fromHips.y < 1 { return .handAtChest }
    if reach.y > 0.1 { return .handRaised }
    return reach.y < -0.75 ? .hangs : .elbowBent
  }
}
