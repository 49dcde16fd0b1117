/// One change to a document.
public enum DocumentEdit: Equatable, Sendable {
  /// Replaces the value at a path; a missing key is added.
  case set(DocumentPath, JSONValue)
  /// Inserts an item into a list before the item at this path, or a member into an object at this
  /// index (by default at the end).
  case insert(DocumentPath, JSONValue, at: Int? = nil)
  /// Removes an item or a member.
  case remove(DocumentPath)
  /// Changes the key of the member at a path.
  case rename(DocumentPath, to: String)
}

/// The reason why a document cannot be edited.
public enum DocumentEditFault: Error, Equatable, CustomStringConvertible {
  /// There is no value at the path.
  case missing(DocumentPath)
  /// The value at the path is not a list or object that could hold another.
  case notAContainer(DocumentPath)
  /// There is a value at the path already.
  case taken(DocumentPath)

  /// The reason in a sentence.
  public var description: String {
    switch self {
    case .missing(let path): "there is nothing at \(path)"
    case .notAContainer(let path):
      "\(path.steps.isEmpty ? "the document" : "\(path)") holds no other values"
    case .taken(let path): "there is already something at \(path)"
    }
  }
}

extension Document {
  /// Returns the document after an edit, and the edit that undoes it.
  ///
  /// A document in the canonical layout keeps it; in any other document, only the edited text
  /// changes.
  public func applying(
    _ edit: DocumentEdit
  ) throws(DocumentEditFault) -> (document: Document, inverse: DocumentEdit) {
    let splice: Splice
    let inverse: DocumentEdit
    switch edit {
    case .set(let path, let value):
      if let node = node(at: path) {
        splice = Splice(range: node.range, text: laidOut(value, at: path))
        inverse = .set(path, JSONValue(node))
      } else {
        return try applying(.insert(path, value))
      }
    case .insert(let path, let value, let index):
      splice = try insertion(of: value, at: path, index)
      inverse = .remove(path)
    case .remove(let path):
      (splice, inverse) = try removal(of: path)
    case .rename(let path, let key):
      (splice, inverse) = try renaming(of: path, to: key)
    }
    return (spliced(splice), inverse)
  }

  /// A replacement of a range of the text.
  private struct Splice {
    var range: Range<Int>
    var text: String
  }

  private func spliced(_ splice: Splice) -> Document {
    var changed = bytes
    changed.replaceSubrange(splice.range, with: Array(splice.text.utf8))
    if canonicalBytes() == bytes, let parsed = try? Document(changed, file: file),
      let layout = parsed.canonicalText()
    {
      changed = Array(LineEnd(of: bytes).ending(layout).utf8)
    }
    // Replacing a well-formed value with another keeps the text well-formed.
    guard let document = try? Document(changed, file: file) else {
      preconditionFailure("an edit made text that is not JSON")
    }
    return document
  }

  /// Returns the byte ranges of each item or member of a value, including keys; nil for a value
  /// that contains no others, or other steps.
  private static func parts(of node: JSONNode, by step: DocumentPath.Step) -> [Range<Int>]? {
    switch (node.value, step) {
    case (.object(let members), .key):
      members.map { $0.keyRange.lowerBound..<$0.node.range.upperBound }
    case (.array(let items), .index): items.map(\.range)
    default: nil
    }
  }

  // MARK: Insertion

  private func insertion(
    of value: JSONValue, at path: DocumentPath, _ index: Int?
  ) throws(DocumentEditFault) -> Splice {
    guard let parentPath = path.parent, let step = path.steps.last else { throw .taken(path) }
    guard let parent = node(at: parentPath) else { throw .missing(parentPath) }
    guard let parts = Self.parts(of: parent, by: step) else { throw .notAContainer(parentPath) }
    let text = laidOut(value, at: path)
    switch step {
    case .key(let key):
      guard parent[key] == nil else { throw .taken(path) }
      return insertion(
        of: "\(JSONValue.string(key).line): \(text)", into: parent, parts, at: index ?? parts.count)
    case .index(let index):
      guard index <= parts.count else { throw .missing(path) }
      return insertion(of: text, into: parent, parts, at: index)
    }
  }

  private func insertion(
    of text: String, into parent: JSONNode, _ parts: [Range<Int>], at index: Int
  ) -> Splice {
    let inside = (parent.range.lowerBound + 1)..<(parent.range.upperBound - 1)
    guard let first = parts.first else { return Splice(range: inside, text: text) }
    // Separate items like the first one from its bracket; on one line, by a space.
    let lead = String(decoding: bytes[inside.lowerBound..<first.lowerBound], as: UTF8.self)
    let gap = lead.contains("\n") ? lead : " "
    if index >= parts.count {
      let end = parts[parts.count - 1].upperBound
      return Splice(range: end..<end, text: "," + gap + text)
    }
    let start = parts[index].lowerBound
    return Splice(range: start..<start, text: text + "," + gap)
  }

  /// Returns the text of a value on one line, with its keys in canonical order.
  private func laidOut(_ value: JSONValue, at path: DocumentPath) -> String {
    CanonicalLayout.inline(value, of: path.steps.reversed().lazy.compactMap(\.key).first ?? "")
  }

  // MARK: Removal and renaming

  private func removal(
    of path: DocumentPath
  ) throws(DocumentEditFault) -> (Splice, DocumentEdit) {
    guard let parentPath = path.parent, let step = path.steps.last else {
      throw .notAContainer(path)
    }
    guard let parent = node(at: parentPath), let node = node(at: path),
      let parts = Self.parts(of: parent, by: step),
      let index = parts.firstIndex(where: { $0.upperBound == node.range.upperBound })
    else { throw .missing(path) }
    // Include the comma and the space that separate it from its neighbor.
    let range =
      parts.count == 1
      ? (parent.range.lowerBound + 1)..<(parent.range.upperBound - 1)
      : index + 1 < parts.count
        ? parts[index].lowerBound..<parts[index + 1].lowerBound
        : parts[index - 1].upperBound..<parts[index].upperBound
    return (Splice(range: range, text: ""), .insert(path, JSONValue(node), at: index))
  }

  private func renaming(
    of path: DocumentPath, to key: String
  ) throws(DocumentEditFault) -> (Splice, DocumentEdit) {
    guard let parentPath = path.parent, case .key(let old)? = path.steps.last else {
      throw .notAContainer(path)
    }
    guard let member = node(at: parentPath)?.members.first(where: { $0.key == old }) else {
      throw .missing(path)
    }
    let renamed = parentPath.appending(.key(key))
    guard node(at: renamed) == nil else { throw .taken(renamed) }
    return (
      Splice(range: member.keyRange, text: JSONValue.string(key).line), .rename(renamed, to: old)
    )
  }
}

extension DocumentPath.Step {
  fileprivate var key: String? { if case .key(let key) = self { key } else { nil } }
}
