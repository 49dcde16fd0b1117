import Foundation
import PoseRig
import RigImport

/// A model from another program in its own pose, after all of posemap's processing: bones, T-pose,
/// pose, body, skinning.
enum ModelExport {
  private struct Report: Encodable {
    /// The node of each joint.
    var bones: [String: Int]
    /// The name of that node.
    var names: [String: String]
    /// The position of each joint that has a node, in the model's axes.
    var joints: [String: [Double]]
    /// The rotation from the file's world to the model's axes, column by column; without the
    /// translation.
    var modelFromFile: [Float]
    /// All vertices in the order of nodes and primitives, in the model's axes.
    var vertices: [[Float]]
    /// Each joint's rotation relative to its parent: x, y, z, w.
    var rotations: [String: [Double]]
  }

  /// Returns JSON for the time `time` in seconds of a clip, or for the default pose if the clip is
  /// "-".
  static func json(model path: String, clip name: String, time: Double, own: Bool) throws -> Data {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let model = try ModelReader.read([UInt8](bytes), path: path)
    let map = try BoneMap.find(in: model)
    let humanoid = HumanoidModel(model, bones: map.nodes)
    let clip = model.clips.first { $0.name == name }
    var pose = clip.map { humanoid.pose(in: $0, at: time) } ?? humanoid.defaultPose
    // The pose is applied as on any other body, unless the model plays its own clip.
    if !own { pose.own = nil }
    let body = humanoid.body(named: "model")
    let rig = body?.rig ?? humanoid.rig
    let posed = body.map { PosedRig(body: $0, pose: pose) } ?? PosedRig(rig: rig, pose: pose)
    var report = Report(
      bones: [:], names: [:], joints: [:], modelFromFile: humanoid.modelFromFile.floats,
      vertices: [],
      rotations: [:])
    for (joint, node) in map.nodes {
      let p = posed.position(of: joint)
      report.bones[joint.rawValue] = node
      report.names[joint.rawValue] = model.nodes[node].name
      report.joints[joint.rawValue] = [p.x, p.y, p.z]
    }
    for joint in JointName.allCases {
      let c = pose[joint].components
      report.rotations[joint.rawValue] = [c.x, c.y, c.z, c.w]
    }
    if let body {
      report.vertices = Skinning.pose(body, posed, pose: pose).positions.map { [$0.x, $0.y, $0.z] }
    }
    return try JSONEncoder().encode(report)
  }
}
