import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap textconv`: prints a pose in the form for git's diffs.
struct TextconvCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "textconv",
    abstract: "Print a file formatted, for git's diff; anything that is not JSON unchanged.")

  @Argument(help: ArgumentHelp("The file.", valueName: "file"))
  var file: String

  func run() throws {
    let bytes = try FileLoader.contents(of: file)
    let text = CanonicalLayout.text(of: bytes, file: file, log: DiagnosticLog())
    print(text ?? String(decoding: bytes, as: UTF8.self), terminator: "")
  }
}
