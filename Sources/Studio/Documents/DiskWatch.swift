public import PosemapKit
public import SceneFiles

/// A watch over the files of a session on disk. It notices changes by other programs, and keeps
/// changes that have not been read from being overwritten.
public struct DiskWatch: Sendable {
  /// A file with a change by another program.
  public struct Sight: Equatable, Sendable {
    /// The file's path.
    public let file: String
    /// The change by the other program.
    public let change: OutsideChange
    /// The text on disk; nil for a deleted file.
    let theirs: [UInt8]?
  }

  /// Reads the bytes of a file.
  public typealias Reading = (String) -> Result<[UInt8], UnreadableFile>

  /// The stamps of the files when they were last read or written.
  private var stamps: [String: FileStamp] = [:]
  /// The stamps of files that are not JSON: while they change, another program is writing them.
  private var halfWritten: [String: FileStamp] = [:]
  /// The unresolved conflicts, by file.
  private var open: [String: OutsideConflict] = [:]

  /// Creates a watch without files.
  public init() {}

  /// The unresolved conflicts, in the order of the files' paths.
  public var conflicts: [OutsideConflict] { open.values.sorted { $0.file < $1.file } }

  /// Records that a file's current state on disk is known.
  public mutating func note(_ path: String, _ stamp: FileStamp? = nil) {
    stamps[path] = stamp ?? FileStamp(path)
    halfWritten[path] = nil
    open[path] = nil
  }

  /// Returns whether a file has an unresolved conflict.
  func isOpen(_ path: String) -> Bool { open[path] != nil }

  /// Records that a conflict has been resolved.
  mutating func settle(_ path: String) { open[path] = nil }

  /// Checks the disk; a file is read only if its stamp has changed.
  public mutating func look(_ files: EditedFiles, read: Reading) -> [Sight] {
    files.paths.compactMap { path in
      let stamp = FileStamp(path)
      let ours = files.contents[path]?.bytes ?? []
      let isSettled = open[path].map { $0.ours == ours } ?? true
      if stamp == stamps[path], isSettled { return nil }
      guard stamp.isThere else {
        note(path, stamp)
        return files.isOnDisk(path) ? Sight(file: path, change: .deleted, theirs: nil) : nil
      }
      guard case .success(let theirs) = read(path) else { return nil }
      // An editor that rewrites a file in place leaves it incomplete for a moment.
      if (try? Document(theirs, file: path)) == nil, halfWritten[path] != stamp {
        halfWritten[path] = stamp
        return nil
      }
      let before = open[path]
      note(path, stamp)
      let change = OutsideChange(
        file: path, saved: files.savedBytes(of: path), ours: ours, theirs: theirs)
      if case .conflict(let words) = change {
        open[path] = OutsideConflict(file: path, words: words, ours: ours, theirs: theirs)
        if before?.theirs == theirs, before?.words == words { return nil }
      }
      if change == .nothingNew, files.isOnDisk(path), files.savedBytes(of: path) == theirs {
        return nil
      }
      return Sight(file: path, change: change, theirs: theirs)
    }
  }

  /// Returns the reason why writing files would lose changes by others; nil if it is safe.
  public func refusal(toWrite paths: [String], of files: EditedFiles, read: Reading) -> Failure? {
    for path in paths {
      if open[path] != nil {
        return Failure(
          .cannotWrite, of: path,
          "this file was changed here and outside; choose what to keep, then save")
      }
      let stamp = FileStamp(path)
      if stamp == stamps[path] ?? FileStamp.none { continue }
      guard stamp.isThere, case .success(let theirs) = read(path) else { continue }
      if files.isOnDisk(path), theirs == files.savedBytes(of: path) { continue }
      if theirs == files.contents[path]?.bytes { continue }
      let reason =
        files.isOnDisk(path)
        ? "this file was changed outside a moment ago; review that first, then save"
        : "this file already exists; nothing is overwritten"
      return Failure(.cannotWrite, of: path, reason)
    }
    return nil
  }
}
