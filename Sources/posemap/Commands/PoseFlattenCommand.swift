import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap pose flatten`: what a pose that builds on others comes to.
struct FlattenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flatten",
    abstract: "Write a pose out with everything it builds on: bases, blends, mirroring, hands.")

  @Argument(
    help: ArgumentHelp("A pose file, or the name of a pose of the library.", valueName: "pose"))
  var pose: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; by default it is printed.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  func run() throws {
    let text = PoseWriter.text(of: try PoseInput.load(pose, rigs: rigs), named: true)
    if let output {
      try SingleFile.write(Array(text.utf8), to: output)
    } else {
      print(text, terminator: "")
    }
  }
}
