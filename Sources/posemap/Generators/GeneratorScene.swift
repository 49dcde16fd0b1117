internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// What generators' commands ask of a scene before it is read as a whole.
enum GeneratorScene {
  /// The profile that the scene's file names; nil if it names none, or cannot be read (which is said when it is).
  static func profile(of path: String) -> Profile? {
    guard case .success(let bytes) = FileLoader.bytes(path),
      let root = try? JSONParser.parse(bytes), case .object(let members) = root.value,
      case .string(let name)? = members.first(where: { $0.key == "profile" })?.node.value
    else { return nil }
    return Profile(rawValue: name)
  }

  /// A scene's name as generators' folders and programs take it everywhere: letters, digits, `-` and `_`.
  static func folderName(_ name: String) -> String {
    let kept = name.unicodeScalars.map { scalar -> Swift.Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain || "-_".unicodeScalars.contains(scalar) ? Swift.Character(scalar) : "-"
    }
    return kept.isEmpty ? "scene" : String(kept)
  }
}
