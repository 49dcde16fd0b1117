import ArgumentParser
internal import PoseRig

/// `posemap pose`: work on pose files.
struct PoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pose", abstract: "Work on pose files.", subcommands: [FlattenCommand.self])
}

/// `posemap pose flatten`: what a pose that builds on others comes to.
struct FlattenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flatten",
    abstract: "Write a pose out with everything it builds on: bases, blends, mirroring, hands.")

  @Argument(help: ArgumentHelp("A pose file.", valueName: "pose"))
  var pose: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; by default it is printed.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  func run() throws {
    try reportingFaults {
      let text = PoseWriter.text(of: try PoseInput.load(pose, rigs: rigs), named: true)
      if let output {
        try SingleFile.write(Array(text.utf8), to: output)
      } else {
        print(text, terminator: "")
      }
    }
  }
}

/// A pose file on the command line.
enum PoseInput {
  /// The pose, or an exit after saying what is wrong with it.
  static func load(_ path: String, rigs: String?) throws -> Pose {
    let loader = FileLoader.disk(rigsFolder: RigsFolder.find(rigs))
    switch PoseFile.read(path, loader: loader) {
    case .failure(let failure):
      printError("\(path): error: cannot read this pose: \(failure.reason)")
      throw ExitCode.noInput
    case .success(let file):
      for diagnostic in file.diagnostics { printError(diagnostic.description) }
      guard let pose = file.pose else { throw ExitCode.badData }
      return pose
    }
  }
}
