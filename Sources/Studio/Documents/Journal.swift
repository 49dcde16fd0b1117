internal import Export
public import PosemapKit
internal import Processes
internal import SceneFiles

/// The unsaved files of a session, kept in the user's cache so that no end of a server loses them.
///
/// It is written whole after every step and goes away when all is saved.
public struct Journal: Sendable {
  /// A file that was not saved.
  public struct Entry: Equatable, Sendable {
    /// The file's path as seen from the scene's folder.
    public var name: String
    /// The text that was not saved.
    public var text: String
    /// The text that was on the disk then; nil if there was no file.
    public var saved: String?
  }

  /// The most posemaps that keep journals of one scene at a time.
  private static let most = 8

  private let scenePath: String
  /// The path of the first posemap's journal, without its ending.
  private let stem: String
  /// The number of this posemap's journal: others may have the scene open too.
  private var slot = 1
  /// The stamp of the journal as this posemap wrote it.
  private var own: FileStamp?
  /// The journals of posemaps that are gone; this one has their content in its hands.
  private var inherited: [String] = []

  /// The journal of a scene.
  ///
  /// - Parameter folder: the folder of journals.
  public init(of scenePath: String, in folder: String) {
    self.scenePath = scenePath
    let whole = FileIdentity.absolute(scenePath)
    let name = whole.split(separator: "/").last.map(String.init) ?? "scene"
    stem = "\(folder)/\(name)-\(FileHash.sha256(Array(whole.utf8)).prefix(16))"
  }

  /// The journal's own path.
  public var path: String { path(slot) }

  private func path(_ slot: Int) -> String { stem + (slot == 1 ? "" : "-\(slot)") + ".journal" }

  /// The folder that names are seen from.
  private var folder: String {
    guard let slash = scenePath.lastIndex(of: "/") else { return "." }
    return slash == scenePath.startIndex ? "/" : String(scenePath[..<slash])
  }

  /// Returns the path of an entry's file, as the session has it.
  public func path(of entry: Entry) -> String {
    FilePath.resolve(entry.name, besides: scenePath)
  }

  // MARK: Writing

  /// Writes the files that are not saved; where all are, the journal goes away.
  ///
  /// - Parameter rests: the files that earlier sessions left unsaved and nobody has decided about,
  ///   the newest first.
  public mutating func write(
    _ files: EditedFiles, over rests: [[Entry]] = []
  ) throws(Failure) {
    let unsaved = files.unsaved.map { entry(of: $0, files) }
    let all = (unsaved.isEmpty ? [] : [unsaved]) + rests
    if own != FileStamp(path) { slot = freeSlot }
    guard !all.isEmpty else { return remove() }
    let value = JSONValue.members([
      "process": .int(OtherProcess.own),
      "scene": .string(FileIdentity.absolute(scenePath)),
      "unsaved": .list(all.map { .list($0.map(Self.value)) }),
    ])
    do throws(ExportError) {
      try SingleFile.write(Array((value.line + "\n").utf8), to: path)
    } catch {
      throw Failure(error.code, "\(error)")
    }
    own = FileStamp(path)
    for other in inherited where other != path { SingleFile.remove(other) }
    inherited = []
  }

  /// The first number with a journal that no living posemap keeps.
  private var freeSlot: Int {
    for slot in 1..<Self.most where !Self.isKeptByOther(path(slot)) { return slot }
    return Self.most
  }

  private static func isKeptByOther(_ path: String) -> Bool {
    guard FileStamp(path).isThere, let process = process(of: path) else { return false }
    return OtherProcess.runsOwnProgram(process)
  }

  /// Returns the process that a journal is kept by; nil for one that is damaged.
  private static func process(of path: String) -> Int? {
    do throws(Failure) {
      guard let number = try content(of: path)["process"]?.number else { return nil }
      return Int(exactly: number)
    } catch {
      return nil
    }
  }

  private func entry(of path: String, _ files: EditedFiles) -> Entry {
    Entry(
      name: FileIdentity.relative(path, from: folder),
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
  public struct Rests: Sendable {
    /// The files of each session, the newest session first.
    public var unsaved: [[Entry]] = []
    /// The faults of journals that are damaged.
    public var faults: [Failure] = []
    /// Whether another posemap that goes on keeps a journal of the scene.
    public var isOpenElsewhere = false
  }

  /// Returns the files that earlier sessions left unsaved.
  public mutating func read() -> Rests {
    var rests = Rests()
    for slot in 1...Self.most where FileStamp(path(slot)).isThere {
      if Self.isKeptByOther(path(slot)) {
        rests.isOpenElsewhere = true
        continue
      }
      inherited.append(path(slot))
      do throws(Failure) {
        rests.unsaved += try Self.rests(in: path(slot))
      } catch {
        rests.faults.append(error)
      }
    }
    slot = freeSlot
    return rests
  }

  private static func rests(in path: String) throws(Failure) -> [[Entry]] {
    guard let rests = try content(of: path)["unsaved"]?.items else {
      throw damaged(path, "it is not a journal")
    }
    var read: [[Entry]] = []
    for rest in rests {
      let entries = (rest.items ?? []).compactMap(Self.entry)
      guard let count = rest.items?.count, entries.count == count, count > 0 else {
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
      guard let root = try? JSONParser.parse(bytes) else { throw damaged(path, "it is not whole") }
      return root
    }
  }

  private static func entry(_ node: JSONNode) -> Entry? {
    guard let name = node["file"]?.text, let text = node["text"]?.text else { return nil }
    return Entry(name: name, text: text, saved: node["saved"]?.text)
  }

  private static func damaged(_ path: String, _ reason: String) -> Failure {
    Failure(
      .badData, of: path, "the rest that an earlier session left unsaved cannot be read: \(reason)")
  }

  /// Takes the journal away.
  public mutating func remove() {
    if own != nil { SingleFile.remove(path) }
    own = nil
    inherited.forEach(SingleFile.remove)
    inherited = []
  }
}
