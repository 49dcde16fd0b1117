import PoseRig
import Testing

@testable import RigImport

@Suite struct OwnHumanoidTests {
  /// A model with its own humanoid, in which each joint is the node with its name.
  private func own(
    _ change: (inout ForeignModel) -> Void = { _ in }
  ) -> ForeignModel {
    let made = MadeUpModel()
    var model = made.model
    for (index, joint) in made.joints.enumerated() { model.humanoid[joint] = index }
    change(&model)
    return model
  }

  @Test func aRequiredBoneOfAFilesHumanoidIsAttachedToThePreviousOne() throws {
    var model = own()
    let sound = try BoneMap.find(in: model)
    #expect(sound.nodes == model.humanoid && sound.warnings.isEmpty)
    model.nodes.append(.init(name: "mesh", parent: -1, local: .identity))
    model.humanoid[.leftHand] = model.nodes.count - 1
    let mended = try BoneMap.find(in: model)
    #expect(mended.nodes == sound.nodes && mended.source == .file)
    #expect(
      mended.warnings == [
        #"its own humanoid's leftHand ("mesh") does not hang on the bone before; it was found by name instead"#
      ])
  }

  @Test(arguments: [
    [JointName.leftUpperArm, .leftLowerArm], [.leftUpperLeg, .rightUpperLeg], [.neck, .head],
    [.hips, .spine], [.leftIndexProximal, .leftIndexDistal],
  ])
  func swappedBonesOfAFilesHumanoidAreSearchedByName(_ pair: [JointName]) throws {
    let model = own { model in
      let first = model.humanoid[pair[0]]
      model.humanoid[pair[0]] = model.humanoid[pair[1]]
      model.humanoid[pair[1]] = first
    }
    let map = try BoneMap.find(in: model)
    for (joint, node) in map.nodes { #expect(model.nodes[node].name == joint.rawValue) }
    #expect(map.nodes.count == model.humanoid.count)
    #expect(map.warnings.count == 1 && map.warnings[0].hasSuffix("it was found by name instead"))
  }

  @Test func unidentifiableBonesOfAFilesHumanoidAreReported() throws {
    var made = MadeUpModel()
    made.names = made.names.filter {
      $0.key != .leftHand && !($0.key.isOfFinger && $0.key.side == .left)
    }
    var model = made.model
    for (index, joint) in made.joints.enumerated() { model.humanoid[joint] = index }
    model.nodes.append(.init(name: "mesh", parent: -1, local: .identity))
    model.humanoid[.leftHand] = model.nodes.count - 1
    let warnings = try BoneMap.find(in: model).warnings
    #expect(
      warnings.contains {
        $0.hasPrefix(#"its own humanoid's leftHand ("mesh") does not hang on the bone before, and"#)
      }, "\(warnings)")
  }

  @Test func hipsOfAFilesHumanoidAreAtTheLegs() throws {
    let model = own { model in
      let count = model.nodes.count
      model.nodes.append(.init(name: "Armature", parent: -1, local: .identity))
      model.nodes[0].parent = count
      model.humanoid[.hips] = count
    }
    let map = try BoneMap.find(in: model)
    #expect(map.nodes[.hips] == 0)
    #expect(
      map.warnings == [
        #"its own humanoid's hips ("Armature") are far from its legs; "hips", which carries them, was taken instead"#
      ])
    // If there is no alternative, it is reported.
    var bare = model
    for index in bare.nodes.indices where bare.nodes[index].parent == 0 {
      let world = NodePose(bare).worldFromNode[index]
      bare.nodes[index].parent = bare.nodes.count - 1
      bare.nodes[index].local = NodeTransform(
        translation: world.translation, rotation: world.rotation, scale: Vector3(1, 1, 1))
    }
    let warnings = try BoneMap.find(in: bare).warnings
    #expect(
      warnings.contains {
        $0.hasPrefix(#"its hips ("Armature") are "#)
          && $0.contains("a thigh's length from its legs")
      }, "\(warnings)")
  }
}
