internal import PoseRig

/// What others call the joints: VRM's names and theirs; the right side is as the left.
///
/// Sources: the exporters' own documentation and files; names are matched without case, separators and prefixes.
enum BoneNames {
  /// A naming scheme.
  struct Scheme {
    var name: String
    var joints: [(joint: JointName, name: String)]

    fileprivate init(_ name: String, _ table: String) {
      self.name = name
      let pairs = table.split { $0 == "," || $0 == "\n" }.compactMap { entry in
        let sides = entry.split(separator: "=").map { $0.trimmed }
        return sides.count == 2 ? (JointName(rawValue: sides[0]), sides[1]) : nil
      }
      joints = pairs.flatMap { joint, name -> [(joint: JointName, name: String)] in
        guard let joint else { return [] }
        return joint.side == .left
          ? [(joint, name), (joint.mirrored, BoneNames.right(of: name))] : [(joint, name)]
      }
    }
  }

  /// All that are known.
  static let schemes = [
    Scheme(
      "VRM 1.0",
      JointName.allCases.filter { $0.side != .right }.map { "\($0.rawValue) = \($0.rawValue)" }
        .joined(separator: ",")),
    Scheme(
      "VRM 0.x",
      """
      hips = hips, spine = spine, chest = chest, upperChest = upperChest, neck = neck,
      head = head, leftEye = leftEye, jaw = jaw, leftUpperLeg = leftUpperLeg,
      leftLowerLeg = leftLowerLeg, leftFoot = leftFoot, leftToes = leftToes,
      leftShoulder = leftShoulder, leftUpperArm = leftUpperArm, leftLowerArm = leftLowerArm,
      leftHand = leftHand, leftThumbMetacarpal = leftThumbProximal,
      leftThumbProximal = leftThumbIntermediate, leftThumbDistal = leftThumbDistal,
      leftIndexProximal = leftIndexProximal, leftIndexIntermediate = leftIndexIntermediate,
      leftIndexDistal = leftIndexDistal, leftMiddleProximal = leftMiddleProximal,
      leftMiddleIntermediate = leftMiddleIntermediate, leftMiddleDistal = leftMiddleDistal,
      leftRingProximal = leftRingProximal, leftRingIntermediate = leftRingIntermediate,
      leftRingDistal = leftRingDistal, leftLittleProximal = leftLittleProximal,
      leftLittleIntermediate = leftLittleIntermediate, leftLittleDistal = leftLittleDistal
      """),
    Scheme(
      "Godot and Unity",
      """
      hips = Hips, spine = Spine, chest = Chest, upperChest = UpperChest, neck = Neck,
      head = Head, leftEye = LeftEye, jaw = Jaw, leftUpperLeg = LeftUpperLeg,
      leftLowerLeg = LeftLowerLeg, leftFoot = LeftFoot, leftToes = LeftToes,
      leftShoulder = LeftShoulder, leftUpperArm = LeftUpperArm, leftLowerArm = LeftLowerArm,
      leftHand = LeftHand, leftThumbMetacarpal = LeftThumbMetacarpal,
      leftThumbProximal = LeftThumbProximal, leftThumbDistal = LeftThumbDistal,
      leftIndexProximal = LeftIndexProximal, leftIndexIntermediate = LeftIndexIntermediate,
      leftIndexDistal = LeftIndexDistal, leftMiddleProximal = LeftMiddleProximal,
      leftMiddleIntermediate = LeftMiddleIntermediate, leftMiddleDistal = LeftMiddleDistal,
      leftRingProximal = LeftRingProximal, leftRingIntermediate = LeftRingIntermediate,
      leftRingDistal = LeftRingDistal, leftLittleProximal = LeftLittleProximal,
      leftLittleIntermediate = LeftLittleIntermediate, leftLittleDistal = LeftLittleDistal
      """),
    Scheme(
      "Mixamo",
      """
      hips = mixamorig:Hips, spine = mixamorig:Spine, chest = mixamorig:Spine1,
      upperChest = mixamorig:Spine2, neck = mixamorig:Neck, head = mixamorig:Head,
      leftUpperLeg = mixamorig:LeftUpLeg, leftLowerLeg = mixamorig:LeftLeg,
      leftFoot = mixamorig:LeftFoot, leftToes = mixamorig:LeftToeBase,
      leftShoulder = mixamorig:LeftShoulder, leftUpperArm = mixamorig:LeftArm,
      leftLowerArm = mixamorig:LeftForeArm, leftHand = mixamorig:LeftHand,
      leftThumbMetacarpal = mixamorig:LeftHandThumb1,
      leftThumbProximal = mixamorig:LeftHandThumb2, leftThumbDistal = mixamorig:LeftHandThumb3,
      leftIndexProximal = mixamorig:LeftHandIndex1,
      leftIndexIntermediate = mixamorig:LeftHandIndex2,
      leftIndexDistal = mixamorig:LeftHandIndex3,
      leftMiddleProximal = mixamorig:LeftHandMiddle1,
      leftMiddleIntermediate = mixamorig:LeftHandMiddle2,
      leftMiddleDistal = mixamorig:LeftHandMiddle3, leftRingProximal = mixamorig:LeftHandRing1,
      leftRingIntermediate = mixamorig:LeftHandRing2, leftRingDistal = mixamorig:LeftHandRing3,
      leftLittleProximal = mixamorig:LeftHandPinky1,
      leftLittleIntermediate = mixamorig:LeftHandPinky2,
      leftLittleDistal = mixamorig:LeftHandPinky3
      """),
    Scheme(
      "Ready Player Me",
      """
      hips = Hips, spine = Spine, chest = Spine1, upperChest = Spine2, neck = Neck, head = Head,
      leftEye = LeftEye, leftUpperLeg = LeftUpLeg, leftLowerLeg = LeftLeg, leftFoot = LeftFoot,
      leftToes = LeftToeBase, leftShoulder = LeftShoulder, leftUpperArm = LeftArm,
      leftLowerArm = LeftForeArm, leftHand = LeftHand, leftThumbMetacarpal = LeftHandThumb1,
      leftThumbProximal = LeftHandThumb2, leftThumbDistal = LeftHandThumb3,
      leftIndexProximal = LeftHandIndex1, leftIndexIntermediate = LeftHandIndex2,
      leftIndexDistal = LeftHandIndex3, leftMiddleProximal = LeftHandMiddle1,
      leftMiddleIntermediate = LeftHandMiddle2, leftMiddleDistal = LeftHandMiddle3,
      leftRingProximal = LeftHandRing1, leftRingIntermediate = LeftHandRing2,
      leftRingDistal = LeftHandRing3, leftLittleProximal = LeftHandPinky1,
      leftLittleIntermediate = LeftHandPinky2, leftLittleDistal = LeftHandPinky3
      """),
    Scheme(
      "Unreal",
      """
      hips = pelvis, spine = spine_01, chest = spine_02, upperChest = spine_03, neck = neck_01,
      head = head, leftUpperLeg = thigh_l, leftLowerLeg = calf_l, leftFoot = foot_l,
      leftToes = ball_l, leftShoulder = clavicle_l, leftUpperArm = upperarm_l,
      leftLowerArm = lowerarm_l, leftHand = hand_l, leftThumbMetacarpal = thumb_01_l,
      leftThumbProximal = thumb_02_l, leftThumbDistal = thumb_03_l,
      leftIndexProximal = index_01_l, leftIndexIntermediate = index_02_l,
      leftIndexDistal = index_03_l, leftMiddleProximal = middle_01_l,
      leftMiddleIntermediate = middle_02_l, leftMiddleDistal = middle_03_l,
      leftRingProximal = ring_01_l, leftRingIntermediate = ring_02_l,
      leftRingDistal = ring_03_l, leftLittleProximal = pinky_01_l,
      leftLittleIntermediate = pinky_02_l, leftLittleDistal = pinky_03_l
      """),
    Scheme(
      "Rigify metarig",
      """
      hips = spine, spine = spine.001, chest = spine.002, upperChest = spine.003,
      neck = spine.004, head = spine.006, leftEye = eye.L, jaw = jaw, leftUpperLeg = thigh.L,
      leftLowerLeg = shin.L, leftFoot = foot.L, leftToes = toe.L, leftShoulder = shoulder.L,
      leftUpperArm = upper_arm.L, leftLowerArm = forearm.L, leftHand = hand.L,
      leftThumbMetacarpal = thumb.01.L, leftThumbProximal = thumb.02.L,
      leftThumbDistal = thumb.03.L, leftIndexProximal = f_index.01.L,
      leftIndexIntermediate = f_index.02.L, leftIndexDistal = f_index.03.L,
      leftMiddleProximal = f_middle.01.L, leftMiddleIntermediate = f_middle.02.L,
      leftMiddleDistal = f_middle.03.L, leftRingProximal = f_ring.01.L,
      leftRingIntermediate = f_ring.02.L, leftRingDistal = f_ring.03.L,
      leftLittleProximal = f_pinky.01.L, leftLittleIntermediate = f_pinky.02.L,
      leftLittleDistal = f_pinky.03.L
      """),
    Scheme(
      "Rigify DEF",
      """
      hips = DEF-hips, spine = DEF-spine.001, chest = DEF-spine.002, upperChest = DEF-spine.003,
      neck = DEF-neck, head = DEF-head, leftUpperLeg = DEF-thigh.L, leftLowerLeg = DEF-shin.L,
      leftFoot = DEF-foot.L, leftToes = DEF-toe.L, leftShoulder = DEF-shoulder.L,
      leftUpperArm = DEF-upper_arm.L, leftLowerArm = DEF-forearm.L, leftHand = DEF-hand.L,
      leftThumbMetacarpal = DEF-thumb.01.L, leftThumbProximal = DEF-thumb.02.L,
      leftThumbDistal = DEF-thumb.03.L, leftIndexProximal = DEF-f_index.01.L,
      leftIndexIntermediate = DEF-f_index.02.L, leftIndexDistal = DEF-f_index.03.L,
      leftMiddleProximal = DEF-f_middle.01.L, leftMiddleIntermediate = DEF-f_middle.02.L,
      leftMiddleDistal = DEF-f_middle.03.L, leftRingProximal = DEF-f_ring.01.L,
      leftRingIntermediate = DEF-f_ring.02.L, leftRingDistal = DEF-f_ring.03.L,
      leftLittleProximal = DEF-f_pinky.01.L, leftLittleIntermediate = DEF-f_pinky.02.L,
      leftLittleDistal = DEF-f_pinky.03.L
      """),
    Scheme(
      "3ds Max Biped",
      """
      hips = Bip001 Pelvis, spine = Bip001 Spine, chest = Bip001 Spine2, neck = Bip001 Neck,
      head = Bip001 Head, leftUpperLeg = Bip001 L Thigh, leftLowerLeg = Bip001 L Calf,
      leftFoot = Bip001 L Foot, leftToes = Bip001 L Toe0, leftShoulder = Bip001 L Clavicle,
      leftUpperArm = Bip001 L UpperArm, leftLowerArm = Bip001 L Forearm,
      leftHand = Bip001 L Hand, leftThumbMetacarpal = Bip001 L Finger0,
      leftThumbProximal = Bip001 L Finger01, leftThumbDistal = Bip001 L Finger02,
      leftIndexProximal = Bip001 L Finger1, leftIndexIntermediate = Bip001 L Finger11,
      leftIndexDistal = Bip001 L Finger12, leftMiddleProximal = Bip001 L Finger2,
      leftMiddleIntermediate = Bip001 L Finger21, leftMiddleDistal = Bip001 L Finger22,
      leftRingProximal = Bip001 L Finger3, leftRingIntermediate = Bip001 L Finger31,
      leftRingDistal = Bip001 L Finger32, leftLittleProximal = Bip001 L Finger4,
      leftLittleIntermediate = Bip001 L Finger41, leftLittleDistal = Bip001 L Finger42
      """),
    Scheme(
      "Valve Biped",
      """
      hips = ValveBiped.Bip01_Pelvis, spine = ValveBiped.Bip01_Spine,
      chest = ValveBiped.Bip01_Spine2, upperChest = ValveBiped.Bip01_Spine4,
      neck = ValveBiped.Bip01_Neck1, head = ValveBiped.Bip01_Head1,
      leftUpperLeg = ValveBiped.Bip01_L_Thigh, leftLowerLeg = ValveBiped.Bip01_L_Calf,
      leftFoot = ValveBiped.Bip01_L_Foot, leftToes = ValveBiped.Bip01_L_Toe0,
      leftShoulder = ValveBiped.Bip01_L_Clavicle, leftUpperArm = ValveBiped.Bip01_L_UpperArm,
      leftLowerArm = ValveBiped.Bip01_L_Forearm, leftHand = ValveBiped.Bip01_L_Hand,
      leftThumbMetacarpal = ValveBiped.Bip01_L_Finger0, leftThumbProximal = ValveBiped.Bip01_L_Finger01,
      leftThumbDistal = ValveBiped.Bip01_L_Finger02, leftIndexProximal = ValveBiped.Bip01_L_Finger1,
      leftIndexIntermediate = ValveBiped.Bip01_L_Finger11, leftIndexDistal = ValveBiped.Bip01_L_Finger12,
      leftMiddleProximal = ValveBiped.Bip01_L_Finger2, leftMiddleIntermediate = ValveBiped.Bip01_L_Finger21,
      leftMiddleDistal = ValveBiped.Bip01_L_Finger22, leftRingProximal = ValveBiped.Bip01_L_Finger3,
      leftRingIntermediate = ValveBiped.Bip01_L_Finger31, leftRingDistal = ValveBiped.Bip01_L_Finger32,
      leftLittleProximal = ValveBiped.Bip01_L_Finger4, leftLittleIntermediate = ValveBiped.Bip01_L_Finger41,
      leftLittleDistal = ValveBiped.Bip01_L_Finger42
      """),
    Scheme(
      "MakeHuman",
      """
      hips = root, spine = spine04, chest = spine03, upperChest = spine02, neck = neck01,
      head = head, leftEye = eye.L, jaw = jaw, leftUpperLeg = upperleg01.L,
      leftLowerLeg = lowerleg01.L, leftFoot = foot.L, leftToes = toe1-1.L,
      leftShoulder = shoulder01.L, leftUpperArm = upperarm01.L, leftLowerArm = lowerarm01.L,
      leftHand = wrist.L, leftThumbMetacarpal = finger1-1.L, leftThumbProximal = finger1-2.L,
      leftThumbDistal = finger1-3.L, leftIndexProximal = finger2-1.L,
      leftIndexIntermediate = finger2-2.L, leftIndexDistal = finger2-3.L,
      leftMiddleProximal = finger3-1.L, leftMiddleIntermediate = finger3-2.L,
      leftMiddleDistal = finger3-3.L, leftRingProximal = finger4-1.L,
      leftRingIntermediate = finger4-2.L, leftRingDistal = finger4-3.L,
      leftLittleProximal = finger5-1.L, leftLittleIntermediate = finger5-2.L,
      leftLittleDistal = finger5-3.L
      """),
    Scheme(
      "CMU",
      """
      hips = Hips, spine = LowerBack, chest = Spine, upperChest = Spine1, neck = Neck,
      head = Head, leftUpperLeg = LeftUpLeg, leftLowerLeg = LeftLeg, leftFoot = LeftFoot,
      leftToes = LeftToeBase, leftShoulder = LeftShoulder, leftUpperArm = LeftArm,
      leftLowerArm = LeftForeArm, leftHand = LeftHand, leftThumbMetacarpal = LThumb,
      leftMiddleProximal = LeftFingerBase, leftMiddleIntermediate = LFingers
      """),
    Scheme(
      "Poser and Daz",
      """
      hips = hip, spine = abdomen, chest = chest, neck = neck, head = head, leftEye = leftEye,
      leftUpperLeg = lThigh, leftLowerLeg = lShin, leftFoot = lFoot, leftShoulder = lCollar,
      leftUpperArm = lShldr, leftLowerArm = lForeArm, leftHand = lHand,
      leftThumbMetacarpal = lThumb1, leftThumbProximal = lThumb2, leftIndexProximal = lIndex1,
      leftIndexIntermediate = lIndex2, leftMiddleProximal = lMid1,
      leftMiddleIntermediate = lMid2, leftRingProximal = lRing1, leftRingIntermediate = lRing2,
      leftLittleProximal = lPinky1, leftLittleIntermediate = lPinky2
      """),
    Scheme(
      "collar, elbow, wrist",
      """
      hips = Hips, spine = Ab, chest = Chest, neck = Neck, head = Head, leftUpperLeg = LeftHip,
      leftLowerLeg = LeftKnee, leftFoot = LeftAnkle, leftToes = LeftToes,
      leftShoulder = LeftCollar, leftUpperArm = LeftShoulder, leftLowerArm = LeftElbow,
      leftHand = LeftWrist
      """),
    Scheme(
      "VRoid",
      """
      hips = J_Bip_C_Hips, spine = J_Bip_C_Spine, chest = J_Bip_C_Chest,
      upperChest = J_Bip_C_UpperChest, neck = J_Bip_C_Neck, head = J_Bip_C_Head,
      leftEye = J_Adj_L_FaceEye, leftUpperLeg = J_Bip_L_UpperLeg,
      leftLowerLeg = J_Bip_L_LowerLeg, leftFoot = J_Bip_L_Foot, leftToes = J_Bip_L_ToeBase,
      leftShoulder = J_Bip_L_Shoulder, leftUpperArm = J_Bip_L_UpperArm,
      leftLowerArm = J_Bip_L_LowerArm, leftHand = J_Bip_L_Hand,
      leftThumbMetacarpal = J_Bip_L_Thumb1, leftThumbProximal = J_Bip_L_Thumb2,
      leftThumbDistal = J_Bip_L_Thumb3, leftIndexProximal = J_Bip_L_Index1,
      leftIndexIntermediate = J_Bip_L_Index2, leftIndexDistal = J_Bip_L_Index3,
      leftMiddleProximal = J_Bip_L_Middle1, leftMiddleIntermediate = J_Bip_L_Middle2,
      leftMiddleDistal = J_Bip_L_Middle3, leftRingProximal = J_Bip_L_Ring1,
      leftRingIntermediate = J_Bip_L_Ring2, leftRingDistal = J_Bip_L_Ring3,
      leftLittleProximal = J_Bip_L_Little1, leftLittleIntermediate = J_Bip_L_Little2,
      leftLittleDistal = J_Bip_L_Little3
      """),
    Scheme(
      "Rocketbox",
      """
      hips = Pelvis, spine = Spine1, chest = Spine2, head = Head, leftEye = LEye, jaw = MJaw,
      leftUpperLeg = L Thigh, leftLowerLeg = L Calf, leftFoot = L Foot, leftToes = L Toe0,
      leftShoulder = L Clavicle, leftUpperArm = L UpperArm, leftLowerArm = L Forearm,
      leftHand = L Hand, leftThumbMetacarpal = L Finger0, leftThumbProximal = L Finger01,
      leftThumbDistal = L Finger02, leftIndexProximal = L Finger1,
      leftIndexIntermediate = L Finger11, leftIndexDistal = L Finger12,
      leftMiddleProximal = L Finger2, leftMiddleIntermediate = L Finger21,
      leftMiddleDistal = L Finger22, leftRingProximal = L Finger3,
      leftRingIntermediate = L Finger31, leftRingDistal = L Finger32,
      leftLittleProximal = L Finger4, leftLittleIntermediate = L Finger41,
      leftLittleDistal = L Finger42
      """),
    Scheme(
      "SMPL-X",
      """
      hips = pelvis, spine = spine1, chest = spine2, upperChest = spine3, neck = neck,
      head = head, leftEye = left_eye_smplhf, jaw = jaw, leftUpperLeg = left_hip,
      leftLowerLeg = left_knee, leftFoot = left_ankle, leftToes = left_foot,
      leftShoulder = left_collar, leftUpperArm = left_shoulder, leftLowerArm = left_elbow,
      leftHand = left_wrist, leftThumbMetacarpal = left_thumb1, leftThumbProximal = left_thumb2,
      leftThumbDistal = left_thumb3, leftIndexProximal = left_index1,
      leftIndexIntermediate = left_index2, leftIndexDistal = left_index3,
      leftMiddleProximal = left_middle1, leftMiddleIntermediate = left_middle2,
      leftMiddleDistal = left_middle3, leftRingProximal = left_ring1,
      leftRingIntermediate = left_ring2, leftRingDistal = left_ring3,
      leftLittleProximal = left_pinky1, leftLittleIntermediate = left_pinky2,
      leftLittleDistal = left_pinky3
      """),
    Scheme(
      "Meebits",
      """
      hips = HipsBone, spine = SpineBone, chest = ChestBone, neck = NeckBone, head = HeadBone,
      leftUpperLeg = LeftUpperLegBone, leftLowerLeg = LeftLowerLegBone, leftFoot = LeftFootBone,
      leftShoulder = LeftShoulderBone, leftUpperArm = LeftUpperArmBone,
      leftLowerArm = LeftLowerArmBone, leftHand = LeftHandBone
      """),
  ]

  /// The name of the other side's bone.
  static func right(of name: String) -> String {
    for (left, right) in [
      ("Left", "Right"), ("left", "right"), ("_L_", "_R_"), (" L ", " R "), (".L", ".R"),
    ] {
      if let range = name.firstRange(of: left) {
        return name.replacingCharacters(in: range, with: right)
      }
    }
    if name.hasSuffix("_l") { return name.dropLast() + "r" }
    if name.hasPrefix("l") { return "r" + name.dropFirst() }
    return name.hasPrefix("L") ? "R" + name.dropFirst() : name
  }
}

extension Substring {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
