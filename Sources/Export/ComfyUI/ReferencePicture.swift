internal import SceneFiles

/// A character's reference picture, as the workflows of edit models load it.
package enum ReferencePicture {
  /// The names that such a picture can have, one for each format.
  static let names = PictureKind.allCases.map(name(of:))

  /// Returns the picture under the name for its format; nil if the bytes are not a picture.
  package static func file(_ bytes: [UInt8]) -> OutputFile? {
    PictureKind(bytes.prefix(PictureKind.headLength)).map {
      OutputFile(path: name(of: $0), bytes: bytes)
    }
  }

  private static func name(of kind: PictureKind) -> String {
    "reference.\(kind == .jpeg ? "jpg" : "\(kind)")"
  }
}
