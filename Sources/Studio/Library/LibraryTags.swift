internal import SceneFiles

/// The words by which things of the library are found, from `Resources/library/tags.json`.
enum LibraryTags {
  private static let root: JSONNode? = {
    let bytes = EmbeddedFiles.file("Sources/Studio/Resources/library/tags.json") ?? []
    return try? JSONParser.parse(bytes)
  }()

  /// Returns the words of a thing; empty for one that is not told of there.
  ///
  /// - Parameter kind: `poses`, `hands` or `pairs`.
  static func of(_ name: String, _ kind: String) -> [String] {
    (root?[kind]?[name]?.items ?? []).compactMap(\.text)
  }
}
