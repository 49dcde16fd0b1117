package import PoseRig

/// How workflows for a family of models are put together: stages of nodes in whose inputs names stand for a scene's values
/// and for other nodes' outputs (`docs/generators.md`, "A model of your own").
package struct ComfyRecipe {
  /// A node before its inputs are known.
  struct Node {
    var name: String
    var classType: String
    var classLocation: SourceLocation
    var title: JSONNode?
    var saves: String?
    var inputs: [JSONMember]
  }

  /// A step of the work: all of its nodes are there or none.
  struct Stage {
    /// Where it is described, for messages about it.
    var file: String
    var name: String
    /// The stage that one asks for to get this one: another's name, or its own.
    var with: String
    var title: String
    /// The list whose every item gets the nodes once: `map` or `lora`.
    var each: String?
    /// What must be there (a face, a style) for the stage to make sense.
    var needs: String?
    /// Settings and the values they must have.
    var conditions: [JSONMember]
    var nodes: [Node]
    /// Names for outputs, which later stages take up: `@image` is the picture as far as it has come.
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
  /// The maps that are applied unless others are asked for.
  package var use: [MapName]
  /// The maps that the family takes, with what is said of each (`strength`, `end`, `model` …).
  var maps: [(map: MapName, values: [String: ComfyValue])]
  /// What can be set, with its usual value.
  var settings: [String: ComfyValue]
  /// In the order of work.
  var stages: [Stage]

  /// The stages that can be asked for.
  package var stageNames: [String] {
    Self.distinct(stages.map(\.with)).filter { !Self.essential.contains($0) }
  }

  /// The pictures that later stages can go on from: `base`, and those of the variants.
  package var choices: [String] {
    ["base"] + stages.flatMap { $0.choices.map(\.key) }
  }

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
  package static func builtIn(_ name: String) throws(Diagnostic) -> ComfyRecipe? {
    let path = "comfyui/models/\(name).json"
    guard let bytes = GeneratorResources.file(path) else { return nil }
    return try read(bytes, file: path)
  }

  /// A family described in a file.
  package static func read(_ bytes: [UInt8], file: String) throws(Diagnostic) -> ComfyRecipe {
    try ComfyRecipeReader(file: file).recipe(bytes)
  }
}

extension ComfyRecipe {
  /// Changes a setting (`steps`), or what is said of a map (`openpose.strength`); what is wrong, if it cannot be.
  package mutating func set(_ name: String, to text: String) -> String? {
    if let index = maps.firstIndex(where: { name.hasPrefix("\($0.map.rawValue).") }) {
      let key = String(name.dropFirst(maps[index].map.rawValue.count + 1))
      return Self.set(key, of: "\(maps[index].map.rawValue).", in: &maps[index].values, to: text)
    }
    // The folder has its usual value from the scene.
    if name == "folder" {
      settings[name] = .text(text)
      return nil
    }
    // A value that no stage asks for would leave all of them out without a word.
    let choices = stages.flatMap(\.conditions).filter { $0.key == name }.compactMap(\.node.text)
    if !choices.isEmpty, !choices.contains(text) {
      return unknown("value", text, allowed: Self.distinct(choices), place: "of \"\(name)\"")
    }
    return Self.set(name, of: "", in: &settings, to: text)
  }

  private static func set(
    _ key: String, of prefix: String, in values: inout [String: ComfyValue], to text: String
  ) -> String? {
    do throws(SettingText.Fault) {
      guard let now = values[key] else {
        throw SettingText.unknownName(
          prefix + key, allowed: values.keys.sorted().map { prefix + $0 })
      }
      values[key] = ComfyValue(try SettingText.value(text, of: prefix + key, now: now.json))
      return nil
    } catch {
      return error.sentence
    }
  }

  /// The map names that the family takes.
  package var takes: [MapName] { maps.map(\.map) }

  /// What is wrong with going on from the picture that the setting `choose` names, if these stages are made.
  package func faultOfChoice(among made: [String]) -> String? {
    guard case .text(let chosen)? = settings["choose"], chosen != "base" else { return nil }
    guard let stage = stages.first(where: { $0.choices.contains { $0.key == chosen } }) else {
      return unknown("picture", chosen, allowed: choices, place: "to go on from")
    }
    if made.contains(stage.with) { return nil }
    return
      "the picture \"\(chosen)\" is made in the stage \"\(stage.with)\", which is not among the stages"
  }
}

extension ComfyRecipe {
  /// What can be set, for a person: a line a setting, a line a map.
  package var listing: String {
    let settings = settings.sorted { $0.key < $1.key }.map { "  \($0.key) = \($0.value.inText)" }
    let maps = maps.map { map, values in
      let said = values.sorted { $0.key < $1.key }.map {
        "\(map.rawValue).\($0.key) = \($0.value.inText)"
      }
      return "  " + said.joined(separator: ", ")
    }
    return """
      \(summary)
      settings:
      \(settings.joined(separator: "\n"))
      maps (used unless others are asked for: \(use.map(\.rawValue).joined(separator: ", "))):
      \(maps.joined(separator: "\n"))
      stages: \(stageNames.joined(separator: ", "))
      pictures to go on from: \(choices.joined(separator: ", "))
      """
  }
}
