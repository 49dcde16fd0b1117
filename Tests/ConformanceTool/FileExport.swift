import Foundation
import PoseRig
import RigImport

/// Everything that a reader finds in a file from another program, in the file's world coordinates,
/// for comparison with other programs' readers, before any of it is interpreted as a person.
enum FileExport {
  private struct Report: Encodable {
    var notes: [String]
    var nodes: [Node]
    var clips: [Clip]
    var moments: [Moment]
  }

  private struct Node: Encodable {
    var name: String
    var parent: Int
  }

  private struct Clip: Encodable {
    var name: String
    var duration: Double
    var frameRate: Double?
    var keys: Int
  }

  private struct Moment: Encodable {
    /// The matrix from each node's frame to the world, column by column.
    var worlds: [[Double]]
    var meshes: [Mesh]
  }

  private struct Mesh: Encodable {
    var node: Int
    var positions: [[Double]]
    var triangles: Int
    var material: String
    var isCut: Bool
  }

  /// Returns JSON for a file at some moments; clip "-" is the pose in which the file stands.
  static func json(file path: String, moments: [(clip: String, time: Double)]) throws -> Data {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let model = try ModelReader.read(bytes, path: path)
    let report = Report(
      notes: model.notes,
      nodes: model.nodes.map { Node(name: $0.name, parent: $0.parent) },
      clips: model.clips.map { clip in
        Clip(
          name: clip.name, duration: clip.duration, frameRate: clip.frameRate,
          keys: clip.tracks.reduce(0) { $0 + $1.times.count })
      },
      moments: moments.map { moment in
        let clip = model.clips.first { $0.name == moment.clip }
        let pose =
          clip.map { NodePose(model, clip: $0, time: moment.time) } ?? NodePose(model)
        return Moment(
          worlds: pose.worldFromNode.map { matrix in
            let c = matrix.columns
            return [c.0, c.1, c.2, c.3].flatMap { [$0.x, $0.y, $0.z, $0.w] }
          },
          meshes: model.meshes.map { mesh in
            let material = mesh.material.map { model.materials[$0] }
            return Mesh(
              node: mesh.node, positions: positions(of: mesh, model, pose),
              triangles: mesh.triangles.count, material: material?.name ?? "",
              isCut: material?.alphaCutoff != nil)
          })
      })
    return try JSONEncoder().encode(report)
  }

  private static func positions(
    of mesh: ForeignModel.Mesh, _ model: ForeignModel, _ pose: NodePose
  ) -> [[Double]] {
    let weights = pose.morphWeights[mesh.node] ?? mesh.morphWeights
    let bones = mesh.skin.map { skin in
      let skin = model.skins[skin]
      return zip(skin.joints, skin.inverseBinds).map { pose.worldFromNode[$0] * $1 }
    }
    return mesh.positions.indices.map { vertex in
      var point = Vector3(mesh.positions[vertex])
      for (morph, weight) in zip(mesh.morphs, weights) where weight != 0 {
        point += Vector3(morph.positions[vertex]) * Double(weight)
      }
      guard let bones else {
        let moved = pose.worldFromNode[mesh.node].apply(point)
        return [moved.x, moved.y, moved.z]
      }
      var sum = Vector3.zero
      let width = mesh.influencesPerVertex
      for slot in (vertex * width)..<((vertex + 1) * width) where mesh.weights[slot] > 0 {
        sum += bones[Int(mesh.joints[slot])].apply(point) * Double(mesh.weights[slot])
      }
      return [sum.x, sum.y, sum.z]
    }
  }
}
