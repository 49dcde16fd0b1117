internal import SceneFiles

/// A picture of a character, as the workflows of edit models load it.
package enum ReferencePicture {
  /// The names that such a picture can have, by its kind.
  static let names = PictureKind.allCases.map(name(of:))

  /// Returns a picture under the name of its kind; nil for other bytes.
  package static func file(_ bytes: [UInt8]) -> OutputFile? {
    PictureKind(bytes.prefix(PictureKind.headLength)).map {
      OutputFile(path: name(of: $0), bytes: bytes)
    }
  }

  private static func name(of kind: PictureKind) -> String {
    "reference.\(kind == .jpeg ? "jpg" : "\(kind)")"
  }
}
