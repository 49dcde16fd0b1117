package import MapRender
package import PoseRig
internal import SceneFiles

/// A plan of workflows for a family of models: stages of nodes with inputs in which names represent
/// a scene's values and other nodes' outputs (`docs/generators.md`, "A model of your own").
package struct ComfyRecipe {
  /// A node before its inputs are resolved.
  struct Node {
    var name: String
    var classType: String
    var classLocation: TextLocation
    var title: JSONNode?
    var saves: String?
    var inputs: [JSONMember]
  }

  /// A step of the work, which a workflow includes as a whole or not at all.
  struct Stage {
    /// The file that describes the stage, for messages about it.
    var file: String
    var name: String
    /// The stage to request in order to get this one: another's name, or its own.
    var with: String
    var title: String
    /// The list that repeats the nodes for every item: `map` or `lora`.
    var each: String?
    /// The thing (a face, a style) without which the stage has no purpose.
    var needs: String?
    /// The list (pictures of the character) that must be empty for the stage to be used.
    var without: String?
    /// Settings and the values that they must have for the stage to be used.
    var conditions: [JSONMember]
    /// Settings and the values with which the stage is not used.
    var exceptions: [JSONMember]
    /// Whether the stage is only used if it is requested by name.
    var isOptional: Bool
    var nodes: [Node]
    /// Names for outputs, which later stages can use: `@image` is the picture so far.
    var wires: [JSONMember]
    /// More wires, by the value of the setting `choose`.
    var choices: [JSONMember]
  }

  /// The file that describes the family.
  var file: String
  /// A short description of the family.
  package var summary: String
  /// The style and the sizes of the maps.
  package var profile: Profile
  /// The maps to apply by default.
  package var use: [MapName]
  /// The maps that the family accepts, with the values of each (`strength`, `end`, `model` …).
  var maps: [(map: MapName, values: [String: ComfyValue])]
  /// The factors of the maps' strengths when one map is applied, when two are, and so on; the last
  /// one also holds for more maps. If empty, strengths stay as they are.
  var shares: [Double]
  /// The number of maps that the family accepts at once; nil for any number.
  package var most: Int?
  /// Whether the family accepts a prompt for a region of the picture, so that it can make several
  /// characters in one pass.
  package var takesRegions: Bool
  /// The settings, with their default values.
  var settings: [String: ComfyValue]
  /// Explanations of some settings, for a person.
  var about: [String: String]
  /// The locations of the default values, by the settings' names as ``set(_:to:)`` takes them.
  var locations: [String: (file: String, location: TextLocation)]
  /// The values that were set, by the settings' names.
  var assigned: [String: String] = [:]
  /// The stages in the order of work.
  var stages: [Stage]

  /// The stages that can be requested.
  package var stageNames: [String] {
    Self.distinct(stages.map(\.with)).filter { !Self.essential.contains($0) }
  }

  /// The stages that are used by default.
  package var usualStageNames: [String] {
    let optional = stages.filter(\.isOptional).map(\.with)
    return stageNames.filter { !optional.contains($0) }
  }

  /// The pictures that later stages can continue from: `base`, and those of the variants.
  package var choices: [String] {
    ["base"] + stages.flatMap { $0.choices.map(\.key) }
  }

  /// Whether the family accepts a picture of the character.
  package var takesReference: Bool { stages.contains { $0.needs == "reference" } }

  /// Whether the family draws into a picture, where a character is visible.
  package var takesInto: Bool { stages.contains { $0.needs == "into" } }

  /// The stages without which there is no picture.
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

  /// Returns one of the families that come with posemap; nil for other names.
  package static func builtIn(_ name: String) throws(ComfyRecipeFaults) -> ComfyRecipe? {
    guard let bytes = modelFile(name) else { return nil }
    return try read(bytes, file: modelPath(name))
  }

  /// Returns the file of a family that comes with posemap, to start your own from; nil for other
  /// names.
  package static func modelFile(_ name: String) -> [UInt8]? {
    GeneratorResources.file(modelPath(name))
  }

  private static func modelPath(_ name: String) -> String { "comfyui/models/\(name).json" }

  /// Reads a family from a file.
  package static func read(_ bytes: [UInt8], file: String) throws(ComfyRecipeFaults) -> ComfyRecipe
  {
    try ComfyRecipeReader(file: file).recipe(bytes)
  }
}
