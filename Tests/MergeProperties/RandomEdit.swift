import SceneFiles

/// A change to a document as a person might make it, which can be applied to any version.
struct RandomEdit {
  enum Change {
    case set(Way, JSONValue)
    case remove(Way)
    /// Inserts an item into a list before another item; at the end for nil.
    case insert(Way, JSONValue, before: String?)
    /// Gives a character an id, wherever it is.
    case rename(String, to: String)
  }

  var change: Change
  /// The location that nobody else may change for two changes to be independent.
  var way: Way
  /// The characters and props that must stay for the change to make sense.
  var needs: Set<String> = []
  /// The character or prop that it removes.
  var removes: String?
  /// The kind of change, for the count.
  var kind: String

  var isInsertion: Bool { if case .insert = change { true } else { false } }
  var isRename: Bool { if case .rename = change { true } else { false } }

  /// Returns whether two people can make the two changes independently.
  func isApart(from other: RandomEdit) -> Bool {
    if isRename || other.isRename {
      return !(isRename && other.isRename) && removes == nil && other.removes == nil
        && way != other.way
    }
    return !way.meets(other.way) && !(removes.map(other.needs.contains) ?? false)
      && !(other.removes.map(needs.contains) ?? false)
  }

  /// Returns the document after the change; nil if it cannot be applied.
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

  /// The first of its kind also creates the object that contains all of them.
  private static func withParent(of path: DocumentPath, in document: Document) throws -> Document {
    guard let parent = path.parent, document.node(at: parent) == nil else { return document }
    return try document.applying(.set(parent, .object([]))).document
  }

  /// Renames in the text, as a person would with search and replace: an oracle independent of the
  /// merge.
  private static func renamed(_ document: Document, _ old: String, _ new: String) -> Document? {
    let text = document.text.replacing("\"\(old)\"", with: "\"\(new)\"")
      .replacing("\"\(old).", with: "\"\(new).")
    return try? Document(Array(text.utf8), file: document.file)
  }
}
