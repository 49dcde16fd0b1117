/// The stretch of a body for proportions: each joint stretches its part along the axes of the
/// T-pose.
struct BodyStretch {
  /// The factors of each joint along x, y and z of the T-pose, in `JointName.allCases` order.
  let factors: [Vector3]
  /// The distance by which the head is raised, in meters: otherwise, a head of twice the size would
  /// push its chin into the chest.
  let headLift: Double

  /// The largest head that is not raised.
  private static let largeHead = 1.6

  /// Calculates the stretch for proportions with a known ``Proportions/headSize``.
  ///
  /// - Parameter chin: the distance of the chin below the head's joint, in meters.
  init(_ proportions: Proportions, chin: Double) {
    let excess = max(proportions.headSize - Self.largeHead, 0)
    factors = JointName.allCases.map { Self.factors(of: $0, proportions, neck: 1 + 0.25 * excess) }
    headLift = excess * max(chin, 0)
  }

  /// Returns proportions with the head size that gives a body the requested number of heads.
  ///
  /// - Parameters:
  ///   - head: the height of the body's own head, from chin to crown, in meters.
  ///   - crown: the distance of the crown above the head's joint.
  ///   - stature: the stature with all other proportions and the body's own head.
  static func sized(
    _ proportions: Proportions, head: Double, crown: Double, stature: Double
  ) -> Proportions {
    guard let heads = proportions.heads else { return proportions }
    let chin = head - crown
    var (small, large) = (0.3, 6.0)
    for _ in 0..<50 {
      let size = (small + large) / 2
      let lift = max(size - largeHead, 0) * max(chin, 0)
      let isSmall = stature + (size - 1) * crown + lift > heads * head * size
      if isSmall { small = size } else { large = size }
    }
    var sized = proportions
    sized.headSize = (small + large) / 2
    sized.heads = nil
    return sized
  }

  /// Returns the stretched positions of joints.
  ///
  /// - Parameter turns: the rotation of each joint from its current pose to the T-pose.
  func joints(_ joints: [Vector3], turns: [Quaternion]?) -> [Vector3] {
    var stretched = joints
    for (index, joint) in JointName.allCases.enumerated() {
      guard let parent = joint.parent?.index else { continue }
      let offset = joints[index] - joints[parent]
      stretched[index] = stretched[parent] + stretch(offset, by: parent, turns)
      if joint == .head { stretched[index].y += headLift }
    }
    return stretched
  }

  /// Returns an offset from a joint, stretched along the axes of the T-pose.
  func stretch(_ offset: Vector3, by joint: Int, _ turns: [Quaternion]?) -> Vector3 {
    guard let turn = turns?[joint] else { return offset * factors[joint] }
    return turn.inverse.rotate(turn.rotate(offset) * factors[joint])
  }

  /// Returns the factors by which one joint stretches its part of the surface.
  ///
  /// Build thickens the trunk most (its depth, and also the width of the waist), limbs less, and
  /// hands, feet and head hardly.
  private static func factors(of joint: JointName, _ p: Proportions, neck: Double) -> Vector3 {
    let trunk = p.build
    let limb = 1 + (p.build - 1) * 0.75
    let slight = 1 + (p.build - 1) * 0.2
    let broad = 1 + (p.build - 1) * 0.6
    let waist = (p.hipWidth + p.shoulderWidth) / 2
    switch joint.kind {
    case .hips: return Vector3(p.hipWidth * broad, 1, trunk)
    case .spine: return Vector3(waist * (1 + (p.build - 1) * 0.85), 1, trunk)
    case .chest: return Vector3((waist + p.shoulderWidth) / 2 * broad, 1, trunk)
    case .upperChest: return Vector3(p.shoulderWidth * (1 + (p.build - 1) * 0.45), 1, trunk)
    case .neck: return Vector3(limb * neck, 1, limb * neck)
    case .head, .eye, .jaw: return Vector3(repeating: p.headSize)
    case .upperLeg, .lowerLeg: return Vector3(limb, p.legLength, limb)
    case .foot, .toes: return Vector3(slight, 1, slight)
    case .shoulder: return Vector3(p.shoulderWidth, limb, limb)
    case .upperArm, .lowerArm: return Vector3(p.armLength, limb, limb)
    default: return Vector3(repeating: 1) * Vector3(1, slight, slight)
    }
  }
}
