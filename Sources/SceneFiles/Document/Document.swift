/// A JSON file as text, tree and locations. It is parsed once, edited by path and written
/// formatted.
///
/// ```swift
/// let bytes = Array(#"{"characters": [{"id": "ana", "yaw": 0}]}"#.utf8)
/// let document = try Document(bytes, file: "scene.json")
/// let turned = try document.applying(
///   .set(DocumentPath("characters[0].yaw")!, .number(20)))
/// print(turned.document.text)
/// let undone = try turned.document.applying(turned.inverse)
/// ```
public struct Document: Sendable {
  /// The file's path, for messages.
  public let file: String
  /// The file's content.
  public let bytes: [UInt8]
  /// The tree of its values, with their locations.
  package let root: JSONNode

  /// Parses a file's content.
  ///
  /// - Throws: a diagnostic with the code `syntax`, `unmerged` or `pointer`, if the content is not
  ///   JSON.
  public init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    do {
      root = try JSONParser.parse(bytes, file: file)
    } catch {
      throw Diagnostic(.error, error.code, file: file, at: error.location, error.message)
    }
    self.bytes = bytes
    self.file = file
  }

  /// The content as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The type of file, by its content; nil for an object of an unknown type.
  public var kind: FileKind? { FileKind(of: root) }

  /// Returns the text in the canonical layout; nil if the document is not an object.
  public func canonicalText() -> String? {
    guard case .object = root.value else { return nil }
    return CanonicalLayout.text(of: JSONValue(root))
  }

  /// Returns the text in the canonical layout with the file's own line endings; nil if the document
  /// is not an object.
  ///
  /// Git on Windows can change a file's line endings on checkout. A byte order mark is dropped,
  /// since JSON does not allow one.
  package func canonicalBytes() -> [UInt8]? {
    canonicalText().map { Array(LineEnd(of: bytes).ending($0).utf8) }
  }

  /// Returns the location of a value; nil if the path does not exist.
  public func location(of path: DocumentPath) -> TextLocation? { node(at: path)?.location }

  /// Returns the path of the value or key that begins at a location; nil if no value or key begins
  /// there.
  public func path(at location: TextLocation) -> DocumentPath? {
    Self.path(at: location, in: root, DocumentPath())
  }

  package func node(at path: DocumentPath) -> JSONNode? {
    path.steps.reduce(root) { node, step in
      switch (step, node?.value) {
      case (.key(let key), .object): return node?[key]
      case (.index(let index), .array(let items)):
        return items.indices.contains(index) ? items[index] : nil
      default: return nil
      }
    }
  }

  private static func path(
    at location: TextLocation, in node: JSONNode, _ path: DocumentPath
  ) -> DocumentPath? {
    if node.location == location { return path }
    switch node.value {
    case .object(let members):
      for member in members {
        let inner = path.appending(.key(member.key))
        if member.keyLocation == location { return inner }
        if let found = Self.path(at: location, in: member.node, inner) { return found }
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        if let found = Self.path(at: location, in: item, path.appending(.index(index))) {
          return found
        }
      }
    default: break
    }
    return nil
  }
}
