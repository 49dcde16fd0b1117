import PoseRig
import SceneFiles
import Testing

@testable import RigImport

extension ForeignModel {
  /// Adds a copy of all nodes, renamed and moved, below its own root; with its own surface if it
  /// must carry one.
  fileprivate mutating func addCopy(
    moved: Vector3 = .zero, hasSurface: Bool, name: (String) -> String
  ) {
    let count = nodes.count
    let root = NodeTransform(translation: moved, rotation: .identity, scale: Vector3(1, 1, 1))
    let copies = nodes.map { node in
      Node(
        name: name(node.name), parent: node.parent < 0 ? 2 * count : node.parent + count,
        local: node.local)
    }
    nodes += copies + [Node(name: "copy", parent: -1, local: root)]
    let shift = Transform(rotation: .identity, translation: -moved)
    skins.append(
      Skin(
        joints: skins[0].joints.map { $0 + count },
        inverseBinds: skins[0].inverseBinds.map { $0 * Matrix4(shift) }))
    guard hasSurface else { return }
    var mesh = meshes[0]
    mesh.node = 2 * count
    mesh.skin = skins.count - 1
    mesh.positions = mesh.positions.map { $0 + SIMD3<Float>(moved) }
    meshes.append(mesh)
  }

  /// Adds a node below another.
  fileprivate mutating func add(_ name: String, below parent: String, at offset: Vector3) throws {
    let index = try #require(nodes.firstIndex { $0.name == parent })
    let turn = NodePose(self).worldFromNode[index].rotation.inverse
    nodes.append(
      Node(
        name: name, parent: index,
        local: NodeTransform(
          translation: turn.rotate(offset), rotation: .identity, scale: Vector3(1, 1, 1))))
  }
}

@Suite struct MistakenBonesTests {
  /// A model with a scheme's names for all joints that the scheme names.
  private func made(_ scheme: String, without: Set<JointName> = []) throws -> MadeUpModel {
    let table = try #require(BoneNaming.builtIn.scheme(named: scheme))
    return MadeUpModel(
      names: Dictionary(
        uniqueKeysWithValues: table.bones.filter { !without.contains($0.joint) }
          .map { ($0.joint, $0.names[0]) }))
  }

  @Test func bonesThatCarrySkinComeBeforeControls() throws {
    let deforming = try made("Rigify DEF")
    var model = deforming.model
    model.addCopy(hasSurface: false) { $0.replacing("DEF-", with: "ORG-") }
    // In either order in the file.
    let map = try BoneMap.find(in: model)
    for (index, joint) in deforming.joints.enumerated() { #expect(map.nodes[joint] == index) }
    var turned = ForeignModel(format: .glTF)
    let count = model.nodes.count
    func place(_ node: Int) -> Int { node < 0 ? node : count - 1 - node }
    turned.nodes = model.nodes.reversed().map {
      .init(name: $0.name, parent: place($0.parent), local: $0.local)
    }
    turned.skins = model.skins.map {
      .init(joints: $0.joints.map(place), inverseBinds: $0.inverseBinds)
    }
    turned.meshes = model.meshes.map { mesh in
      var mesh = mesh
      mesh.node = place(mesh.node)
      return mesh
    }
    let other = try BoneMap.find(in: turned)
    for (index, joint) in deforming.joints.enumerated() {
      #expect(other.nodes[joint] == place(index), "\(joint)")
    }
  }

  @Test func oneOfTwoPeopleIsUsed() throws {
    var model = MadeUpModel().model
    let count = model.nodes.count
    model.addCopy(moved: Vector3(2, 0, 0), hasSurface: true) { $0 }
    let map = try BoneMap.find(in: model)
    #expect(map.nodes.values.allSatisfy { $0 < count } && map.others.count == 1)
    #expect(map.warnings.contains { $0.hasPrefix("it contains two skeletons") })
    #expect(model.withoutSurfaces(below: map.others).meshes == [model.meshes[0]])
  }

  @Test func clothesWithTheirOwnSkeletonFollowTheBody() throws {
    var model = MadeUpModel().model
    model.addCopy(hasSurface: true) { $0 }
    let map = try BoneMap.find(in: model)
    #expect(map.others.isEmpty && map.warnings.isEmpty)
    let humanoid = HumanoidModel(model, bones: map.nodes, followers: map.followers)
    let body = try #require(humanoid.body(named: "dressed"))
    var pose = Pose.rest
    pose[.leftUpperArm] = Quaternion(angle: -1.2, axis: .unitZ)
    let moved = Skinning.pose(body, PosedRig(body: body, pose: pose), pose: pose).positions
    let half = moved.count / 2
    #expect(half > 0 && zip(moved[..<half], moved[half...]).allSatisfy { ($0 - $1).length < 1e-4 })
  }

  @Test func copiedLegsAreTheJointsIfTheyHaveSkin() throws {
    let table = try #require(BoneNaming.builtIn.scheme(named: "MikuMikuDance"))
    var names = try made("MikuMikuDance").names
    for side in Side.both {
      for kind in [JointKind.upperLeg, .lowerLeg, .foot, .toes] {
        let joint = JointName(kind, side)
        names[joint] = table.bones.first { $0.joint == joint }?.names[2]
      }
    }
    // With skin on the plain bones, there are no others.
    let plain = MadeUpModel(names: names)
    #expect(
      try BoneMap.find(in: plain.model).nodes[.leftUpperLeg]
        == plain.joints.firstIndex(of: .leftUpperLeg))
    // Skinless duplicates beside them change nothing; neither do names of no scheme.
    for isNamed in [true, false] {
      var model = plain.model
      for (side, mark) in [(Side.left, "左"), (.right, "右")] {
        var parent = try #require(names[.hips])
        for kind in [JointKind.upperLeg, .lowerLeg, .foot] {
          let joint = JointName(kind, side)
          let name = try #require(names[joint])
          let index = try #require(plain.joints.firstIndex(of: joint))
          let above = try #require(model.nodes.firstIndex { $0.name == parent })
          let world = NodePose(model).worldFromNode
          let double = isNamed ? name + "D" : "x\(mark)\(kind)"
          try model.add(
            double, below: parent, at: world[index].translation - world[above].translation)
          parent = double
        }
      }
      let map = try BoneMap.find(in: model)
      for joint in [JointName.leftUpperLeg, .leftLowerLeg, .rightFoot] {
        #expect(map.nodes[joint] == plain.joints.firstIndex(of: joint))
      }
    }
  }

