import ArgumentParser
internal import Export
internal import GitClient
internal import PosemapKit
internal import SceneFiles

/// `posemap mergetool`: asks for a decision about each conflict of a merge.
struct MergeToolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mergetool",
    abstract: "Decide the conflicts that git left in poses, clips and scenes, one by one.",
    discussion: """
      Draws base, ours and theirs side by side, and asks about each conflict: o for ours, t for \
      theirs, b for the base, or a number between. Answers can come from a pipe, one per line.

      Exits with 0 if no conflict is left in these files, and with 1 if there is.
      """)

  @Argument(
    help: ArgumentHelp("Files or folders; by default all with conflicts.", valueName: "path"))
  var paths: [String] = []

  @Flag(inversion: .prefixedNo, help: "Stage decided files; by default you are asked.")
  var stage: Bool?

  @Option(
    help: ArgumentHelp(
      "The PNG file for the versions; by default in the repository's .git folder.",
      valueName: "file"))
  var sheet: String?

  @Flag(inversion: .prefixedNo, help: "Draw the versions.")
  var draw = true

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
  }

  func run() throws {
    let repository = try GitRepository(containing: ".")
    let top = try repository.requiredWorkTree()
    let files = try repository.unmergedFiles(paths).filter { file in
      !paths.isEmpty || file.path.hasSuffix(".json")
    }
    if files.isEmpty { printNote("there are no files with conflicts here") }
    var isLeft = false
    for file in files {
      if try !decide(file, in: repository, top) { isLeft = true }
    }
    if isLeft { throw ExitCode(1) }
  }

  /// Decides the conflicts of a file; returns false if some are left.
  private func decide(
    _ file: UnmergedFile, in repository: GitRepository, _ top: String
  ) throws -> Bool {
    let name = file.path
    guard let ours = file.ours, let theirs = file.theirs else {
      let (one, other) = file.ours == nil ? ("we", "they") : ("they", "we")
      printNote(
        "\(one) deleted it and \(other) changed it; git add keeps it, git rm removes it", of: name)
      return false
    }
    let path = "\(top)/\(name)"
    let versions = (
      base: try file.base.map { name in try repository.bytes(ofObject: name) } ?? [],
      ours: try repository.bytes(ofObject: ours), theirs: try repository.bytes(ofObject: theirs)
    )
    if case .success(let bytes) = FileLoader.bytes(path), (try? Document(bytes, file: name)) != nil,
      bytes != versions.ours
    {
      printNote(
        "it has no conflict markers, so it seems to be decided; git add it, or restore the markers "
          + "with git checkout --merge", of: name)
      return false
    }
    let merge: DocumentMerge
    do throws(DocumentMerge.Refusal) {
      merge = try DocumentMerge(
        base: versions.base, ours: versions.ours, theirs: versions.theirs, file: name)
    } catch {
      printNote("left as it is: \(error.diagnostic.message)", of: name)
      return false
    }
    if draw, !merge.conflicts.isEmpty {
      let shown = (file.base == nil ? [] : [versions.base]) + [versions.ours, versions.theirs]
      drawSheet(shown, name, path, repository)
    }
    let choices = try ConflictQuestions.choices(for: merge.conflicts, of: name)
    try SingleFile.write(merge.bytes(choosing: choices), to: path)
    print("\(name): \(Self.outcome(merge))")
    for fault in merge.faults {
      printError("\(name): conflict: each side is right, but together: \(fault.message)")
    }
    guard merge.faults.isEmpty else { return false }
    if stage ?? ConflictQuestions.isAgreed("\(name): stage it?") {
      try repository.stage([name])
    }
    return true
  }

  private static func outcome(_ merge: DocumentMerge) -> String {
    switch merge.conflicts.count {
    case 0: "merged by its values, without a conflict"
    case 1: "1 conflict decided"
    case let count: "\(count) conflicts decided"
    }
  }

  /// Draws the versions; the conflicts can be decided without a picture too.
  private func drawSheet(
    _ versions: [[UInt8]], _ name: String, _ path: String, _ repository: GitRepository
  ) {
    let file = sheet ?? "\(repository.gitFolder)/posemap/\(name.replacing("/", with: "-")).png"
    let order = versions.count == 3 ? "base, ours, theirs" : "ours, theirs"
    do {
      let picture = try VersionSheet(of: path, SceneChoices(rigsFolder: rigs)).draw(versions)
      try PictureFile.write(picture, to: file)
      print("\(name): \(order): \(file)")
    } catch {
      printNote("the picture of the versions was not drawn: \(error)", of: name)
    }
  }
}
