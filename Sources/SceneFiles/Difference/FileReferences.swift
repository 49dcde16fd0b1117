/// The files that a document names: poses, clips, models, bones, props, hair, garments.
package enum FileReferences {
  /// The keys with text for people, or with a picture that no map shows.
  private static let words: Set<String> = [
    "$schema", "name", "description", "phrase", "tags", "prompt", "negative", "id", "plate",
    "reference",
  ]

  /// Returns the paths of all files that a document might refer to, resolved as its readers do:
  /// relative to the document, or in the library.
  ///
  /// - Parameter rigsFolder: the folder with the library; nil if there is no library.
  package static func paths(in document: Document, rigsFolder: String?) -> Set<String> {
    var paths: Set<String> = []
    collect(document.root) { text in
      if text.hasSuffix(".json") || FileKind(named: text) == .foreign {
        paths.insert(FilePath.resolve(text, besides: document.file))
      } else if let rigsFolder {
        for kind in PoseCard.Kind.allCases {
          paths.insert(
            FilePath.normalized("\(rigsFolder)/poses/\(kind.folder)\(text).pose.json"))
        }
        paths.insert(PropReader.path(of: text, in: rigsFolder))
        paths.insert(HairReader.path(of: text, in: rigsFolder))
        paths.insert(ClothesReader.path(of: text, in: rigsFolder))
      }
    }
    return paths
  }

  private static func collect(_ node: JSONNode, _ take: (String) -> Void) {
    switch node.value {
    case .string(let text): take(text)
    case .array(let items): items.forEach { collect($0, take) }
    case .object(let members):
      for member in members where !words.contains(member.key) {
        // Garments with parameters are named by keys.
        for item in member.key == "wear" ? member.node.items ?? [] : [] {
          if case .object(let garments) = item.value { garments.forEach { take($0.key) } }
        }
        collect(member.node, take)
      }
    default: break
    }
  }
}
