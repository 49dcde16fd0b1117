internal import Export
public import PosemapKit
internal import SceneFiles

/// The unsaved files of a session, kept in the user's cache so that they survive any end of a
/// server.
///
/// The journal is written as a whole, at most a second after a change, and removed when everything
/// is saved. While its posemap runs, other processes do not touch it.
public struct Journal: Sendable {
  /// A file that was not saved.
  public struct Entry: Equatable, Sendable {
    /// The file's path relative to the scene's folder.
    public var name: String
    /// The text that was not saved.
    public var text: String
    /// The text that was on disk at the time; nil if there was no file.
    public var saved: String?
  }

  /// The largest number of posemap processes that keep journals of one scene at a time.
  private static let most = 8

  private let scenePath: String
  /// The path of the first process's journal, without its extension.
  private let stem: String
  /// This process's journal; nil while it does not keep one.
  private var own: HeldFile?
  /// The journals of processes that have ended, as they were read: this process has taken over
  /// their contents, or they had none.
  private var inherited: [String: FileStamp] = [:]

  /// Creates the journal of a scene.
  ///
  /// - Parameter folder: the folder of journals.
  public init(of scenePath: String, in folder: String) {
    self.scenePath = scenePath
    let whole = FileIdentity.absolute(scenePath)
    let name = whole.split(separator: "/").last.map(String.init) ?? "scene"
    stem = "\(folder)/\(name)-\(FileHash.sha256(Array(whole.utf8)).prefix(16))"
  }

  /// Returns an id that distinguishes one session's unsaved files from another's.
  static func id(of leftover: [Entry]) -> String {
    String(FileHash.sha256(Array(JSONValue.list(leftover.map(value)).line.utf8)).prefix(16))
  }

  private func path(_ slot: Int) -> String { stem + (slot == 1 ? "" : "-\(slot)") + ".journal" }

  /// Returns the path of an entry's file, as the session knows it.
  public func path(of entry: Entry) -> String {
    FilePath.resolve(entry.name, besides: scenePath)
  }

  // MARK: Writing

  /// Writes the unsaved files; removes the journal if everything is saved.
  ///
  /// - Parameter leftovers: the files that earlier sessions left unsaved and that nobody has
  ///   decided about, newest first.
  public mutating func write(
    _ files: EditedFiles, over leftovers: [[Entry]] = []
  ) throws(Failure) {
    let unsaved = files.unsaved.map { entry(of: $0, files) }
    let all = (unsaved.isEmpty ? [] : [unsaved]) + leftovers
    guard !all.isEmpty else { return remove() }
    let value = JSONValue.members([
      "scene": .string(FileIdentity.absolute(scenePath)),
      "unsaved": .list(all.map { .list($0.map(Self.value)) }),
    ])
    let held = if let own { own } else { try free() }
    do throws(Failure) {
      own = try held.replaced(with: Array((value.line + "\n").utf8))
    } catch {
      if own == nil, FileStamp(held.path).isEmpty { held.remove() }
      throw error
    }
    removeInherited()
  }

  /// Locks the first journal that no other process holds and that does not have to be read any
  /// more.
  private func free() throws(Failure) -> HeldFile {
    for slot in 1...Self.most {
      let path = path(slot)
      if HeldFile.isHeld(path) { continue }
      let file = try HeldFile.make(path)
      let stamp = FileStamp(path)
      if let file, stamp.isEmpty || stamp == inherited[path] { return file }
    }
    throw Failure(.cannotWrite, of: path(1), "the journals of this scene are all in use")
  }

  /// Removes the journals that this process has taken over, except those that another process has
  /// written since.
  private mutating func removeInherited() {
    for (path, stamp) in inherited where path != own?.path {
      guard let file = HeldFile(path), FileStamp(path) == stamp else { continue }
      file.remove()
    }
    inherited = [:]
  }

  private func entry(of path: String, _ files: EditedFiles) -> Entry {
    Entry(
      name: FileIdentity.relative(path, from: FileIdentity.folder(of: scenePath)),
      text: String(decoding: files.contents[path]?.bytes ?? [], as: UTF8.self),
      saved: files.savedBytes(of: path).map { String(decoding: $0, as: UTF8.self) })
  }

  private static func value(_ entry: Entry) -> JSONValue {
    .members([
      "file": .string(entry.name), "text": .string(entry.text),
      "saved": entry.saved.map(JSONValue.string) ?? .null,
    ])
  }

  // MARK: Reading

  /// The files that earlier sessions left unsaved.
  public struct Leftovers: Sendable {
    /// The files of each session, the newest session first.
    public var unsaved: [[Entry]] = []
    /// The faults of damaged journals.
    public var faults: [Failure] = []
    /// Whether another running process keeps a journal of the scene.
    public var isOpenElsewhere = false
  }

  /// Reads the files that earlier sessions left unsaved.
  public mutating func read() -> Leftovers {
    var leftovers = Leftovers()
    for path in (1...Self.most).map(path) {
      let stamp = FileStamp(path)
      if HeldFile.isHeld(path) { leftovers.isOpenElsewhere = true }
      if !stamp.isThere || stamp.isEmpty || HeldFile.isHeld(path) { continue }
      inherited[path] = stamp
      do throws(Failure) {
        leftovers.unsaved += try Self.leftovers(in: path)
      } catch {
        leftovers.faults.append(error)
      }
    }
    return leftovers
  }

  private static func leftovers(in path: String) throws(Failure) -> [[Entry]] {
    guard let leftovers = try content(of: path)["unsaved"]?.items else {
      throw damaged(path, "it is not a journal")
    }
    var read: [[Entry]] = []
    for leftover in leftovers {
      let entries = (leftover.items ?? []).compactMap(Self.entry)
      guard let count = leftover.items?.count, entries.count == count, count > 0 else {
        throw damaged(path, "it is not a journal")
      }
      read.append(entries)
    }
    return read
  }

  private static func content(of path: String) throws(Failure) -> JSONNode {
    switch FileLoader.bytes(path) {
    case .failure(let fault): throw damaged(path, fault.reason)
    case .success(let bytes):
      guard let root = try? JSONParser.parse(bytes) else { throw damaged(path, "it is incomplete") }
      return root
    }
  }

  private static func entry(_ node: JSONNode) -> Entry? {
    guard let name = node["file"]?.text, let text = node["text"]?.text else { return nil }
    return Entry(name: name, text: text, saved: node["saved"]?.text)
  }

  private static func damaged(_ path: String, _ reason: String) -> Failure {
    Failure(
      .badData, of: path, "the unsaved changes of an earlier session cannot be read: \(reason)")
  }

  /// Removes the journal.
  public mutating func remove() {
    own?.remove()
    own = nil
    removeInherited()
  }
}
