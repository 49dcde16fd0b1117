internal import SceneFiles

/// The words by which pairs are found, from `Resources/library/tags.json`. Poses and hand shapes
/// have theirs in their files.
/// theirs in their files.
enum LibraryTags {
  private static let root: JSONNode? = {
    let bytes = EmbeddedFiles.file("Sources/Studio/Resources/library/tags.json") ?? []
    return try? JSONParser.parse(bytes)
  }()

  /// Returns the words of a pair; empty if the file does not list it.
  static func of(pair name: String) -> [String] {
    (root?["pairs"]?[name]?.items ?? []).compactMap(\.text)
  }
}
