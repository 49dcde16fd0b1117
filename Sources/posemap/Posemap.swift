import ArgumentParser
internal import Glibc
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The command: one file per subcommand, without logic of its own.
@main
struct Posemap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posemap",
    abstract: "Turns text you can diff into control maps any image model can follow.",
    discussion: """
      A scene file names a shared camera and the characters in it; posemap renders, one character at \
      a time against that one camera, the OpenPose, depth, normal and Canny maps (and a mask).

      Exit codes: 0 done, 64 wrong usage, 65 wrong data, 66 no such input, 69 a server is not running or cannot do the \
      job, 70 a bug in posemap or an OpenGL that cannot draw, 73 cannot create the output, 74 cannot write it, 130 \
      stopped by Ctrl-C.
      """,
    version: OwnVersion.line,
    subcommands: [
      RenderCommand.self, VerifyCommand.self, SheetCommand.self, LayersCommand.self,
      WatchCommand.self,
      MapsCommand.self, BodyCommand.self,
      InspectCommand.self, ImportCommand.self, GLBCommand.self, PoseCommand.self, PosesCommand.self,
      PropsCommand.self, HairCommand.self, WearCommand.self, FmtCommand.self,
      CheckCommand.self, DescribeCommand.self, DiffCommand.self, LogCommand.self,
      TextconvCommand.self,
      SchemaCommand.self,
      LiftCommand.self, ComfyUICommand.self, A1111Command.self, DiffusersCommand.self,
      MergeCommand.self,
      MergeToolCommand.self, MergeDriverCommand.self,
      GitCommand.self, StudioCommand.self, DoctorCommand.self,
      ReadModelCommand.self, WorkCommand.self,
    ])

  /// Runs the command, prints the failure if there is one, and exits with its code.
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    // Workers are started by the dozen, and the parser would slow each of them down.
    let isWorker = arguments == [Worker.subcommand]
    Interrupts.prepare(areHeard: !isWorker)
    if isWorker { return WorkCommand.serve() }
    var isParsed = false
    do {
      // The parser's built-in version is a constant; finding the renderer's version loads OpenGL.
      if arguments == ["--version"] {
        OwnVersion.lines().forEach { print($0) }
        return try finishOutput()
      }
      var command = try parsed(arguments)
      isParsed = true
      try command.run()
      try finishOutput()
    } catch {
      guard let failure = Failure.known(error) else {
        end(with: error, of: isParsed ? nil : arguments)
      }
      failure.lines.forEach(printError)
      Glibc.exit(failure.code.rawValue)
    }
  }

  /// Returns the subcommand in the arguments, with its values.
  static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    try refuseUnknownWord(arguments)
    return try parseAsRoot(arguments)
  }

  /// Reports a word that is not a subcommand, which the parser would only call unexpected.
  private static func refuseUnknownWord(_ arguments: [String]) throws {
    let all = configuration.subcommands.map { $0.configuration }
    let known = all.compactMap { $0.commandName } + ["help"]
    guard let word = arguments.first, !word.hasPrefix("-"), !known.contains(word) else { return }
    let shown = all.filter { $0.shouldDisplay }.compactMap { $0.commandName }
    throw ValidationError(unknown("command", word, allowed: shown, context: "of posemap"))
  }
}
