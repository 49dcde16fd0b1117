import ArgumentParser
internal import Export
internal import GitClient
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap diff`: tells what changed, in an artist's words.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed in poses, clips and scenes, in an artist's words.",
    usage: """
      posemap diff [<revision> [<revision>]] [--staged] [--] [<path> …]
      posemap diff <before> <after>
      """,
    discussion: """
      In a git repository it takes revisions and paths as git diff does: HEAD~1, main..wave, \
      main...wave, REV^!; without any it compares the index with the work tree. It shows which \
      joints turn, where hands, feet and gaze went, which contacts, limits and goals are won and \
      lost, who hides whom, and which other scenes follow because of a pose or model they use.

      Two files, names of library poses, or <revision>:<path> are compared with each other. \
      Distances of poses are the female mannequin's.
      """)

  @Argument(
    help: ArgumentHelp(
      "Revisions, then paths; or two poses, clips or scenes.", valueName: "revision or file"))
  var words: [String] = []

  @Argument(parsing: .postTerminator, help: ArgumentHelp("Paths.", valueName: "path"))
  var paths: [String] = []

  @Flag(
    name: [.customLong("staged"), .customLong("cached")],
    help: "Compare the index with a revision, by default HEAD.")
  var staged = false

  @Flag(help: "Print one line per file, with the number of its changes.")
  var stat = false

  @Flag(help: "Print facts and words as JSON.")
  var json = false

  @Flag(help: "Exit with 1 if anything changed.")
  var exitCode = false

  @Option(help: "Color the words: auto, always or never.")
  var color = ColorChoice.auto

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  @Option(
    help: ArgumentHelp(
      "Draw before, after and both overlaid into this PNG file, for each character and map.",
      valueName: "file"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "Write words and pictures, with a slider, as one page that works offline.",
      valueName: "file"))
  var html: String?

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
    if let html, !html.lowercased().hasSuffix(".html") {
      throw ValidationError("\(html): the page is HTML; its name must end in .html")
    }
    if stat, json { throw ValidationError("--stat and --json are two forms; choose one") }
  }

  func run() throws {
    let found: (difference: RepositoryDifference, names: (before: String, after: String))
    // Outside of a repository, "--" only prevents names with a leading hyphen from being options.
    let isOfGit = staged || hasTerminator && (try? GitRepository(containing: ".")) != nil
    let named = isOfGit ? words : words + paths
    if let pair = try ComparedPair(named, isOfGit: isOfGit, rigs: rigs) {
      if pair.areBothPoses, !stat, !json, html == nil {
        return try PosePair(pair, rigs: rigs).show(sheet, exitCode)
      }
      found = (try pair.difference(), (named[0], named[1]))
    } else {
      let repository = try GitComparison.repository()
      let comparison = try GitComparison(
        .init(words: words, paths: hasTerminator ? paths : nil, isStaged: staged), in: repository)
      let difference = try RepositoryDifference(
        comparison, in: repository, rigsFolder: RigsFolder.find(rigs))
      found = (difference, comparison.names)
    }
    show(found.difference, found.names)
    let files = DifferenceFiles(difference: found.difference, names: found.names)
    if let sheet { try files.writeSheet(sheet) }
    if let html { try files.writePage(html) }
    if exitCode, !(found.difference.files + found.difference.followers).isEmpty {
      try finishOutput()
      throw ExitCode(1)
    }
  }

  /// Whether the arguments have `--`, which might not be followed by a path.
  private var hasTerminator: Bool { CommandLine.arguments.contains("--") }

  private func show(
    _ difference: RepositoryDifference, _ names: (before: String, after: String)
  ) {
    let report = DifferenceReport(difference: difference, palette: Palette(isOn: color.isOn))
    if json {
      report.printForPrograms(names: names)
    } else if stat {
      report.printStat()
    } else {
      report.printWords()
    }
  }
}
