import ArgumentParser
internal import GitClient
internal import PosemapKit
internal import SceneFiles

/// `posemap git check`: does the work of the hook before each commit.
struct GitCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check what is staged, as the hook does before each commit.",
    discussion: """
      Poses, clips, bones and scenes that were added or changed must be formatted, and nothing can be wrong \
      with them. They are read as staged, whatever the work tree has. Exits with 65 if anything is wrong; with \
      --strict, also if anything is doubtful.
      """)

  @Flag(help: "Check all files that git tracks, not only added or changed ones.")
  var all = false

  @Option(help: ArgumentHelp(DiagnosticReport.help))
  var format = DiagnosticReport.text

  @Flag(help: "Treat warnings (such as angles beyond a joint's limits) as errors.")
  var strict = false

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  func run() throws {
    let check = try StagedCheck(
      GitRepository(containing: "."), rigsFolder: RigsFolder.find(rigs))
    var diagnostics = try check.diagnostics(ofAll: all)
    if strict { diagnostics = diagnostics.map(\.asError) }
    try format.show(diagnostics)
    // They have been printed in the requested format.
    if let failure = Failure(judging: diagnostics) { throw Failure(failure.code) }
  }
}
