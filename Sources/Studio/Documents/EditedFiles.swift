internal import PosemapKit
public import SceneFiles

/// The scene and the pose files of a session, as text, with their saved contents.
public struct EditedFiles: Sendable {
  /// The scene's path.
  public let scenePath: String
  /// The files by path.
  public private(set) var contents: [String: FileContent]
  /// The content of each file on disk, as far as it is known.
  private var saved: [String: [UInt8]]
  /// The files that were on disk and no longer exist.
  private var gone: Set<String> = []
  /// The files that the scene on disk names as poses, which can be in any folder.
  private var trusted: Set<String> = []

  /// Takes the files of a scene as they were read.
  public init(scene: Document, poses: [Document] = []) {
    scenePath = scene.file
    contents = Dictionary(
      ([scene] + poses).map { ($0.file, FileContent($0)) }, uniquingKeysWith: { first, _ in first })
    saved = contents.mapValues(\.bytes)
  }

  /// Takes a scene that might not be JSON.
  ///
  /// - Parameter isOnDisk: whether the scene was read, rather than newly created.
  public init(scenePath: String, bytes: [UInt8], isOnDisk: Bool = true) {
    self.scenePath = scenePath
    contents = [scenePath: FileContent(bytes, file: scenePath)]
    saved = isOnDisk ? [scenePath: bytes] : [:]
  }

  /// The valid files, by path; a file with a draft has its last valid content.
  public var documents: [String: Document] { contents.compactMapValues(\.document) }

  /// The drafts, by path: texts that are not JSON.
  public var drafts: [String: FileContent.Draft] { contents.compactMapValues(\.draft) }

  /// The scene in force; an empty object if it was never valid JSON.
  public var scene: Document { contents[scenePath]?.document ?? Self.nothing }

  private static let nothing: Document = {
    guard let document = try? Document(Array("{}\n".utf8), file: "") else {
      preconditionFailure("{} is not JSON")
    }
    return document
  }()

  /// The scene's path, then those of the other files in alphabetical order.
  public var paths: [String] { [scenePath] + contents.keys.filter { $0 != scenePath }.sorted() }

  /// The paths of files with unsaved changes, in alphabetical order.
  public var unsaved: [String] { contents.keys.filter { !isSaved($0) }.sorted() }

  /// Returns whether a file on disk equals the edited one.
  public func isSaved(_ path: String) -> Bool {
    !gone.contains(path) && saved[path] == contents[path]?.bytes
  }

  /// Returns the content that a file had on disk when it was last checked; nil if it never
  /// existed there.
  public func savedBytes(of path: String) -> [UInt8]? { saved[path] }

  /// Returns whether a file was on disk when it was last checked.
  public func isOnDisk(_ path: String) -> Bool { saved[path] != nil && !gone.contains(path) }

  /// The paths of the files that characters name as their poses, whether or not they are loaded.
  public var named: Set<String> { named(in: scene) }

  private func named(in scene: Document) -> Set<String> {
    Set(
      (scene.root["characters"]?.items ?? []).compactMap { character in
        guard let name = character["pose"]?.text, name.hasSuffix(".json") else { return nil }
        return FilePath.resolve(name, besides: scenePath)
      })
  }

  /// Returns whether a character or prop has an id.
  func hasItem(_ id: String) -> Bool {
    ["characters", "props"].contains { list in
      scene.root[list]?.items?.contains { $0["id"]?.text == id } == true
    }
  }

  // MARK: Files that may be written

  /// Records that the poses that the scene names now can be edited in any folder.
  mutating func trustNames() { trusted.formUnion(named) }

  /// Records that the poses named by a text that others wrote can be edited in any folder.
  mutating func trustNames(in bytes: [UInt8], of path: String) {
    guard path == scenePath, let scene = try? Document(bytes, file: path) else { return }
    trusted.formUnion(named(in: scene))
  }

  /// Returns whether a pose can be edited: below the scene's folder, or wherever someone other than
  /// this program named it. Files elsewhere that edits name are read but never written.
  func mayHold(_ path: String) -> Bool {
    trusted.contains(path)
      || FileIdentity.staysBelow(path, FileIdentity.folder(of: scenePath))
  }

  // MARK: The disk

  /// Records that a file on disk equals the edited one.
  public mutating func markSaved(_ path: String) {
    if let bytes = contents[path]?.bytes { markSaved(path, as: bytes) }
  }

  /// Records the content of a file on disk.
  public mutating func markSaved(_ path: String, as bytes: [UInt8]) {
    saved[path] = bytes
    gone.remove(path)
  }

  /// Records that a file is no longer on disk; the edited one stays.
  public mutating func markGone(_ path: String) { gone.insert(path) }

  /// Adds a file from disk; a file that is already loaded stays unchanged.
  public mutating func add(_ path: String, bytes: [UInt8]) {
    guard contents[path] == nil else { return }
    contents[path] = FileContent(bytes, file: path)
    markSaved(path, as: bytes)
  }

  // MARK: Changes

  /// Makes all changes in order, or leaves everything unchanged.
  ///
  /// Returns the changes that undo them, in the order in which to make them.
  public mutating func apply(_ edits: [FileEdit]) throws(SceneEditFault) -> [FileEdit] {
    var changed = contents
    var inverse: [FileEdit] = []
    for edit in edits {
      let before = changed[edit.file]
      switch edit.change {
      case .content(let parts):
        changed[edit.file] = parts.map { FileContent($0, file: edit.file) }
        inverse.append(FileEdit(file: edit.file, content: before))
      case .value(let value):
        let result = try Self.apply(value, to: edit.file, before)
        changed[edit.file] = FileContent(result.document)
        inverse.append(FileEdit(file: edit.file, edit: result.inverse))
      }
    }
    contents = changed
    return inverse.reversed()
  }

  private static func apply(
    _ edit: DocumentEdit, to file: String, _ content: FileContent?
  ) throws(SceneEditFault) -> (document: Document, inverse: DocumentEdit) {
    if let draft = content?.draft { throw .draft(draft.diagnostic) }
    guard let document = content?.document else { throw .noFile(file) }
    do throws(DocumentEditFault) {
      return try document.applying(edit)
    } catch {
      throw .document(error)
    }
  }
}
