import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Export

/// Workflows for a scene of two people, and functions that inspect them.
enum ComfyFixture {
  /// Two people who face the camera, so that every stage has something to do.
  static let scene = """
    {"canvas": [512, 768], "prompt": "a field", "negative": "text", "seed": 7,
     "characters": [
       {"id": "ana", "body": "female", "position": [-0.4, 0, 0], "prompt": "a woman", "negative": "beard"},
       {"id": "ben", "body": "male", "position": [0.5, 0, -0.6], "prompt": "a man"}]}
    """

  static func export(
    _ model: String = "sdxl-xinsir", stages: [String]? = nil, maps: [MapName]? = nil,
    _ change: (inout ComfyRecipe) -> Void = { _ in }
  ) throws -> ComfyExport {
    var recipe = try #require(try ComfyRecipe.builtIn(model))
    change(&recipe)
    return ComfyExport(
      recipe: recipe, maps: maps, stages: stages ?? recipe.usualStageNames,
      styles: [("ink.st", 0.7)],
      only: nil, sceneName: "field")
  }

  static func characters(
    _ export: ComfyExport, scene: String = scene
  ) throws -> [ComfyCharacter] {
    let described = try #require(Fixture.read(scene)?.scene)
    let solved = try #require(Fixture.solved(scene))
    return try export.characters(of: solved, described: described)
  }

  static func nodes(_ workflow: ComfyWorkflow, _ classType: String) -> [ComfyWorkflow.Node] {
    workflow.nodes.filter { $0.classType == classType }
  }

  static func value(_ node: ComfyWorkflow.Node?, _ input: String) -> ComfyValue? {
    node?.inputs.first { $0.name == input }?.value
  }

  /// Traces a picture that a node receives back to the sampler that made it.
  static func sampler(behind node: ComfyWorkflow.Node?, _ workflow: ComfyWorkflow) -> String? {
    var current = node
    while let node = current {
      if node.classType.contains("Sampler") { return node.title }
      let source = ["image", "images", "samples", "pixels"].compactMap { value(node, $0) }.first
      guard case .link(let index, _)? = source else { return nil }
      current = workflow.nodes[index]
    }
    return nil
  }
}
