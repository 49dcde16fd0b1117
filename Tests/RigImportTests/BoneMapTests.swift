import PoseRig
import Testing

@testable import RigImport

@Suite struct BoneMapTests {
  @Test(arguments: BoneNaming.builtIn.schemes.map(\.name))
  func everyJointThatASchemeNamesIsFound(_ scheme: String) throws {
    let table = try #require(BoneNaming.builtIn.schemes.first { $0.name == scheme })
    let names = Dictionary(uniqueKeysWithValues: table.bones.map { ($0.joint, $0.names[0]) })
    let made = MadeUpModel(names: names)
    let found = try BoneMap.find(in: made.model).nodes
    for (index, joint) in made.joints.enumerated() {
      #expect(found[joint] == index, "\(scheme): \(joint) is \(names[joint] ?? "")")
    }
  }

  @Test(arguments: [
    ("mixamorig1:", ""), ("Armature|mixamorig:", ""), ("", ".001"), ("mixamorig_", ""),
  ])
  func prefixesAndCopiesChangeNothing(_ prefix: String, _ suffix: String) throws {
    let table = try #require(BoneNaming.builtIn.schemes.first { $0.name == "Mixamo" })
    let names = Dictionary(
      uniqueKeysWithValues: table.bones.map {
        ($0.joint, prefix + $0.names[0].replacing("mixamorig:", with: "") + suffix)
      })
    let made = MadeUpModel(names: names)
    let found = try BoneMap.find(in: made.model).nodes
    #expect(made.joints.enumerated().allSatisfy { found[$1] == $0 })
  }

  @Test func fbxManglingIsUndone() throws {
    let table = try #require(BoneNaming.builtIn.schemes.first { $0.name == "Rigify DEF" })
    let names = Dictionary(
      uniqueKeysWithValues: table.bones.map {
        ($0.joint, $0.names[0].replacing(".", with: "FBXASC046").replacing("-", with: "FBXASC045"))
      })
    let made = MadeUpModel(names: names)
    let found = try BoneMap.find(in: made.model).nodes
    #expect(made.joints.enumerated().allSatisfy { found[$1] == $0 })
  }

  @Test(arguments: [0, 0.5, 1.2], [0, 1.5707963, 3.1415926])
  func withoutNamesTheStructureDecides(_ droop: Double, _ yaw: Double) throws {
    let limbs: [JointKind] = [
      .upperLeg, .lowerLeg, .foot, .toes, .upperArm, .lowerArm, .hand,
    ]
    let trunk: [JointName] = [.hips, .spine, .chest, .neck, .head]
    let joints = JointName.allCases.filter { trunk.contains($0) || limbs.contains($0.kind) }
    var made = MadeUpModel(names: Dictionary(uniqueKeysWithValues: joints.map { ($0, "") }))
    (made.droop, made.yaw) = (droop, yaw)
    let map = try BoneMap.find(in: made.model)
    #expect(map.source == .structure)
    for (index, joint) in made.joints.enumerated() {
      #expect(map.nodes[joint] == index, "\(joint)")
    }
  }

  @Test func aFilesOwnHumanoidIsCompletedOnlyWithRequiredJoints() throws {
    let made = MadeUpModel()
    var model = made.model
    for (index, joint) in made.joints.enumerated() { model.humanoid[joint] = index }
    let whole = try BoneMap.find(in: model)
    #expect(whole.source == .file && whole.nodes == model.humanoid)

    // The neck is optional: its author left it out on purpose. Without a foot, a figure cannot be
    // posed.
    model.humanoid[.neck] = nil
    #expect(try BoneMap.find(in: model).nodes == model.humanoid)
    model.humanoid[.leftFoot] = nil
    let mended = try BoneMap.find(in: model)
    #expect(mended.nodes[.leftFoot] == made.joints.firstIndex(of: .leftFoot))
    #expect(mended.nodes[.neck] == nil && mended.source == .file)
  }