  @Test func namesFromAViewersPerspectiveAreSwapped() throws {
    func exchanged(_ change: (inout MadeUpModel) -> Void = { _ in }) throws -> (
      BoneMap, [JointName]
    ) {
      var made = MadeUpModel()
      change(&made)
      made.names = Dictionary(
        uniqueKeysWithValues: made.names.keys.map { ($0, $0.mirrored.rawValue) })
      return (try BoneMap.find(in: made.model), made.joints)
    }
    let (map, joints) = try exchanged()
    for (index, joint) in joints.enumerated() { #expect(map.nodes[joint] == index, "\(joint)") }
    #expect(
      map.warnings.count == 1 && map.warnings[0].hasPrefix("with left and right as its bones say"))
    // Without toes, nothing indicates the direction.
    let (other, _) = try exchanged {
      $0.names[.leftToes] = nil
      $0.names[.rightToes] = nil
    }
    #expect(other.nodes[.leftHand] != map.nodes[.leftHand])
    // An explicit assignment is accepted, with a warning.
    let told = try BoneMap.find(
      in: MadeUpModel().model, told: [.leftHand: "leftHand"])
    #expect(told.warnings.isEmpty)
  }

  @Test func eachSideHasOneLeg() throws {
    // Without names, and with duplicate legs: the duplicates must not become the other side's.
    let trunk: [JointName] = [.hips, .spine, .chest, .neck, .head]
    let limbs: [JointKind] = [.upperLeg, .lowerLeg, .foot, .upperArm, .lowerArm, .hand]
    let joints = JointName.allCases.filter { trunk.contains($0) || limbs.contains($0.kind) }
    let made = MadeUpModel(names: Dictionary(uniqueKeysWithValues: joints.map { ($0, "") }))
    var model = made.model
    let count = model.nodes.count
    let hips = try #require(made.joints.firstIndex(of: .hips))
    for side in Side.both {
      var parent = hips
      for kind in [JointKind.upperLeg, .lowerLeg, .foot] {
        let original = try #require(made.joints.firstIndex(of: JointName(kind, side)))
        model.nodes.append(
          .init(name: "", parent: parent, local: model.nodes[original].local))
        parent = model.nodes.count - 1
      }
    }
    let map = try BoneMap.find(in: model)
    #expect(map.nodes.values.allSatisfy { $0 < count })
    for (index, joint) in made.joints.enumerated() { #expect(map.nodes[joint] == index) }
  }

  @Test func theHeadIsAboveBothNeckBones() throws {
    var made = MadeUpModel()
    made.names = Dictionary(
      uniqueKeysWithValues: made.names.keys.compactMap { joint in
        joint.isOfFinger ? nil : (joint, joint == .hips ? "Center" : joint.rawValue)
      })
    var model = made.model
    let neck = try #require(model.nodes.firstIndex { $0.name == "neck" })
    let head = try #require(model.nodes.firstIndex { $0.name == "head" })
    // A second neck bone, halfway up.
    model.nodes.append(.init(name: "neck2", parent: neck, local: model.nodes[head].local))
    model.nodes[model.nodes.count - 1].local.translation *= 0.5
    model.nodes[head].parent = model.nodes.count - 1
    let world = NodePose(model).worldFromNode
    let above = world[model.nodes.count - 1]
    let rest = MadeUpModel(names: made.names).model
    let place = NodePose(rest).worldFromNode[head]
    let local = try #require(above.affineInverse) * place
    model.nodes[head].local = NodeTransform(
      translation: local.translation, rotation: local.rotation, scale: Vector3(1, 1, 1))
    let map = try BoneMap.find(in: model)
    #expect(map.nodes[.head] == head && map.nodes[.neck] == neck)
    #expect(map.nodes[.hips] == made.joints.firstIndex(of: .hips))
  }

  @Test func unnamedEndsAreHeadsAndHands() throws {
    var made = try made("Mixamo", without: [.head, .leftHand, .rightHand])
    made.names = made.names.filter { !$0.key.isOfFinger }
    made.hasSurface = false
    var model = made.model
    try model.add("", below: "mixamorig:Neck", at: Vector3(0, 0.1, 0))
    for (name, sign) in [("mixamorig:LeftForeArm", 1.0), ("mixamorig:RightForeArm", -1)] {
      try model.add("", below: name, at: Vector3(0.24 * sign, 0, 0))
    }
    let map = try BoneMap.find(in: model)
    let count = model.nodes.count
    #expect(map.nodes[.head] == count - 3)
    #expect(map.nodes[.leftHand] == count - 2 && map.nodes[.rightHand] == count - 1)
  }

  @Test func aLimbThatEndsTooEarlyIsNotShifted() throws {
    var made = try made("Mixamo", without: [.leftHand, .rightHand])
    made.names = made.names.filter { !$0.key.isOfFinger }
    let model = made.model
    let refusal = #expect(throws: ForeignModelError.self) { try BoneMap.find(in: model) }
    #expect(
      refusal?.description
        == #"its skeleton (names as in Mixamo) has no leftHand, rightHand; say which nodes these are with a "bones" file (docs/models.md); nothing is attached to "mixamorig:LeftForeArm" and "mixamorig:RightForeArm": add a bone there in the program that made it"#
    )
  }

