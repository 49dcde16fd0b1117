internal import PosemapKit
public import SceneFiles

/// The scene and the pose files of a session, as text, and their saved content.
public struct EditedFiles: Sendable {
  /// The scene's path.
  public let scenePath: String
  /// The files by path.
  public private(set) var contents: [String: FileContent]
  /// The content that each has on the disk, as far as that is known here.
  private var saved: [String: [UInt8]]
  /// The files that were on the disk and no longer exist.
  private var gone: Set<String> = []
  /// The files that the scene on the disk names as poses, which may be anywhere.
  private var trusted: Set<String> = []

  /// The files of a scene as they were read.
  public init(scene: Document, poses: [Document] = []) {
    scenePath = scene.file
    contents = Dictionary(
      ([scene] + poses).map { ($0.file, FileContent($0)) }, uniquingKeysWith: { first, _ in first })
    saved = contents.mapValues(\.bytes)
  }

  /// A scene that may not be JSON.
  ///
  /// - Parameter isOnDisk: whether it was read, rather than begun.
  public init(scenePath: String, bytes: [UInt8], isOnDisk: Bool = true) {
    self.scenePath = scenePath
    contents = [scenePath: FileContent(bytes, file: scenePath)]
    saved = isOnDisk ? [scenePath: bytes] : [:]
  }

  /// The files that can be read, by path; of a file with a draft the last content that could.
  public var documents: [String: Document] { contents.compactMapValues(\.document) }

  /// The drafts, by path: texts that are not JSON.
  public var drafts: [String: FileContent.Draft] { contents.compactMapValues(\.draft) }

  /// The scene as it is in force; an empty object where it never was JSON.
  public var scene: Document { contents[scenePath]?.document ?? Self.nothing }

  private static let nothing: Document = {
    guard let document = try? Document(Array("{}\n".utf8), file: "") else {
      preconditionFailure("{} is not JSON")
    }
    return document
  }()

  /// The scene's path and those of the other files, these in alphabetical order.
  public var paths: [String] { [scenePath] + contents.keys.filter { $0 != scenePath }.sorted() }

  /// The paths of files with changes that are not saved, in alphabetical order.
  public var unsaved: [String] { contents.keys.filter { !isSaved($0) }.sorted() }

  /// Whether a file is on the disk as it is here.
  public func isSaved(_ path: String) -> Bool {
    !gone.contains(path) && saved[path] == contents[path]?.bytes
  }

  /// Returns the content that a file had on the disk when it was last looked at; nil for one that
  /// never was there.
  public func savedBytes(of path: String) -> [UInt8]? { saved[path] }

  /// Whether a file was on the disk when it was last looked at.
  public func isOnDisk(_ path: String) -> Bool { saved[path] != nil && !gone.contains(path) }

  /// The paths of the files that characters name as their poses, whether or not they are here.
  public var named: Set<String> { named(in: scene) }

  private func named(in scene: Document) -> Set<String> {
    Set(
      (scene.root["characters"]?.items ?? []).compactMap { character in
        guard let name = character["pose"]?.text, name.hasSuffix(".json") else { return nil }
        return FilePath.resolve(name, besides: scenePath)
      })
  }

  /// Whether a character or prop has an id.
  func hasItem(_ id: String) -> Bool {
    ["characters", "props"].contains { list in
      scene.root[list]?.items?.contains { $0["id"]?.text == id } == true
    }
  }

  // MARK: Files that may be written

  /// Takes note that the poses that the scene names by now may be edited wherever they are.
  mutating func trustNames() { trusted.formUnion(named) }

  /// Takes note of the same for a text of the scene that others wrote.
  mutating func trustNames(in bytes: [UInt8], of path: String) {
    guard path == scenePath, let scene = try? Document(bytes, file: path) else { return }
    trusted.formUnion(named(in: scene))
  }

  /// Whether a pose may be edited: below the scene's folder, or wherever somebody but this program
  /// named it. What edits name elsewhere is read and never written.
  func mayHold(_ path: String) -> Bool {
    trusted.contains(path)
      || FileIdentity.staysBelow(path, FileIdentity.folder(of: scenePath))
  }

  // MARK: The disk

  /// Takes note that a file is on the disk as it is here.
  public mutating func markSaved(_ path: String) {
    if let bytes = contents[path]?.bytes { markSaved(path, as: bytes) }
  }

  /// Takes note of the content that a file has on the disk.
  public mutating func markSaved(_ path: String, as bytes: [UInt8]) {
    saved[path] = bytes
    gone.remove(path)
  }

  /// Takes note that a file is not on the disk any more; it stays here.
  public mutating func markGone(_ path: String) { gone.insert(path) }

  /// Takes a file of the disk in; one that is here already stays as it is.
  public mutating func add(_ path: String, bytes: [UInt8]) {
    guard contents[path] == nil else { return }
    contents[path] = FileContent(bytes, file: path)
    markSaved(path, as: bytes)
  }

  // MARK: Changes

  /// Makes all changes in their order, or leaves everything as it was.
  ///
  /// Returns the changes that take them back, in the order in which to make them.
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
