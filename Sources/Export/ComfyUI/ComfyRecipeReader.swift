internal import MapRender
internal import PoseRig
internal import SceneFiles

/// Reads the file of a family of models, and adds it to the stages that all families share
/// (`Resources/comfyui/recipe.json`).
struct ComfyRecipeReader {
  private static let shared = "comfyui/recipe.json"

  let file: String
  private let log = DiagnosticLog()

  init(file: String) { self.file = file }

  /// Returns the recipe, or throws all mistakes in it.
  func recipe(_ bytes: [UInt8]) throws(ComfyRecipeFaults) -> ComfyRecipe {
    let common = try object(GeneratorResources.file(Self.shared) ?? [], Self.shared, "a recipe")
    let own = try object(bytes, file, "a model's file")
    let profileName = own.string("profile") ?? ""
    let profile = Profile.named(profileName)
    if profile == nil, !log.hasErrors {
      own.error(
        .unknownName, "profile",
        unknown(
          "profile", profileName, allowed: Profile.names, context: "for a model"))
    }
    let maps = self.maps(own.node("maps"))
    if maps.isEmpty, !log.hasErrors {
      own.error(
        .missingKey, "maps",
        "\"maps\" must say which maps the models take, each with its values: {\"openpose\": {\"strength\": 0.8}}"
      )
    }
    let stages = self.stages(common, own)
    var settings = self.settings(common)
    settings.merge(self.settings(own)) { $1 }
    let takesRegions = own.boolean("regions") ?? false
    // Of those that families share, one is for prompts of parts of the picture alone.
    if !takesRegions { settings["regionStrength"] = nil }
    let about = [common, own].map { texts($0.node("about"), $0.file) }
    let use = self.use(own, maps.map(\.map))
    let shares = self.shares(own)
    let most = own.whole("most", in: 1...max(maps.count, 1), "maps")
    if let most, use.count > most, own.has("use") {
      own.error(.outOfRange, "use", "\"use\" has \(use.count) maps, and \"most\" is \(most)")
    }
    let errors = log.sorted.filter { $0.severity == .error }
    guard let profile, errors.isEmpty else { throw ComfyRecipeFaults(errors) }
    return ComfyRecipe(
      file: file, summary: own.string("summary") ?? "",
      profile: profile, use: use, maps: maps,
      shares: shares, most: most, takesRegions: takesRegions,
      settings: settings, about: about[0].merging(about[1]) { $1 },
      locations: locations([common, own]), stages: stages)
  }

  private static let keys = [
    "$schema", "summary", "profile", "use", "maps", "most", "regions", "settings", "shares",
    "about", "order",
    "stages",
  ]
  private static let stageKeys = [
    "title", "with", "each", "needs", "without", "if", "unless", "asked", "nodes", "wires",
    "choices",
  ]

  private func object(
    _ bytes: [UInt8], _ file: String, _ what: String
  ) throws(ComfyRecipeFaults) -> ObjectReader {
    let node: JSONNode
    do {
      node = try JSONParser.parse(bytes, file: file)
    } catch {
      throw ComfyRecipeFaults(file: file, at: error.location, error.message)
    }
    if let kind = Self.otherKind(node) {
      throw ComfyRecipeFaults(
        file: file, at: node.location,
        "this is \(kind), not the file of a family of models; posemap comfyui --print-model > mine.json writes one to start from"
      )
    }
    if let reader = ObjectReader(node, what, allowed: Self.keys, file: file, log: log) {
      return reader
    }
    // The log has reported that the file is not an object.
    throw ComfyRecipeFaults(log.sorted)
  }

  /// Returns the kind of a file that is easily mistaken for a family's.
  private static func otherKind(_ node: JSONNode) -> String? {
    if node["characters"] != nil { return "a scene" }
    let isWorkflow = node.members.contains { $0.node["class_type"] != nil }
    if isWorkflow || node["nodes"] != nil { return "a workflow of ComfyUI's" }
    return nil
  }

  // MARK: Values

  private func maps(_ node: JSONNode?) -> [(map: MapName, values: [String: ComfyValue])] {
    (node?.members ?? []).compactMap { member in
      guard let map = MapName(rawValue: member.key) else {
        let allowed = MapName.allCases.map(\.rawValue)
        log.error(
          .unknownName, file, member.keyLocation,
          unknown("map", member.key, allowed: allowed, context: "in \"maps\""))
        return nil
      }
      return (map, values(member.node, "the value of \"\(member.key)\"", file))
    }
  }

  private func settings(_ reader: ObjectReader) -> [String: ComfyValue] {
    reader.node("settings").map { values($0, "\"settings\"", reader.file) } ?? [:]
  }

