import SceneFiles

/// A path into a document by ids and names, which remains valid while items are added and removed.
struct Way: Hashable {
  enum Step: Hashable {
    case key(String)
    /// The item of a list with this id, name or text.
    case item(String)
  }

  var steps: [Step] = []

  func key(_ key: String) -> Way { Way(steps: steps + [.key(key)]) }
  func item(_ name: String) -> Way { Way(steps: steps + [.item(name)]) }

  /// Returns whether one of two locations is inside the other.
  func meets(_ other: Way) -> Bool {
    zip(steps, other.steps).allSatisfy { $0 == $1 }
  }

  /// The path in a document; nil if there is no such item.
  func path(in document: Document) -> DocumentPath? {
    var path = DocumentPath()
    for step in steps {
      switch step {
      case .key(let key): path = path.appending(.key(key))
      case .item(let name):
        guard let items = document.node(at: path)?.items,
          let index = items.firstIndex(where: { Self.name(of: $0) == name })
        else { return nil }
        path = path.appending(.index(index))
      }
    }
    return path
  }

  /// Returns the text that identifies an item of a list.
  static func name(of item: JSONNode) -> String? {
    item.text ?? item["id"]?.text ?? item["name"]?.text
  }
}
