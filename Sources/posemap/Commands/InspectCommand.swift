import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import RigImport
internal import SceneFiles

/// `posemap inspect`: reports the contents of another program's file.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a model or motion file contains: bones, rest pose, clips, sizes.",
    discussion: """
      Reads glTF, GLB, VRM, VRMA, FBX, BVH and COLLADA. Exits with 65 and a sentence if the file cannot be used.
      """)

  @Argument(help: ArgumentHelp("The file.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("A file that says which node is which joint.", valueName: "map.json"))
  var bones: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let file = try ModelInput.value(of: ModelFile.load(model, bones: bones), model)
    let report = ModelReport(file)
    if json { return printJSON(try report.json()) }
    for line in report.lines(path: model) { print(line) }
  }
}
