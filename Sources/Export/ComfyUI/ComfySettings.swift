package import MapRender
internal import SceneFiles

extension ComfyRecipe {
  /// Changes a setting (`steps`) or a value of a map (`openpose.strength`). Returns an error
  /// message if it cannot, otherwise nil.
  package mutating func set(_ name: String, to text: String) -> String? {
    if text.isEmpty { return "\"\(name)\" must not be empty" }
    assigned[name] = text
    if let index = maps.firstIndex(where: { name.hasPrefix("\($0.map.rawValue).") }) {
      let key = String(name.dropFirst(maps[index].map.rawValue.count + 1))
      return Self.set(key, of: "\(maps[index].map.rawValue).", in: &maps[index].values, to: text)
    }
    // The folder's default value comes from the scene.
    if name == "folder" {
      settings[name] = .text(text)
      return nil
    }
    // A value that no stage requires would silently leave all of them out.
    let choices = stages.flatMap(\.conditions).filter { $0.key == name }.compactMap(\.node.text)
    if !choices.isEmpty, !choices.contains(text) {
      return unknown("value", text, allowed: Self.distinct(choices), context: "of \"\(name)\"")
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

  /// Returns the strength of one map among `count` maps: the value that was set, otherwise the
  /// family's share of the default.
  func strength(of map: MapName, among count: Int) -> ComfyValue? {
    let usual = maps.first { $0.map == map }?.values["strength"]
    guard case .number(let strength)? = usual, !shares.isEmpty,
      assigned["\(map.rawValue).strength"] == nil
    else { return usual }
    return .number((strength * shares[min(max(count, 1), shares.count) - 1] * 100).rounded() / 100)
  }

  /// The names of the maps that the family accepts.
  package var takes: [MapName] { maps.map(\.map) }

  /// Returns an error message if these stages do not make the picture that the setting `choose`
  /// names to continue from.
  package func faultOfChoice(among made: [String]) -> String? {
    guard case .text(let chosen)? = settings["choose"], chosen != "base" else { return nil }
    guard let stage = stages.first(where: { $0.choices.contains { $0.key == chosen } }) else {
      return unknown("picture", chosen, allowed: choices, context: "to continue from")
    }
    if made.contains(stage.with) { return nil }
    let wanted = stageNames.filter { $0 == stage.with || made.contains($0) }
    return
      "the picture \"\(chosen)\" is made in the stage \"\(stage.with)\", which is not among the stages; "
      + "add it: --stages \(wanted.joined(separator: ","))"
  }
}

extension ComfyRecipe {
  /// The settings as text for a person: one line per setting and one per map.
  package var listing: [String] {
    let settings = settings.sorted { $0.key < $1.key }.map { name, value in
      let line = "  \(name) = \(value.inText)"
      guard let about = about[name] else { return line }
      return line + String(repeating: " ", count: max(2, 38 - line.count)) + about
    }
    let maps = maps.map { map, values in
      let said = values.sorted { $0.key < $1.key }.map {
        "\(map.rawValue).\($0.key) = \($0.value.inText)"
      }
      return "  " + said.joined(separator: ", ")
    }
    let usual = use.map(\.rawValue).joined(separator: ", ")
    return [summary, "settings:"] + settings
      + ["maps (used by default: \(usual)):"] + maps + sharing
      + [
        "stages: \(stageWords.joined(separator: ", "))",
        "pictures to continue from: \(choices.joined(separator: ", "))",
      ]
  }

  private var stageWords: [String] {
    stageNames.map { usualStageNames.contains($0) ? $0 : "\($0) (only if --stages names it)" }
  }

  private var sharing: [String] {
    if shares.isEmpty { return [] }
    let numbers = shares.map { JSONValue.number($0).line }.joined(separator: ", ")
    return [
      "strengths are for one map alone; with one, two or more maps they are multiplied by \(numbers), unless --set"
    ]
  }
}

extension ComfyRecipe {
  /// Returns a map's values for a person to read, and whether it is applied by default; nil for a
  /// map that the family does not take.
  package func words(of map: MapName) -> String? {
    guard let values = maps.first(where: { $0.map == map })?.values else { return nil }
    let said = values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.inText)" }
    let whether = use.contains(map) ? "applied by default" : "applied with --maps"
    return (said + [whether]).joined(separator: ", ")
  }
}
