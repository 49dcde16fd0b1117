/// A part of the body as a person would point to it: fine enough to tell where a hand is, and
/// coarse enough not to change with a vertex.
public enum BodyRegion: String, CaseIterable, Sendable {
  case head, trunk, hips, leftArm, rightArm, leftHand, rightHand
  case leftThigh, rightThigh, leftShin, rightShin, leftFoot, rightFoot

  /// The region of the skin that a joint carries.
  public init(_ joint: JointName) {
    let isLeft = joint.side == .left
    switch joint.kind {
    case .neck, .head, .eye, .jaw: self = .head
    case .spine, .chest, .upperChest, .shoulder: self = .trunk
    case .hips: self = .hips
    case .upperArm, .lowerArm: self = isLeft ? .leftArm : .rightArm
    case .upperLeg: self = isLeft ? .leftThigh : .rightThigh
    case .lowerLeg: self = isLeft ? .leftShin : .rightShin
    case .foot, .toes: self = isLeft ? .leftFoot : .rightFoot
    default: self = isLeft ? .leftHand : .rightHand
    }
  }

  /// The hands and feet, which are the regions with tracked contacts.
  static let touching: [BodyRegion] = [.leftHand, .rightHand, .leftFoot, .rightFoot]

  /// Whether the region is a hand.
  package var isHand: Bool { self == .leftHand || self == .rightHand }

  /// The regions of a body that are always close to this one.
  var neighbors: Set<BodyRegion> {
    switch self {
    case .leftHand: [.leftHand, .leftArm]
    case .rightHand: [.rightHand, .rightArm]
    case .leftFoot: [.leftFoot, .leftShin]
    case .rightFoot: [.rightFoot, .rightShin]
    default: [self]
    }
  }
}
