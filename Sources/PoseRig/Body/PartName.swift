/// The parts of a body's surface; raw values are their numbers in files (`docs/body-format.md`).
public enum PartName: UInt8, CaseIterable, Sendable {
  case head, neck, torso, pelvis
  case leftUpperArm, leftLowerArm, leftHand, leftUpperLeg, leftLowerLeg, leftFoot
  case rightUpperArm, rightLowerArm, rightHand, rightUpperLeg, rightLowerLeg, rightFoot
  case leftThumb, leftIndexFinger, leftMiddleFinger, leftRingFinger, leftLittleFinger
  case rightThumb, rightIndexFinger, rightMiddleFinger, rightRingFinger, rightLittleFinger

  /// The part's name in files, such as `leftUpperArm`.
  public var name: String { "\(self)" }

  /// Finds the part that most of a triangle's weight belongs to.
  ///
  /// - Parameter joints: the joint of each possible influence.
  public init(
    bending corners: SIMD3<UInt32>, _ influences: [SIMD4<UInt8>], _ weights: [SIMD4<Float>],
    joints: [JointName]
  ) {
    var shares = [Float](repeating: 0, count: Self.allCases.count)
    for corner in 0..<3 {
      let vertex = Int(corners[corner])
      for slot in 0..<4 where weights[vertex][slot] > 0 {
        let part = PartName(bentBy: joints[Int(influences[vertex][slot])])
        shares[Int(part.rawValue)] += weights[vertex][slot]
      }
    }
    self = Self.allCases[shares.indices.max { shares[$0] < shares[$1] } ?? 0]
  }

  /// Finds the part that a joint bends.
  public init(bentBy joint: JointName) {
    let isLeft = joint.side == .left
    switch joint.kind {
    case .head, .eye, .jaw: self = .head
    case .neck: self = .neck
    case .hips: self = .pelvis
    case .spine, .chest, .upperChest, .shoulder: self = .torso
    case .upperArm: self = isLeft ? .leftUpperArm : .rightUpperArm
    case .lowerArm: self = isLeft ? .leftLowerArm : .rightLowerArm
    case .hand: self = isLeft ? .leftHand : .rightHand
    case .upperLeg: self = isLeft ? .leftUpperLeg : .rightUpperLeg
    case .lowerLeg: self = isLeft ? .leftLowerLeg : .rightLowerLeg
    case .foot, .toes: self = isLeft ? .leftFoot : .rightFoot
    case .thumbMetacarpal, .thumbProximal, .thumbDistal:
      self = isLeft ? .leftThumb : .rightThumb
    case .indexProximal, .indexIntermediate, .indexDistal:
      self = isLeft ? .leftIndexFinger : .rightIndexFinger
    case .middleProximal, .middleIntermediate, .middleDistal:
      self = isLeft ? .leftMiddleFinger : .rightMiddleFinger
    case .ringProximal, .ringIntermediate, .ringDistal:
      self = isLeft ? .leftRingFinger : .rightRingFinger
    case .littleProximal, .littleIntermediate, .littleDistal:
      self = isLeft ? .leftLittleFinger : .rightLittleFinger
    }
  }
}
