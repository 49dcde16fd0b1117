package import PoseRig

/// Makes a Python script for diffusers that generates a scene's characters, and the maps that it loads.
package struct DiffusersExport {
  /// The script with tokens (`@@SEED@@`) where the scene's values go.
  private let template: String
  /// The maps that the family takes.
  package let takes: [MapName]
  /// Those that are used unless others are asked for.
  package let use: [MapName]

  /// The families there are, by the names of their profiles.
  package static var families: [String] {
    GeneratorResources.files(in: "diffusers").map { path, _ in
      String(path.dropFirst("diffusers/".count).dropLast(".py".count))
    }
  }

  /// The script of a family; nil if there is none of this name.
  package init?(family: String) {
    guard let bytes = GeneratorResources.file("diffusers/\(family).py") else { return nil }
    // The first line is for posemap: "# posemap: takes openpose depth; uses openpose".
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard lines.count == 2 else { return nil }
    func maps(after word: String) -> [MapName] {
      let part = lines[0].split(separator: ";").first { $0.contains(word) } ?? ""
      return part.split(separator: " ").compactMap { MapName(rawValue: String($0)) }
    }
    takes = maps(after: "takes")
    use = maps(after: "uses")
    template = String(lines[1])
  }

  /// `generate.py`, and the maps of the characters named, all for nil, in their folders beside it.
  package func files(
    of scene: PosedScene, described: Scene, name: String, maps: [MapName]?, only: [String]?
  ) throws -> [OutputFile] {
    let used = maps ?? use
    let all = used + GeneratorMaps.masks.filter { !used.contains($0) }
    let characters = try GeneratorMaps.draw(scene, maps: all, only: only)
    let values: [(String, JSONValue)] = [
      ("SCENE", .string(name)), ("PROMPT", .string(described.prompt.text)),
      ("CHARACTERS", .list(characters.map { dictionary($0.id, described) })),
      ("MAPS", .list(used.map { .string($0.rawValue) })), ("SEED", .int(described.seed)),
      ("WIDTH", .int(described.canvas.width)), ("HEIGHT", .int(described.canvas.height)),
    ]
    let script = Self.filled(template, values)
    return [OutputFile(path: "generate.py", bytes: Array(script.utf8))]
      + characters.flatMap(\.files)
  }

  private func dictionary(_ id: String, _ scene: Scene) -> JSONValue {
    let own = scene.characters.first { $0.id == id }?.prompt ?? Prompt()
    let prompt = scene.prompt.joined(with: own)
    return .members([
      "id": .string(id), "prompt": .string(prompt.text), "negative": .string(prompt.negative),
      "folder": .string(id),
    ])
  }

  /// Texts, whole numbers, lists and objects are the same in JSON and in Python.
  private static func filled(_ template: String, _ values: [(String, JSONValue)]) -> String {
    var text = ""
    var rest = template[...]
    while let start = rest.firstRange(of: "@@") {
      text += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstRange(of: "@@"),
        let value = values.first(where: { $0.0 == rest[start.upperBound..<end.lowerBound] })?.1
      else {
        text += "@@"
        rest = rest[start.upperBound...]
        continue
      }
      text += value.text
      rest = rest[end.upperBound...]
    }
    return text + rest
  }
}
