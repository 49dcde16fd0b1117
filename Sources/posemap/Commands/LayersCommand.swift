import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap layers`: writes all maps of a scene as layers of one picture.
struct LayersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layers",
    abstract: "Write all maps of a scene as layers of one file, for Krita and GIMP.",
    discussion: """
      The file is OpenRaster (.ora): a group for each character, the nearest on top, with a layer for each map, and a \
      white background at the bottom. Lines are black on white, as Krita AI Diffusion takes them; with --lines \
      light-on-dark, they are as models take them.
      """)

  @Argument(help: ArgumentHelp("The scene file.", valueName: "scene"))
  var scene: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The .ora file to write.", valueName: "file"))
  var output = "layers.ora"

  @Option(
    help: ArgumentHelp(
      "Also write the skeletons as an .svg file for a pose layer of Krita AI Diffusion, where joints can be dragged.",
      valueName: "file"))
  var poseLayer: String?

  @Option(help: "The layers from the top down, separated by commas.", transform: MapList.parse)
  var maps: [MapName] = [
    .shaded, .openpose, .lineart, .softedge, .canny, .depth, .normal, .segmentation, .visible,
    .mask,
  ]

  @Option(
    help: ArgumentHelp("Only these characters, by id, separated by commas.", valueName: "ids"))
  var only: String?

  @Flag(help: "Show the characters in one picture, in one group.")
  var together = false

  @OptionGroup var options: SceneOptions

  @OptionGroup(title: "Map settings (they override the scene's)")
  var mapOptions: MapOptions

  func validate() throws {
    if !output.lowercased().hasSuffix(".ora") {
      throw ValidationError(
        "\(output): the layers are an OpenRaster file; its name must end in .ora")
    }
    if let poseLayer, !poseLayer.lowercased().hasSuffix(".svg") {
      throw ValidationError(
        "\(poseLayer): the skeletons are an SVG file; its name must end in .svg")
    }
  }

  func run() throws {
    let choices = options.choices(mapOptions)
    var loaded = try SceneLoader(choices).load(scene)
    loaded.diagnostics.forEach(printError)
    if !choices.mapSettings.contains(where: { $0.key == LineColors.key }) {
      loaded.scene.mapSettings.lines = .darkOnLight
    }
    let ids = try only.map { try CharacterList.parse($0, in: loaded) }
    let drawn = try SceneLayers(maps: maps, only: ids, together: together).draw(loaded.scene)
    var files = [OutputFile(path: output, bytes: try OpenRaster.file(drawn.picture))]
    if let poseLayer {
      guard drawn.people.count <= PoseLayerSVG.mostPeople else {
        throw Failure(
          .usage,
          "--pose-layer takes at most \(PoseLayerSVG.mostPeople) characters; choose some with --only"
        )
      }
      let canvas = loaded.scene.camera.canvas
      files.append(
        OutputFile(
          path: poseLayer,
          bytes: PoseLayerSVG.encode(drawn.people, width: canvas.width, height: canvas.height)))
    }
    try SingleFile.write(files)
    files.forEach { print($0.path) }
  }
}
