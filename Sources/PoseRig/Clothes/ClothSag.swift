/// Lets loose cloth drop until it rests on the body: the sleeve of a raised arm hangs below it.
enum ClothSag {
  /// Moves a garment's points in the world.
  static func drop(
    _ points: inout [SIMD3<Float>], of garment: WornSurface, on body: Body, _ posedRig: PosedRig,
    _ worldFromModel: Transform
  ) {
    guard !garment.sag.isEmpty else { return }
    let joints = JointName.allCases + garment.skin.helpers.map(\.joint)
    let axes = joints.map { joint -> SIMD3<Float> in
      guard let axis = axis(of: joint, body) else { return .zero }
      let rotation = worldFromModel.rotation * posedRig.modelFromJoint[joint.index].rotation
      return SIMD3<Float>(rotation.rotate(axis))
    }
    for index in points.indices where garment.sag[index] > 0 {
      var axis = SIMD3<Float>.zero
      for slot in 0..<4 {
        axis +=
          axes[Int(garment.skin.influences[index][slot])] * garment.skin.weights[index][slot]
      }
      // Nothing drops along a limb.
      let way = SIMD3<Float>(0, -1, 0).across(axis.unit)
      points[index] += way * garment.sag[index]
    }
  }

  /// Returns the direction of a limb or of the trunk in the T-pose.
  private static func axis(of joint: JointName, _ body: Body) -> Vector3? {
    let end: JointName? =
      switch joint {
      case .leftUpperArm, .leftShoulder: .leftLowerArm
      case .leftLowerArm, .leftHand: .leftHand
      case .rightUpperArm, .rightShoulder: .rightLowerArm
      case .rightLowerArm, .rightHand: .rightHand
      case .leftUpperLeg: .leftLowerLeg
      case .leftLowerLeg, .leftFoot: .leftFoot
      case .rightUpperLeg: .rightLowerLeg
      case .rightLowerLeg, .rightFoot: .rightFoot
      default: nil
      }
    guard let end else { return .unitY * -1 }
    let start: JointName =
      switch joint {
      case .leftHand, .leftShoulder, .leftFoot, .rightHand, .rightShoulder, .rightFoot:
        joint.parent ?? joint
      default: joint
      }
    return (body.rig[end] - body.rig[start]).normalized
  }
}
