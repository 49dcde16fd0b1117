import SceneFiles

@testable import ComfyClient
@testable import Export

/// Workflows with a few nodes.
enum SmallWorkflow {
  /// A workflow that loads a picture, samples and saves.
  static let workflow = ComfyWorkflow(nodes: [
    node("LoadImage", "Pose", ["image": .text("posemap-ana-openpose.png")]),
    node(
      "KSampler", "First pass",
      ["seed": .number(7), "steps": .number(20), "latent_image": .link(node: 0, output: 0)]),
    node("SaveImage", "Save", ["images": .link(node: 1, output: 0)], saves: "base"),
  ])

  /// The workflow as queued by a server.
  static var queued: QueuedWorkflow { QueuedWorkflow(character("ana"), prompt: "p1") }

  /// A character with that workflow and its picture.
  static func character(_ id: String) -> ComfyCharacter {
    ComfyCharacter(
      id: id, workflow: workflow,
      pictures: [
        OutputFile(path: "input/posemap-ana-openpose.png", bytes: Array("picture".utf8))
      ],
      masks: [], notes: [], warning: nil, used: [], folder: "posemap/field/\(id)",
      strayPictures: [],
      pictureNames: ["base"], editorFile: [])
  }

  static func node(
    _ classType: String, _ title: String, _ inputs: KeyValuePairs<String, ComfyValue>,
    saves: String? = nil, setting: String? = nil
  ) -> ComfyWorkflow.Node {
    let start = TextLocation(line: 1, column: 1)
    return ComfyWorkflow.Node(
      classType: classType, title: title, group: "First",
      inputs: inputs.map {
        ComfyWorkflow.Input(
          name: $0.key, value: $0.value, file: "model.json", location: start, setting: setting)
      },
      saves: saves, file: "model.json", location: start)
  }
}
