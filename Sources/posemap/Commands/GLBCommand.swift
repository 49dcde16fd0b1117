import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap glb`: exports a scene for 3-D programs.
struct GLBCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "glb",
    abstract: "Write a scene's posed characters, props and camera as glTF 2.0.",
    discussion: """
      For Blender, three.js and other programs that read binary glTF: every character with its skeleton in \
      the pose, the T-pose as the rest pose, the scene's camera, and the props. Seen through that camera, \
      they look as in the maps.
      """)

  @Argument(help: ArgumentHelp("The scene file.", valueName: "scene"))
  var scene: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The GLB file to write.", valueName: "file"))
  var output = "posed.glb"

  @Option(
    help: ArgumentHelp("Only these characters, by id, separated by commas.", valueName: "ids"))
  var only: String?

  @OptionGroup var options: SceneOptions

  func validate() throws {
    guard output.lowercased().hasSuffix(".glb") else {
      throw ValidationError("\(output): the file is binary glTF; its name must end in .glb")
    }
  }

  func run() throws {
    let loaded = try SceneLoader(options.choices()).load(scene)
    loaded.diagnostics.forEach(printError)
    let ids = try only.map { try CharacterList.parse($0, in: loaded) }
    let file = try GLTFExport(only: ids, version: OwnVersion.number).file(of: loaded.scene)
    try SingleFile.write(file.bytes, to: output)
    if file.stiffVertices > 0 {
      printNote(
        "\(file.stiffVertices) vertices are bent too far for linear blending and "
          + "follow one joint each; if you pose them in another program, the skin creases there",
        of: scene)
    }
    print(output)
  }
}