  private func shares(_ reader: ObjectReader) -> [Double] {
    guard let node = reader.node("shares") else { return [] }
    let numbers = node.items?.compactMap(\.number) ?? []
    if numbers.isEmpty || numbers.count != node.items?.count
      || !numbers.allSatisfy({ (0...2).contains($0) })
    {
      reader.error(
        .wrongType, "shares",
        "\"shares\" must be a list of numbers from 0 to 2: the factors for strengths when one map is applied, two …"
      )
    }
    return numbers
  }

  private func texts(_ node: JSONNode?, _ file: String) -> [String: String] {
    var texts: [String: String] = [:]
    for member in node?.members ?? [] {
      if let text = member.node.text {
        texts[member.key] = text
      } else {
        log.error(
          .wrongType, file, member.node.location,
          "\"\(member.key)\" in \"about\" must be a string, not \(member.node.kind)")
      }
    }
    return texts
  }

  private func locations(
    _ readers: [ObjectReader]
  ) -> [String: (file: String, location: TextLocation)] {
    var locations: [String: (file: String, location: TextLocation)] = [:]
    for reader in readers {
      for member in reader.node("settings")?.members ?? [] {
        locations[member.key] = (reader.file, member.node.location)
      }
      for map in reader.node("maps")?.members ?? [] {
        for member in map.node.members {
          locations["\(map.key).\(member.key)"] = (reader.file, member.node.location)
        }
      }
    }
    return locations
  }

  private func values(_ node: JSONNode, _ what: String, _ file: String) -> [String: ComfyValue] {
    var values: [String: ComfyValue] = [:]
    for member in node.members {
      guard let value = ComfyValue(member.node) else {
        log.error(
          .wrongType, file, member.node.location,
          "\"\(member.key)\" in \(what) must be a number, a string, true or false, not \(member.node.kind)"
        )
        continue
      }
      values[member.key] = value
    }
    return values
  }

  private func use(_ reader: ObjectReader, _ maps: [MapName]) -> [MapName] {
    let names = reader.node("use")?.items?.compactMap(\.text)
    // An empty list has been reported already.
    guard let names, !maps.isEmpty else { return maps }
    return names.compactMap { name in
      if let map = MapName(rawValue: name), maps.contains(map) { return map }
      reader.error(
        .unknownName, "use",
        unknown("map", name, allowed: maps.map(\.rawValue), context: "in \"use\""))
      return nil
    }
  }

  // MARK: Stages

  /// Returns all stages; the family's own replace shared stages by name.
  private func stages(_ common: ObjectReader, _ own: ObjectReader) -> [ComfyRecipe.Stage] {
    var found: [String: ComfyRecipe.Stage] = [:]
    for reader in [common, own] {
      for member in reader.node("stages")?.members ?? [] {
        found[member.key] = stage(member, reader.file)
      }
    }
    let order = (own.node("order") ?? common.node("order"))?.items?.compactMap(\.text) ?? []
    for name in ComfyRecipe.essential where found[name] == nil {
      own.error(.unknownName, "stages", "\"stages\" has no \"\(name)\", which every workflow needs")
    }
    for name in found.keys.sorted() where !order.contains(name) {
      own.error(
        .unknownName, "stages",
        "the stage \"\(name)\" is not in \"order\"; give \"order\" with all stages, or name it as one of: "
          + order.joined(separator: ", "))
    }
    return order.compactMap { found[$0] }
  }

  private func stage(_ member: JSONMember, _ file: String) -> ComfyRecipe.Stage? {
    guard
      let reader = ObjectReader(
        member.node, "the stage \"\(member.key)\"", allowed: Self.stageKeys, file: file, log: log)
    else { return nil }
    return ComfyRecipe.Stage(
      file: file, name: member.key, with: reader.string("with") ?? member.key,
      title: reader.string("title") ?? member.key, each: reader.string("each"),
      needs: reader.string("needs"), without: reader.string("without"),
      conditions: reader.node("if")?.members ?? [],
      exceptions: reader.node("unless")?.members ?? [],
      isOptional: reader.boolean("asked") ?? false,
      nodes: (reader.node("nodes")?.members ?? []).compactMap { node($0, file) },
      wires: reader.node("wires")?.members ?? [], choices: reader.node("choices")?.members ?? [])
  }

  private func node(_ member: JSONMember, _ file: String) -> ComfyRecipe.Node? {
    guard
      let reader = ObjectReader(
        member.node, "the node \"\(member.key)\"",
        allowed: ["class_type", "title", "saves", "inputs"], file: file, log: log)
    else { return nil }
    guard let classType = reader.string("class_type") else {
      reader.error(.missingKey, "class_type", "the node \"\(member.key)\" needs a \"class_type\"")
      return nil
    }
    return ComfyRecipe.Node(
      name: member.key, classType: classType,
      classLocation: reader.node("class_type")?.location ?? reader.location,
      title: reader.node("title"), saves: reader.string("saves"),
      inputs: reader.node("inputs")?.members ?? [])
  }
}
