internal import ArgumentParser
internal import PoseRig

/// `ana,ben` on the command line.
enum CharacterList {
  /// The ids named, all of them some scene's.
  static func parse(_ list: String, in scenes: [LoadedScene]) throws -> [String] {
    let ids = try parse(list)
    let known = scenes.flatMap { $0.scene.characters.map(\.id) }
    for id in ids where !known.contains(id) {
      printError(
        "posemap: error: --only \(id): no character has this id; there are: "
          + known.joined(separator: ", "))
      throw ExitCode.usage
    }
    return ids
  }

  /// The ids named, whether or not anyone has them.
  static func parse(_ list: String) throws -> [String] {
    let ids = list.split(separator: ",").map(String.init)
    if ids.isEmpty { throw ValidationError("--only names no character") }
    return ids
  }
}
