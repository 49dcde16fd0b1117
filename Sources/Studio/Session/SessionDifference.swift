public import SceneFiles

/// The difference between two states of a session's files, in words and line by line.
public struct SessionDifference: Equatable, Sendable {
  /// The changes in an artist's words, one sentence each: `ana: left elbow bends 20° more`.
  public let words: [String]
  /// The changes as a unified diff; empty if no text differs.
  public let text: String

  /// Compares the disk, as far as it is known, with a session.
  ///
  /// - Parameter disk: the source of files that are not being edited.
  public init(_ files: EditedFiles, disk: FileLoader) {
    self.init(
      files, disk: disk, paths: files.unsaved,
      from: { files.savedBytes(of: $0) }, to: { files.contents[$0]?.bytes })
  }

  /// Compares two states of files.
  ///
  /// - Parameter paths: the files that can differ.
  init(
    _ files: EditedFiles, disk: FileLoader, paths: [String], from before: (String) -> [UInt8]?,
    to after: (String) -> [UInt8]?
  ) {
    let old = Dictionary(uniqueKeysWithValues: paths.map { ($0, before($0)) })
    let new = Dictionary(uniqueKeysWithValues: paths.map { ($0, after($0)) })
    func loader(_ texts: [String: [UInt8]?]) -> FileLoader {
      var loader = disk
      loader.read = { path in
        if case .some(let bytes) = texts[path] {
          return bytes.map { .success($0) } ?? .failure(UnreadableFile(reason: "there is no file"))
        }
        // Edited files that are not compared have their current state on both sides.
        return files.contents[path].map { .success($0.bytesInForce) } ?? disk.read(path)
      }
      return loader
    }
    let comparison = FileComparison(
      from: .init(loader(old)), to: .init(loader(new)), looksAtPictures: false)
    // A scene's changes include those of its poses, which would otherwise be listed twice.
    var words: [String] = []
    for path in [files.scenePath] + paths.filter({ $0 != files.scenePath }) {
      let isOld = old[path].map { $0 != nil } ?? true
      let isNew = new[path].map { $0 != nil } ?? true
      let found = comparison.difference(from: isOld ? path : nil, to: isNew ? path : nil)
      words += found.map(Self.words) ?? []
    }
    var seen: Set<String> = []
    // Movements too small to measure have no words.
    self.words = words.filter { !$0.isEmpty && seen.insert($0).inserted }
    text = paths.map { path in
      UnifiedDiff.text(
        from: before(path).map { String(decoding: $0, as: UTF8.self) },
        to: after(path).map { String(decoding: $0, as: UTF8.self) }, name: path)
    }.joined()
  }

  private static func words(of difference: FileDifference) -> [String] {
    difference.faults
      + difference.groups.flatMap { group in
        group.lines.map { group.title.isEmpty ? $0.text : "\(group.title): \($0.text)" }
      }
  }
}
