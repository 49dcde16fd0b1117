public import SceneFiles

/// A change of one file.
public struct FileEdit: Equatable, Sendable {
  /// The file's path.
  public var file: String
  /// The change.
  public var edit: DocumentEdit

  /// A change from its parts.
  public init(file: String, edit: DocumentEdit) {
    self.file = file
    self.edit = edit
  }
}

/// The scene and the pose files of a session, as text, and their saved content.
public struct EditedFiles: Sendable {
  /// The scene's path.
  public let scenePath: String
  /// The files by path.
  public private(set) var documents: [String: Document]
  /// The content that each has on the disk.
  private var saved: [String: [UInt8]]

  /// The files of a scene as they were read.
  public init(scene: Document, poses: [Document] = []) {
    scenePath = scene.file
    documents = Dictionary([scene] + poses, by: \.file)
    saved = documents.mapValues(\.bytes)
  }

  /// The scene.
  public var scene: Document {
    guard let scene = documents[scenePath] else { preconditionFailure("no scene is edited") }
    return scene
  }

  /// The paths of files with changes that are not saved, in alphabetical order.
  public var unsaved: [String] {
    documents.filter { saved[$0.key] != $0.value.bytes }.keys.sorted()
  }

  /// Takes note that a file is on the disk as it is here.
  public mutating func markSaved(_ path: String) { saved[path] = documents[path]?.bytes }

  /// Makes all changes in their order, or leaves everything as it was.
  ///
  /// Returns the changes that take them back, in the order in which to make them.
  public mutating func apply(_ edits: [FileEdit]) throws(DocumentEditFault) -> [FileEdit] {
    var changed = documents
    var inverse: [FileEdit] = []
    for edit in edits {
      guard let document = changed[edit.file] else { throw .missing(DocumentPath()) }
      let result = try document.applying(edit.edit)
      changed[edit.file] = result.document
      inverse.insert(FileEdit(file: edit.file, edit: result.inverse), at: 0)
    }
    documents = changed
    return inverse
  }
}

extension Dictionary {
  fileprivate init(_ values: [Value], by key: (Value) -> Key) {
    self.init(values.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
