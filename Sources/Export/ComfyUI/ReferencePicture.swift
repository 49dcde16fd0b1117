internal import SceneFiles

/// A character's reference picture, as the workflows of edit models load it.
package enum ReferencePicture {
  /// The names that such a picture can have, one for each format.
  static let names = names("reference")

  /// Returns the names that a picture of another purpose can have.
  static func names(_ stem: String) -> [String] {
    PictureKind.allCases.map { name(stem, of: $0) }
  }

  /// Returns the picture under the name for its format; nil if the bytes are not a picture.
  package static func file(_ bytes: [UInt8], named stem: String = "reference") -> OutputFile? {
    PictureKind(bytes.prefix(PictureKind.headLength)).map {
      OutputFile(path: name(stem, of: $0), bytes: bytes)
    }
  }

  private static func name(_ stem: String, of kind: PictureKind) -> String {
    "\(stem).\(kind == .jpeg ? "jpg" : "\(kind)")"
  }
}
