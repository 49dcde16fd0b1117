internal import ArgumentParser
internal import PoseRig
internal import PosemapKit

/// A list of characters such as `ana,ben` on the command line.
enum CharacterList {
  /// Returns the ids in the list; all of them must be characters of the scene.
  static func parse(_ list: String, in loaded: LoadedScene) throws -> [String] {
    let ids = try parse(list)
    try CharacterChoice.check(ids, among: loaded.scene.characters.map(\.id))
    return ids
  }

  /// Returns the ids in the list, whether or not any character has them.
  static func parse(_ list: String) throws -> [String] {
    let ids = list.split(separator: ",").map(String.init)
    if ids.isEmpty { throw ValidationError("--only names no character") }
    return ids
  }
}