  @Test func toesOnAShinAreNotAFoot() throws {
    let made = try made("Mixamo", without: [.rightFoot])
    let model = made.model
    let refusal = #expect(throws: ForeignModelError.self) { try BoneMap.find(in: model) }
    #expect(
      refusal?.description.hasPrefix("its skeleton (names as in Mixamo) has no rightFoot; ")
        ?? false)
  }

  @Test func anUnnamedSpineIsDistributed() throws {
    var made = MadeUpModel()
    for (joint, name) in [(JointName.spine, "A"), (.chest, "B"), (.upperChest, "C")] {
      made.names[joint] = name
    }
    let map = try BoneMap.find(in: made.model)
    for joint in [JointName.spine, .chest, .upperChest] {
      #expect(map.nodes[joint] == made.joints.firstIndex(of: joint))
    }
  }

  @Test func theFirstOfFourFingerBonesLiesInThePalm() throws {
    let made = MadeUpModel()
    var model = made.model
    let proximal = try #require(model.nodes.firstIndex { $0.name == "leftIndexProximal" })
    let hand = model.nodes[proximal].parent
    for (name, to) in [
      ("leftIndexDistal", "Index4.L"), ("leftIndexIntermediate", "Index3.L"),
      ("leftIndexProximal", "Index2.L"),
    ] {
      let index = try #require(model.nodes.firstIndex { $0.name == name })
      model.nodes[index].name = to
    }
    model.nodes.append(
      .init(name: "Index1.L", parent: hand, local: .identity))
    let palm = model.nodes.count - 1
    model.nodes[palm].local.translation = model.nodes[proximal].local.translation * 0.2
    model.nodes[proximal].parent = palm
    model.nodes[proximal].local.translation *= 0.8
    let map = try BoneMap.find(in: model)
    #expect(map.nodes[.leftIndexProximal] == proximal)
    #expect(map.nodes[.leftIndexDistal] == model.nodes.firstIndex { $0.name == "Index4.L" })
  }
}
