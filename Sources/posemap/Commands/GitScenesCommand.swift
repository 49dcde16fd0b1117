import ArgumentParser
internal import GitClient
internal import PosemapKit

/// `posemap git scenes`: lists the scenes that a change affects, for scripts.
struct GitScenesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenes",
    abstract: "List the scenes that changed, for scripts.",
    discussion: """
      Lists scenes that were added, changed or deleted since a revision, and scenes that name a pose, clip, model or bones \
      file that was. Paths are relative to the top of the repository.
      """)

  @Argument(
    help: ArgumentHelp(
      "The revision to compare with, and a second one, by default the work tree.",
      valueName: "revision"))
  var revisions: [String]

  @Flag(help: "End each path with a zero byte, for xargs -0, instead of a line feed.")
  var null = false

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  func validate() throws {
    guard revisions.count <= 2 else { throw ValidationError("name one revision or two") }
  }

  func run() throws {
    let repository = try GitRepository(containing: ".")
    let trees = try revisions.map { GitTree.commit(try repository.commit($0)) } + [.workTree]
    let scenes = ChangedScenes(repository, rigsFolder: RigsFolder.find(rigs))
    for path in try scenes.paths(from: trees[0], to: trees[1]) {
      if null { Swift.print(path, terminator: "\0") } else { print(path) }
    }
  }
}
