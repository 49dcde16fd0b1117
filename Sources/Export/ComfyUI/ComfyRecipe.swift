package import MapRender
package import PoseRig
internal import SceneFiles

/// A plan of workflows for a family of models: stages of nodes with inputs in which names stand for
/// a scene's values and for other nodes' outputs (`docs/generators.md`, "A model of your own").
package struct ComfyRecipe {
  /// A node before its inputs are known.
  struct Node {
    var name: String
    var classType: String
    var classLocation: TextLocation
    var title: JSONNode?
    var saves: String?
    var inputs: [JSONMember]
  }

  /// A step of the work; its nodes are there together or not at all.
  struct Stage {
    /// Where it is described, for messages about it.
    var file: String
    var name: String
    /// The stage that one asks for to get this one: another's name, or its own.
    var with: String
    var title: String
    /// The list that repeats the nodes for every item: `map` or `lora`.
    var each: String?
    /// The thing (a face, a style) without which the stage makes no sense.
    var needs: String?
    /// The thing (a picture of the character) with which another stage takes this one's part.
    var without: String?
    /// Settings and the values they must have.
    var conditions: [JSONMember]
    var nodes: [Node]
    /// Names for outputs, which later stages take up: `@image` is the picture as far as it has
    /// come.
    var wires: [JSONMember]
    /// By the value of the setting `choose`, more of them.
    var choices: [JSONMember]
  }

  /// The file that says what is particular to the family.
  var file: String
  /// The family in a few words.
  package var summary: String
  /// How the maps are drawn, and at which sizes.
  package var profile: Profile
  /// The maps that are applied by default.
  package var use: [MapName]
  /// The maps that the family takes, with the values of each (`strength`, `end`, `model` …).
  var maps: [(map: MapName, values: [String: ComfyValue])]
  /// The factors of the maps' strengths if one map is applied, two, and so on, the last for more;
  /// empty for strengths as they are.
  var shares: [Double]
  /// How many maps the family takes at once; nil for any number.
  package var most: Int?
  /// Whether a prompt can be for a part of the picture, so that several characters can be made in
  /// one pass.
  package var takesRegions: Bool
  /// The settings, with their usual values.
  var settings: [String: ComfyValue]
  /// The meaning of some settings, for a person.
  var about: [String: String]
  /// Where the usual values stand, by the settings' names as ``set(_:to:)`` takes them.
  var places: [String: (file: String, location: TextLocation)]
  /// The values that were set, by the settings' names.
  var assigned: [String: String] = [:]
  /// In the order of work.
  var stages: [Stage]

  /// The stages that can be requested.
  package var stageNames: [String] {
    Self.distinct(stages.map(\.with)).filter { !Self.essential.contains($0) }
  }

  /// The pictures that later stages can continue from: `base`, and those of the variants.
  package var choices: [String] {
    ["base"] + stages.flatMap { $0.choices.map(\.key) }
  }

  /// Whether the family takes a picture of the character.
  package var takesReference: Bool { stages.contains { $0.needs == "reference" } }

  /// Stages without which there is no picture.
  static let essential = ["models", "prompt", "controls", "base"]

  static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension ComfyRecipe {
  /// The families that come with posemap, by the names of their profiles.
  package static var builtIn: [String] {
    GeneratorResources.files(in: "comfyui/models").map { path, _ in
      String(path.split(separator: "/").last?.dropLast(".json".count) ?? "")
    }
  }

  /// One of the families that come with posemap; nil for other names.
  package static func builtIn(_ name: String) throws(ComfyRecipeFaults) -> ComfyRecipe? {
    guard let bytes = modelFile(name) else { return nil }
    return try read(bytes, file: modelPath(name))
  }

  /// The file of a family that comes with posemap, as a start for your own; nil for other
  /// names.
  package static func modelFile(_ name: String) -> [UInt8]? {
    GeneratorResources.file(modelPath(name))
  }

  private static func modelPath(_ name: String) -> String { "comfyui/models/\(name).json" }

  /// A family described in a file.
  package static func read(_ bytes: [UInt8], file: String) throws(ComfyRecipeFaults) -> ComfyRecipe
  {
    try ComfyRecipeReader(file: file).recipe(bytes)
  }
}
