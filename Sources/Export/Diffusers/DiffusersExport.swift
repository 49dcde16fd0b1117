package import MapRender
package import PoseRig
internal import SceneFiles

/// Makes a Python script for diffusers that generates a scene's characters, and the files that it
/// loads: the scene's prompts, and maps.
///
/// The script depends only on the family, so a user who edits it can keep the edits for a new pose.
package struct DiffusersExport {
  /// The script's name.
  package static let scriptName = "generate.py"

  private let family: String
  private let script: [UInt8]
  /// The maps that the family accepts.
  package let takes: [MapName]
  /// The maps to use by default.
  package let use: [MapName]
  /// The number of prompt tokens that diffusers reads for the family; nil if it is practically
  /// unlimited.
  package let mostTokens: Int?

  /// The available families, by the names of their profiles.
  package static var families: [String] {
    GeneratorResources.files(in: "diffusers").map { path, _ in
      String(path.dropFirst("diffusers/".count).dropLast(".py".count))
    }
  }

  /// Loads the script of a family; nil for an unknown name.
  package init?(family: String) {
    guard let bytes = GeneratorResources.file("diffusers/\(family).py") else { return nil }
    // The first line is for posemap: "# posemap: takes openpose depth; uses openpose; reads 77
    // tokens".
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard lines.count == 2 else { return nil }
    self.family = family
    func words(after word: String) -> [String] {
      let part = lines[0].split(separator: ";").first { $0.contains(word) } ?? ""
      return part.split(separator: " ").map(String.init)
    }
    takes = words(after: "takes").compactMap(MapName.init)
    use = words(after: "uses").compactMap(MapName.init)
    mostTokens = words(after: "reads").compactMap { Int($0) }.first
    script = Array(lines[1].utf8)
  }

  /// Returns whether a script is still as posemap wrote it, for any family.
  package static func isUnchanged(_ script: [UInt8]) -> Bool {
    families.contains { DiffusersExport(family: $0)?.script == script }
  }

  /// Returns whether an edited script is for this family's models, as far as its first line tells.
  package func suits(_ script: [UInt8]) -> Bool {
    let text = String(decoding: script, as: UTF8.self)
    return !text.contains("scene[\"models\"] != \"")
      || text.contains("scene[\"models\"] != \"\(family)\"")
  }

  /// Returns `generate.py`, `generate.json` and the maps of the named characters (nil means all) in
  /// folders beside it, and warnings about maps that are blank.
  package func files(
    of scene: PosedScene, described: Scene, name: String, maps: [MapName]?, only: [String]?
  ) throws -> (files: [OutputFile], warnings: [String]) {
    let used = maps ?? use
    let all = used + GeneratorMaps.masks.filter { !used.contains($0) }
    let characters = try GeneratorMaps.draw(scene, maps: all, only: only)
    let data = JSONValue.members([
      "scene": .string(name), "models": .string(family), "seed": .int(described.seed),
      "width": .int(described.canvas.width), "height": .int(described.canvas.height),
      "maps": .list(used.map { .string($0.rawValue) }),
      "characters": .list(characters.map { dictionary($0, used, described) }),
    ])
    let files = [
      OutputFile(path: Self.scriptName, bytes: script),
      OutputFile(path: "generate.json", bytes: data.file()),
    ]
    let warnings = characters.compactMap {
      $0.warning(onBlank: used, "its picture does without")
    }
    return (files + characters.flatMap(\.files), warnings)
  }

  private func dictionary(_ own: GeneratorMaps, _ maps: [MapName], _ scene: Scene) -> JSONValue {
    let prompt = scene.prompt(of: own.id)
    return .members([
      "id": .string(own.id), "prompt": .string(prompt.text), "negative": .string(prompt.negative),
      "folder": .string(own.id),
      "blank": .list(maps.filter(own.blank.contains).map { .string($0.rawValue) }),
    ])
  }

  /// Returns the named characters (nil means all) with longer prompts than the family reads; two of
  /// the tokens are reserved.
  package func tooLong(of described: Scene, only: [String]?) -> [String] {
    guard let mostTokens else { return [] }
    return described.characters.map(\.id).filter { only?.contains($0) ?? true }.filter {
      Self.fewestTokens(of: described.prompt(of: $0).text) > mostTokens - 2
    }
  }

  /// Returns a lower bound: each word or mark is at least one token.
  private static func fewestTokens(of text: String) -> Int {
    var (count, isInWord) = (0, false)
    for character in text {
      let isOfWord = character.isLetter || character.isNumber || character == "'"
      if isOfWord ? !isInWord : !character.isWhitespace { count += 1 }
      isInWord = isOfWord
    }
    return count
  }
}
