internal import PoseRig
internal import PosemapKit
internal import RigImport
internal import SceneFiles

/// The report of `posemap inspect` about a file.
struct ModelReport: Encodable {
  struct Clip: Encodable {
    var name: String
    var duration: Double
    var frameRate: Double?
  }

  var format: String
  var generator: String
  var nodes: Int
  var meshes: Int
  var vertices: Int
  var triangles: Int
  var morphTargets: Int
  var expressions: [String]
  /// The height in meters, from the soles to the highest point of the surface or the skeleton.
  var height: Double
  /// The length of a leg from hip to ankle in meters, like a pose's `legLength`.
  var legLength: Double
  /// The method by which the bones were found.
  var bonesFrom: String
  /// The node's name by joint.
  var bones: [String: String]
  var missing: [String]
  /// The angle of the upper arms at rest, in degrees from straight down: 90 is a T-pose.
  var armAngle: Double
  var clips: [Clip]
  /// The names of parts that a scene can hide.
  var parts: [String]
  var notes: [String]
  /// Notes on assumptions, omissions and suspicious values.
  var warnings: [String]

  init(_ file: ModelFile) {
    let model = file.model
    let humanoid = file.humanoid
    format = Self.name(model.format)
    generator = model.generator
    nodes = model.nodes.count
    meshes = model.meshes.count
    vertices = model.meshes.reduce(0) { $0 + $1.positions.count }
    triangles = model.meshes.reduce(0) { $0 + $1.triangles.count }
    morphTargets = model.meshes.map(\.morphs.count).max() ?? 0
    expressions = model.expressions.map(\.name)
    height = Self.rounded(humanoid.height)
    legLength = Self.rounded(humanoid.rig.legLength)
    bonesFrom = file.bones.source.description
    bones = Dictionary(
      uniqueKeysWithValues: file.bones.nodes.map { joint, node in
        let name = model.nodes[node].name
        return (joint.rawValue, name.isEmpty ? "node \(node)" : name)
      })
    missing = JointName.allCases.filter { humanoid.missing.contains($0) }.map(\.rawValue)
    armAngle = Self.rounded(humanoid.armAngle)
    clips = model.clips.map {
      Clip(name: $0.name, duration: Self.roundedDown($0.duration), frameRate: $0.frameRate)
    }
    parts = model.hideableParts
    notes = humanoid.notes + humanoid.faceNotes + model.notes
    warnings = file.warnings
  }

  func json() throws -> String {
    String(decoding: try JSONText.encode(self, pretty: true), as: UTF8.self)
  }

  /// Returns the report for a person, line by line.
  func lines(path: String) -> [String] {
    var lines = ["\(path): \(format)" + (generator.isEmpty ? "" : ", by \(generator)")]
    lines.append(
      "  \(nodes) nodes, \(meshes) meshes, \(vertices) vertices, \(triangles) triangles, \(morphTargets) morph targets"
    )
    lines.append(
      "  \(height) m tall, legs \(legLength) m; arms at rest \(armAngle)° from straight down (90 is a T-pose)"
    )
    lines.append("  bones from \(bonesFrom): \(bones.count) of \(JointName.allCases.count)")
    for joint in JointName.allCases {
      if let name = bones[joint.rawValue] { lines.append("    \(joint.rawValue) = \(name)") }
    }
    if !missing.isEmpty { lines.append("  without: \(missing.joined(separator: ", "))") }
    if !expressions.isEmpty {
      lines.append("  expressions: \(expressions.joined(separator: ", "))")
    }
    if parts.count > 1 { lines.append("  can be hidden: \(parts.joined(separator: ", "))") }
    for clip in clips {
      let rate = clip.frameRate.map { ", \($0) frames per second" } ?? ""
      lines.append("  clip \"\(clip.name)\": \(clip.duration) s\(rate)")
    }
    return lines + notes.map { "  note: \($0)" } + warnings.map { "  warning: \($0)" }
  }

  private static func name(_ format: ForeignModel.Format) -> String {
    switch format {
    case .glTF: "glTF 2.0"
    case .vrm0: "VRM 0.x"
    case .vrm1: "VRM 1.0"
    case .vrmAnimation: "VRM animation"
    case .fbx: "FBX"
    case .bvh: "BVH"
    case .collada: "COLLADA"
    case .other: "another format"
    }
  }

  /// Returns a time within a clip, rounded down so that it is valid as a `"time"`.
  private static func roundedDown(_ seconds: Double) -> Double {
    let milliseconds = (seconds * 1000).rounded()
    return (milliseconds > seconds * 1000 + 1e-6 ? milliseconds - 1 : milliseconds) / 1000
  }

  private static func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}
