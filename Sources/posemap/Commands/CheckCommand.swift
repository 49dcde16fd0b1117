import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap check`: reports everything wrong with files, without drawing them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Report everything that is wrong or doubtful in pose, clip, bones and scene files.",
    discussion: "Exits with 65 if anything is wrong; with --strict, also if anything is doubtful.")

  @Argument(
    help: ArgumentHelp(
      "Files to check, names of the library's poses, or - for standard input.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp(DiagnosticReport.help))
  var format = DiagnosticReport.text

  @OptionGroup var options: SceneOptions

  func run() throws {
    var loader = options.choices().diskLoader()
    if files.contains("-") { loader = loader.readingStandardInput() }
    var diagnostics = files.flatMap {
      check(PoseLibrary.path(of: $0, rigsFolder: loader.rigsFolder), loader)
    }
    if options.strict { diagnostics = diagnostics.map(\.asError) }
    try format.show(format.named(diagnostics))
    // They have been printed in the requested format.
    if let failure = Failure(judging: diagnostics) { throw Failure(failure.code) }
  }

  private func check(_ path: String, _ loader: FileLoader) -> [Diagnostic] {
    let checked = CheckedFile.read(
      path, loader: loader, profile: options.profile, camera: options.camera)
    switch checked {
    case .failure:
      var missing = Diagnostic(.error, .unreadable, file: path, at: nil, "cannot read this file")
      missing.cause = .missingInput
      return [missing]
    case .success(let diagnostics): return diagnostics
    }
  }
}
