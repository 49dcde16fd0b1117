import SceneFiles

/// A change of a document as a person might make it, which can be made in any version of it.
struct RandomEdit {
  enum Change {
    case set(Way, JSONValue)
    case remove(Way)
    /// Puts an item into a list before another one; at the end for nil.
    case insert(Way, JSONValue, before: String?)
    /// Gives an id to a character, wherever it stands.
    case rename(String, to: String)
  }

  var change: Change
  /// The place that nobody else may touch for the two changes to be apart.
  var way: Way
  /// The characters and props that must stay for the change to make sense.
  var needs: Set<String> = []
  /// The character or prop that it removes.
  var removes: String?
  /// The kind of change, for the count.
  var kind: String

  var isInsertion: Bool { if case .insert = change { true } else { false } }
  var isRename: Bool { if case .rename = change { true } else { false } }

  /// Whether two people can make the two changes without knowing of each other.
  func isApart(from other: RandomEdit) -> Bool {
    if isRename || other.isRename {
      return !(isRename && other.isRename) && removes == nil && other.removes == nil
        && way != other.way
    }
    return !way.meets(other.way) && !(removes.map(other.needs.contains) ?? false)
      && !(other.removes.map(needs.contains) ?? false)
  }

  /// Returns the document after the change; nil where it cannot be made.
  func made(in document: Document) -> Document? {
    switch change {
    case .set(let way, let value):
      guard let path = way.path(in: document) else { return nil }
      return try? Self.withParent(of: path, in: document).applying(.set(path, value)).document
    case .remove(let way):
      guard let path = way.path(in: document) else { return nil }
      return try? document.applying(.remove(path)).document
    case .insert(let list, let value, let next):
      guard let path = list.path(in: document) else { return nil }
      guard let items = document.node(at: path)?.items else {
        return try? document.applying(.set(path, .list([value]))).document
      }
      let index = next.flatMap { next in
        items.firstIndex { Way.name(of: $0) == next }
      }
      if next != nil, index == nil { return nil }
      let edit = DocumentEdit.insert(path.appending(.index(index ?? items.count)), value)
      return try? document.applying(edit).document
    case .rename(let old, let new): return Self.renamed(document, old, new)
    }
  }

  /// The first of its kind brings the object with it that holds all of them.
  private static func withParent(of path: DocumentPath, in document: Document) throws -> Document {
    guard let parent = path.parent, document.node(at: parent) == nil else { return document }
    return try document.applying(.set(parent, .object([]))).document
  }

  /// Renames by text, as a person would with search and replace: an oracle apart from the merge.
  private static func renamed(_ document: Document, _ old: String, _ new: String) -> Document? {
    let text = document.text.replacing("\"\(old)\"", with: "\"\(new)\"")
      .replacing("\"\(old).", with: "\"\(new).")
    return try? Document(Array(text.utf8), file: document.file)
  }
}
