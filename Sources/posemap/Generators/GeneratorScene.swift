internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// Facts about a scene that the commands for generators need before loading it.
enum GeneratorScene {
  /// Returns the profile that a scene's file names; nil if there is no name, or the file is not
  /// readable, which loading the scene reports.
  static func profile(of path: String) -> Profile? {
    guard case .success(let bytes) = FileLoader.bytes(path),
      let root = try? JSONParser.parse(bytes), case .object(let members) = root.value,
      case .string(let name)? = members.first(where: { $0.key == "profile" })?.node.value
    else { return nil }
    return Profile.named(name)
  }

  /// Returns a scene's name in characters that all generators accept: letters, digits, `-`, `_`.
  static func folderName(_ name: String) -> String {
    let kept = name.unicodeScalars.map { scalar -> Swift.Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain || "-_".unicodeScalars.contains(scalar) ? Swift.Character(scalar) : "-"
    }
    return kept.isEmpty ? "scene" : String(kept)
  }
}
