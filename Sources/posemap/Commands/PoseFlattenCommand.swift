import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap pose flatten`: resolves a pose that builds on others, alone or in a scene.
struct FlattenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flatten",
    abstract: "Write out a pose with everything it builds on: bases, blends, mirroring, hands.",
    discussion: """
      Goals stay goals ("reach", "look", "seat"). With --scene, the pose is that of a character, given by id, and \
      goals become the solved angles.
      """)

  @Argument(
    help: ArgumentHelp(
      "A pose file, the name of a pose of the library, or a character's id.", valueName: "pose"))
  var pose: String

  @Option(help: ArgumentHelp("The scene that the character is in.", valueName: "file"))
  var scene: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; by default it is printed.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  func run() throws {
    let flat = try scene.map(solved) ?? PoseInput.load(pose, rigs: rigs)
    if flat.goals.stance != nil {
      printNote(
        "its planted feet are left out, because they stand where the base stands; --scene keeps them"
      )
    }
    let text = PoseWriter.text(of: flat, named: true)
    if let output {
      try SingleFile.write(Array(text.utf8), to: output)
    } else {
      print(text, terminator: "")
    }
  }

  private func solved(_ path: String) throws -> Pose {
    let loaded = try SceneLoader(SceneChoices(rigsFolder: rigs)).load(path)
    loaded.diagnostics.forEach(printError)
    let ids = loaded.scene.characters.map(\.id)
    guard let index = ids.firstIndex(of: pose) else {
      throw Failure(
        .usage, of: path,
        "there is no character \"\(pose)\"; \(NearestName.hint(for: pose, among: ids))there are: "
          + ids.joined(separator: ", "))
    }
    return loaded.scene.characters[index].solvedPose(of: loaded.described.characters[index])
  }
}
