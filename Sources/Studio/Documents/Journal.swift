internal import Export
public import PosemapKit
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

  /// The journal's own path.
  public let path: String
  private let scenePath: String

  /// The journal of a scene.
  ///
  /// - Parameter folder: the folder of journals.
  public init(of scenePath: String, in folder: String) {
    self.scenePath = scenePath
    let whole = FileIdentity.absolute(scenePath)
    let name = whole.split(separator: "/").last.map(String.init) ?? "scene"
    path = "\(folder)/\(name)-\(FileHash.sha256(Array(whole.utf8)).prefix(16)).journal"
  }

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
  /// - Parameter rests: what earlier sessions left unsaved and nobody has decided about, the newest
  ///   first.
  public func write(_ files: EditedFiles, over rests: [[Entry]] = []) throws(Failure) {
    let own = files.unsaved.map { entry(of: $0, files) }
    let all = (own.isEmpty ? [] : [own]) + rests
    guard !all.isEmpty else { return SingleFile.remove(path) }
    let value = JSONValue.members([
      "scene": .string(FileIdentity.absolute(scenePath)),
      "unsaved": .list(all.map { .list($0.map(Self.value)) }),
    ])
    do throws(ExportError) {
      try SingleFile.write(Array((value.line + "\n").utf8), to: path)
    } catch {
      throw Failure(error.code, "\(error)")
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

  /// Returns the files that earlier sessions left unsaved, the newest first; nothing where there is
  /// no journal.
  ///
  /// - Throws: a failure, for a journal that is damaged.
  public func read() throws(Failure) -> [[Entry]] {
    guard FileStamp(path).isThere else { return [] }
    let bytes: [UInt8]
    switch FileLoader.bytes(path) {
    case .success(let content): bytes = content
    case .failure(let fault): throw damaged(fault.reason)
    }
    let root: JSONNode
    do throws(JSONSyntaxError) {
      root = try JSONParser.parse(bytes)
    } catch {
      throw damaged("it is not whole")
    }
    guard let rests = root["unsaved"]?.items else { throw damaged("it is not a journal") }
    var read: [[Entry]] = []
    for rest in rests {
      let entries = (rest.items ?? []).compactMap(Self.entry)
      guard let count = rest.items?.count, entries.count == count, count > 0 else {
        throw damaged("it is not a journal")
      }
      read.append(entries)
    }
    return read
  }

  private static func entry(_ node: JSONNode) -> Entry? {
    guard let name = node["file"]?.text, let text = node["text"]?.text else { return nil }
    return Entry(name: name, text: text, saved: node["saved"]?.text)
  }

  private func damaged(_ reason: String) -> Failure {
    Failure(
      .badData, of: path, "what an earlier session left unsaved cannot be read: \(reason)")
  }

  /// Takes the journal away.
  public func remove() { SingleFile.remove(path) }
}
