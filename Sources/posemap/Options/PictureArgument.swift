import ArgumentParser
internal import Export

/// An argument such as `ben=ben.png` on the command line: a picture, and the character that it
/// shows.
struct PictureArgument: Equatable {
  /// The character's id; nil if only a file was given.
  var id: String?
  /// The file's path.
  var path: String

  init(id: String?, path: String) {
    self.id = id
    self.path = path
  }

  /// Splits an argument at its first equals sign into id and path; if a slash comes before the
  /// sign, the whole argument is a path.
  init(_ argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    if parts.count == 2, !parts[0].contains("/") {
      (id, path) = (parts[0], parts[1])
    } else {
      (id, path) = (nil, argument)
    }
  }

  /// Parses a picture to paste into the base, which needs an id.
  static func pasted(_ argument: String) throws -> PictureArgument {
    let picture = PictureArgument(argument)
    guard picture.id != nil, !picture.path.isEmpty else {
      throw ValidationError(
        "\(argument): say whom the picture shows, and its file, as <id>=<file>, like ben=ben.png")
    }
    return picture
  }

  /// Parses the picture to paste the others into.
  static func base(_ argument: String) throws -> PictureArgument {
    let picture = PictureArgument(argument)
    if picture.path.isEmpty {
      throw ValidationError("--base \(argument): name a PNG file, as <file> or <id>=<file>")
    }
    return picture
  }

  /// Returns the id that the file is named after, such as `ben.png`, or that its folder from
  /// `posemap comfyui` is named after, such as `ben/generated/face.png` or
  /// `ben/seed-8/generated/face.png`; nil if neither is a character's.
  func nameInPath(of ids: [String]) -> String? {
    let parts = path.split(separator: "/").map(String.init)
    let stem = parts.last?.split(separator: ".").first.map(String.init)
    if let id = ids.first(where: { $0 == stem }) { return id }
    guard parts.count >= 3, parts[parts.count - 2] == ComfyCharacter.generatedFolder else {
      return nil
    }
    let folder = parts[parts.count - 3]
    // One of several seeds has a folder of its own inside the character's.
    let isSeed = parts.count >= 4 && folder.hasPrefix("seed-")
    return ids.first { $0 == folder || isSeed && $0 == parts[parts.count - 4] }
  }
}
