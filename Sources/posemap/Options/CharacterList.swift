internal import ArgumentParser
internal import PoseRig
internal import PosemapKit

/// `ana,ben` on the command line.
enum CharacterList {
  /// Returns the ids named, all of them characters of a scene.
  static func parse(_ list: String, in loaded: LoadedScene) throws -> [String] {
    let ids = try parse(list)
    try CharacterChoice.check(ids, among: loaded.scene.characters.map(\.id))
    return ids
  }

  /// Returns the ids named, whether or not any character has them.
  static func parse(_ list: String) throws -> [String] {
    let ids = list.split(separator: ",").map(String.init)
    if ids.isEmpty { throw ValidationError("--only names no character") }
    return ids
  }
}
