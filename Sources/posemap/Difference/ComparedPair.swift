internal import GitClient
internal import Glibc
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// Two files to compare with each other: on disk, in the pose library, or of revisions.
struct ComparedPair {
  /// One of the two files.
  struct Side {
    /// The path as its loader knows it.
    var path: String
    /// The loader that reads it.
    var loader: FileLoader
    /// The text before its path in messages.
    var prefix = ""
  }

  let before: Side
  let after: Side

  /// Finds the two files that the arguments name; nil if the arguments are revisions or paths of a
  /// repository.
  init?(_ words: [String], isOfGit: Bool, rigs: String?) throws(Failure) {
    guard words.count == 2, !isOfGit else { return nil }
    let folder = RigsFolder.find(rigs)
    let repository = try? GitRepository(containing: ".")
    let sides = words.map { Self.side($0, folder, repository) }
    guard let before = sides[0], let after = sides[1] else {
      // Outside of a repository, arguments cannot have another meaning.
      guard let repository else {
        (self.before, self.after) = (Self.disk(words[0], folder), Self.disk(words[1], folder))
        return
      }
      try Self.refuseUnknown(words, sides, repository)
      return nil
    }
    if let repository {
      for word in words where !word.contains(":") && (try? repository.commit(word)) != nil {
        throw Failure(
          .usage,
          "\"\(word)\" is both a revision and a file or pose; write -- after revisions, or ./ before a file"
        )
      }
    }
    (self.before, self.after) = (before, after)
  }

  /// Whether both are poses rather than clips.
  var areBothPoses: Bool { isPose(before) && isPose(after) }

  /// Returns a pose, after printing the warnings about it.
  func pose(_ side: Side) throws(Failure) -> Pose {
    switch PoseFile.read(side.path, loader: side.loader) {
    case .failure(let failure):
      throw Failure(
        .noInput, of: side.prefix + side.path, "cannot read this pose: \(failure.reason)")
    case .success(let file):
      guard let pose = file.pose else { throw Failure(.badData, diagnostics: file.diagnostics) }
      file.diagnostics.forEach(printError)
      return pose
    }
  }

  /// Returns the differences between the two files.
  func difference() throws(Failure) -> RepositoryDifference {
    let files = FileComparison(
      from: .init(before.loader, prefix: before.prefix),
      to: .init(after.loader, prefix: after.prefix))
    var difference = RepositoryDifference()
    guard let found = files.difference(from: before.path, to: after.path) else { return difference }
    if found.status == .unreadable { throw Failure(.badData, lines: found.faults) }
    if found.status == .same {
      difference.notes = ["both are the same"]
    } else {
      difference.files = [found]
    }
    return difference
  }

  private func isPose(_ side: Side) -> Bool {
    guard FileKind(named: side.path) != .foreign else { return false }
    guard case .success(let bytes) = side.loader.read(side.path),
      let document = try? Document(bytes, file: side.path)
    else { return true }
    return document.kind == .pose || document.kind == nil
  }

  /// Reports an argument beside a library pose that is not a pose, file or revision.
  private static func refuseUnknown(
    _ words: [String], _ sides: [Side?], _ repository: GitRepository
  ) throws(Failure) {
    for (word, (other, side)) in zip(words, zip(words, sides).reversed()) {
      // A path inside the library cannot be anything that git knows.
      guard let side, side.path != other, side.prefix.isEmpty, access(word, F_OK) != 0,
        (try? repository.commit(other)) == nil, (try? repository.commit(word)) == nil
      else { continue }
      throw Failure(.noInput, "\"\(word)\" is not a library pose, a file or a revision here")
    }
  }

  private static func side(
    _ word: String, _ rigsFolder: String?, _ repository: GitRepository?
  ) -> Side? {
    if case .success = FileLoader.bytes(word) { return disk(word, rigsFolder) }
    if let rigsFolder, PoseLibrary.names(in: rigsFolder).contains(word) {
      return disk("\(rigsFolder)/poses/\(word).pose.json", rigsFolder)
    }
    guard let repository, let colon = word.firstIndex(of: ":"), colon > word.startIndex,
      let commit = try? repository.commit(String(word[..<colon]))
    else { return nil }
    let name = String(word[..<colon])
    var path = String(word[word.index(after: colon)...])
    // As in git, a path is relative to the top of the repository unless it begins with a dot.
    if path.hasPrefix("./") || path.hasPrefix("../") {
      path = FileIdentity.absolute("/" + repository.prefix + path).dropFirst().description
    }
    let files = RevisionFiles(repository, .commit(commit), name: name, rigsFolder: rigsFolder)
    guard case .success = files.bytes(path) else { return nil }
    return Side(path: path, loader: files.loader(), prefix: "\(name):")
  }

  private static func disk(_ path: String, _ rigsFolder: String?) -> Side {
    Side(path: path, loader: .disk(rigsFolder: rigsFolder))
  }
}
