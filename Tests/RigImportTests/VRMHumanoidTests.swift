import PoseRig
import SceneFiles
import Testing

@testable import RigImport

@Suite struct VRMHumanoidTests {
  private func vrm(_ bones: String, version: Int = 0) -> String {
    let joints = JointName.allCases.filter { ![.eye, .jaw].contains($0.kind) && !$0.isOfFinger }
    let nodes = joints.map { joint in
      let children = joints.indices.filter { joints[$0].parent == joint }
      let offset =
        Mannequin.female.body.rig[joint]
        - (joint.parent.map { Mannequin.female.body.rig[$0] } ?? .zero)
      return
        #"{"name": "\#(joint)", "children": \#(children), "translation": [\#(offset.x), \#(offset.y), \#(offset.z)]}"#
        .replacing(#""children": [], "#, with: "")
    }
    let own = joints.indices.filter { joints[$0] != .leftFoot }.map { index in
      version == 0
        ? #"{"bone": "\#(joints[index])", "node": \#(index)}"#
        : #""\#(joints[index])": {"node": \#(index)}"#
    }
    let all = (own + [bones]).joined(separator: ", ")
    let humanoid =
      version == 0
      ? #""VRM": {"humanoid": {"humanBones": [\#(all)]}}"#
      : #""VRMC_vrm": {"specVersion": "1.0", "humanoid": {"humanBones": {\#(all)}}}"#
    return
      #"{"asset": {"version": "2.0"}, "nodes": [\#(nodes.joined(separator: ", "))], "extensions": {\#(humanoid)}}"#
  }

  @Test(arguments: [
    #"{"bone": "jaw", "node": -1}"#, #"{"bone": "jaw", "node": 9999}"#,
    #"{"bone": "jaw", "node": null}"#, #"{"bone": "jaw"}"#, "null",
    #"{"bone": "leftFoot", "node": -1}"#,
  ])
  func aBadReferenceInAVRMsHumanoidAffectsAtMostOneBone(_ bone: String) throws {
    let model = try ModelReader.read(Array(vrm(bone).utf8), path: "x.vrm")
    #expect(model.humanoid.count == 21 && model.humanoid[.jaw] == nil)
    // The foot is required, so it is searched by name.
    let map = try BoneMap.find(in: model)
    #expect(map.nodes[.leftFoot].map { model.nodes[$0].name } == "leftFoot")
    #expect(
      model.warnings
        == (bone.contains("9999")
          ? ["its humanoid's jaw is node 9999, which does not exist; it was left out"] : []))
  }

  @Test(arguments: [#""jaw": {}"#, #""jaw": null"#, #""jaw": {"node": -1}"#])
  func aBadReferenceInVRM1AffectsAtMostOneBone(_ bone: String) throws {
    let model = try ModelReader.read(Array(vrm(bone, version: 1).utf8), path: "x.vrm")
    #expect(model.humanoid.count == 21 && model.humanoid[.jaw] == nil && model.warnings.isEmpty)
  }

  @Test func aListOfBonesIsReadInVRM1Too() throws {
    let old = vrm(#"{"bone": "jaw"}"#)
    let list = old.replacing(#""VRM": {"#, with: #""VRMC_vrm": {"specVersion": "1.0", "#)
    let model = try ModelReader.read(Array(list.utf8), path: "x.vrm")
    #expect(model.format == .vrm1 && model.humanoid.count == 21)
  }

  @Test func thumbsNamedAsInVRM0AreShiftedByOne() throws {
    func thumb(_ bones: [String]) throws -> [JointName: Int] {
      // Any nodes that are not joints yet.
      let text = bones.enumerated().map { #""\#($1)": {"node": \#(22 + $0)}"# }
      let more = String(repeating: #"{}, "#, count: 3)
      let file = vrm(text.joined(separator: ", "), version: 1)
        .replacing(#"], "extensions""#, with: ", " + more.dropLast(2) + #"], "extensions""#)
      return try ModelReader.read(Array(file.utf8), path: "x.vrm").humanoid
        .filter { $0.key.isOfFinger }
    }
    let joints: [JointName] = [.leftThumbMetacarpal, .leftThumbProximal, .leftThumbDistal]
    let old = try thumb(["leftThumbProximal", "leftThumbIntermediate", "leftThumbDistal"])
    let sound = try thumb(["leftThumbMetacarpal", "leftThumbProximal", "leftThumbDistal"])
    #expect(old == sound && Set(old.keys) == Set(joints))
    // Without the intermediate bone, the proximal bone keeps its name's meaning.
    #expect(
      Set(try thumb(["leftThumbProximal", "leftThumbDistal"]).keys) == Set(joints.dropFirst()))
  }

  @Test func oneNodeIsOneJoint() throws {
    let twice = try ModelReader.read(
      Array(vrm(#"{"bone": "head", "node": 0}, {"bone": "jaw", "node": 0}"#).utf8), path: "x.vrm")
    #expect(twice.humanoid[.head].map { twice.nodes[$0].name } == "head")
    #expect(twice.humanoid[.jaw] == nil && twice.humanoid[.hips] == 0)
  }
}