  @Test func explicitBonesTakePrecedence() throws {
    let made = MadeUpModel()
    let told: [JointName: String?] = [
      .leftHand: "rightHand", .rightHand: "leftHand", .neck: String?.none,
    ]
    let map = try BoneMap.find(in: made.model, told: told)
    #expect(map.nodes[.leftHand] == made.joints.firstIndex(of: .rightHand))
    #expect(map.nodes[.neck] == nil)
    let wrong = #expect(throws: ForeignModelError.self) {
      try BoneMap.find(in: made.model, told: [.leftHand: "lefthand"])
    }
    #expect(wrong?.description == #"it has no node "lefthand"; did you mean "leftHand"?"#)
  }

  @Test func anExplicitNodeIsTakenFromTheJointThatHadIt() throws {
    let made = MadeUpModel()
    let refusal = #expect(throws: ForeignModelError.self) {
      try BoneMap.find(in: made.model, told: [.leftUpperArm: "leftLowerArm"])
    }
    #expect(refusal?.description.hasPrefix("its skeleton (as told) has no leftLowerArm; ") ?? false)
    let twice = #expect(throws: ForeignModelError.self) {
      try BoneMap.find(in: made.model, told: [.leftHand: "leftHand", .leftLowerArm: "leftHand"])
    }
    #expect(
      twice?.description
        == #""leftHand" is named as both leftLowerArm and leftHand; a node can be only one joint"#)
    // Regardless of which joint had the node.
    let swapped = try BoneMap.find(
      in: made.model, told: [.leftEye: "head", .head: "neck"])
    #expect(
      swapped.nodes[.neck] == nil && swapped.nodes[.head] == made.joints.firstIndex(of: .neck))
    #expect(swapped.nodes.count == Set(swapped.nodes.values).count)
  }

  // MARK: Words

  /// A figure with words of no known scheme as names, and additional bones below some of its own.
  private func worded(_ more: [(name: String, below: JointName, offset: Vector3)]) throws -> (
    model: ForeignModel, joints: [JointName]
  ) {
    var made = MadeUpModel()
    made.hasPlainAxes = true
    let words: [JointKind: String] = [
      .hips: "Pelvis", .spine: "Spine", .chest: "Chest", .neck: "Neck", .head: "Head",
      .upperArm: "Arm", .lowerArm: "Elbow", .hand: "Wrist", .upperLeg: "Thigh",
      .lowerLeg: "Knee", .foot: "Ankle", .ringProximal: "Ring1", .ringIntermediate: "Ring2",
      .ringDistal: "Ring3",
    ]
    made.names = [:]
    for joint in JointName.allCases {
      guard let word = words[joint.kind] else { continue }
      let mark = joint.side == .left ? "_L" : joint.side == .right ? "_R" : ""
      made.names[joint] = "zz" + word + mark
    }
    // In the file, the additional bones come first.
    var model = made.model
    for (name, joint, offset) in more {
      let parent = try #require(made.joints.firstIndex(of: joint))
      let local = NodeTransform(
        translation: offset, rotation: .identity, scale: Vector3(1, 1, 1))
      model.nodes.append(.init(name: name, parent: parent, local: local))
    }
    return (model, made.joints)
  }

  @Test(arguments: [
    // Excluded words, and unexpected words, in the wrong places.
    "LeftEyelid", "eyebrow_L", "lashes.eye_L", "Earring_L", "bell-ring_L", "String_L", "Necklace",
  ])
  func wordsWithinOtherWordsAreNotJoints(_ name: String) throws {
    let (plain, joints) = try worded([])
    let expected = try BoneMap.find(in: plain).nodes
    #expect(expected[.leftRingProximal] == joints.firstIndex(of: .leftRingProximal))
    let (model, _) = try worded([(name, .head, Vector3(0.03, 0.05, 0.08))])
    #expect(try BoneMap.find(in: model).nodes == expected, "\(name)")
  }

  @Test(arguments: ["Armor_L", "alarm_L"])
  func armsAreFoundByTheirHands(_ name: String) throws {
    let (plain, _) = try worded([])
    let (model, _) = try worded([(name, .spine, Vector3(0.1, 0.3, 0))])
    #expect(try BoneMap.find(in: model).nodes == BoneMap.find(in: plain).nodes)
  }

  @Test func eyesBelowTheHeadAreFoundByWords() throws {
    let (model, joints) = try worded([
      ("zzEye_L", .head, Vector3(0.03, 0.05, 0.08)), ("zzEye_R", .head, Vector3(-0.03, 0.05, 0.08)),
    ])
    let map = try BoneMap.find(in: model)
    #expect(map.nodes[.leftEye] == joints.count && map.nodes[.rightEye] == joints.count + 1)
  }

  @Test func anAnimalWithAPersonsBoneNamesIsRejected() throws {
    var model = MadeUpModel().model
    // The trunk is horizontal with the head in front; the limbs hang straight down from it.
    let positions: [String: Vector3] = [
      "hips": Vector3(0, 1, 0), "spine": Vector3(0, 1, 0.2), "head": Vector3(0, 1.1, 1),
    ]
    func position(_ joint: JointName) -> Vector3 {
      if let known = positions[joint.rawValue] { return known }
      let x = joint.side == .left ? 0.2 : joint.side == .right ? -0.2 : 0
      let drop: [JointKind: Double] = [
        .upperLeg: 1, .lowerLeg: 0.5, .foot: 0, .upperArm: 1, .lowerArm: 0.5, .hand: 0,
      ]
      let isFront = [.upperArm, .lowerArm, .hand].contains(joint.kind)
      return Vector3(x, drop[joint.kind] ?? 1, isFront ? 0.8 : 0)
    }
    model.meshes = []
    model.skins = []
    for (index, joint) in MadeUpModel().joints.enumerated() {
      let parent = model.nodes[index].parent
      let origin = parent < 0 ? .zero : position(MadeUpModel().joints[parent])
      model.nodes[index].local = NodeTransform(
        translation: position(joint) - origin, rotation: .identity, scale: Vector3(1, 1, 1))
    }
    let refusal = #expect(throws: ForeignModelError.self) { try BoneMap.find(in: model) }
    #expect(refusal?.description == "it is not a humanoid: it stands on four legs")
  }

  @Test func modelsOtherThanPeopleAreRejectedInASentence() {
    var hand = ForeignModel(format: .glTF)
    hand.nodes = (0..<5).map { .init(name: "f\($0)", parent: $0 - 1, local: .identity) }
    let refusal = #expect(throws: ForeignModelError.self) { try BoneMap.find(in: hand) }
    #expect(
      refusal?.description
        == #"it is not a recognizable humanoid: 5 joints, of which 0 look like a person's; if it is one, say which is which with a "bones" file (docs/models.md)"#
    )
  }
}
