import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap merge`: combines one picture per character into one picture.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Combine separately generated pictures of a scene's characters into one.",
    discussion: """
      Each pixel is taken from the picture of the character who is visible there; what \
      is left, from the base. Pictures are blended in a narrow band along the seams and unchanged elsewhere. \
      They can be larger or smaller than the scene's canvas, if they have its shape.
      """)

  @Argument(help: ArgumentHelp("The scene file.", valueName: "scene"))
  var scene: String

  @Argument(
    help: ArgumentHelp(
      "A character's picture, a PNG: the character's id, and the file.", valueName: "id=file"),
    transform: PictureArgument.pasted)
  var pictures: [PictureArgument]

  @Option(
    help: ArgumentHelp(
      "The picture into which the others go, as <id>=<file>, or <file>: then it shows the character it is named after, or the one "
        + "without another picture.", valueName: "picture"),
    transform: PictureArgument.base)
  var base: [PictureArgument] = []

  @Option(
    help: ArgumentHelp(
      "The picture into which the others go, if it shows none of the scene's characters.",
      valueName: "file"))
  var background: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The PNG file to write.", valueName: "file"))
  var output = "merged.png"

  @Option(
    help: ArgumentHelp(
      "Also write an OpenRaster file (.ora) with one layer per character, for Krita, MyPaint or GIMP 3.",
      valueName: "file"))
  var ora: String?

  @Option(
    help: ArgumentHelp(
      "Also write GIMP's own file (.xcf) with one masked layer per character.",
      valueName: "file"))
  var xcf: String?

  // Otherwise, a negative number would be parsed as an option.
  @Option(
    parsing: .unconditional,
    help: "How far hair and clothes stand out from the mannequins, -256 to 256 pixels.")
  var grow = 0

  @Option(
    parsing: .unconditional, help: "How wide the blended band along a seam is, 0 to 256 pixels.")
  var feather = 8

  @Flag(help: "First match each picture's colors to the base's, by the background around it.")
  var match = false

  @OptionGroup var options: SceneOptions

  @Flag(name: .shortAndLong, help: "Print nothing but warnings and errors.")
  var quiet = false

  func validate() throws {
    if base.count + (background == nil ? 0 : 1) != 1 {
      throw ValidationError(
        "name the picture into which the others go, only once: --base <id>=<file>, --base <file>, or --background <file>"
      )
    }
    try PictureFile.check(output)
    if let ora, !ora.lowercased().hasSuffix(".ora") {
      throw ValidationError("\(ora): the layers are an OpenRaster file; its name must end in .ora")
    }
    if let xcf, !xcf.lowercased().hasSuffix(".xcf") {
      throw ValidationError("\(xcf): the layers are GIMP's file; its name must end in .xcf")
    }
    for (name, value, range) in [
      ("grow", grow, MapSettings.growRange), ("feather", feather, MapSettings.featherRange),
    ] where !range.contains(value) {
      throw ValidationError(
        "--\(name) must be from \(range.lowerBound) to \(range.upperBound) pixels")
    }
  }

  func run() throws {
    try keepInputs()
    let (scene, pictures) = try load()
    let result = try SceneMerge(
      grow: grow, feather: feather, matches: match, layered: ora != nil || xcf != nil
    ).merge(pictures.others, into: pictures.base, scene: scene)
    for id in result.unmatched {
      printNote(
        "too little background is visible around \(id) to match colors by; they are unchanged"
      )
    }
    for id in result.unused {
      printNote(
        "\(id)'s picture is not used: \(id) is not visible in the scene\(grow < 0 ? ", or --grow took it all" : "")"
      )
    }
    var files: [OutputFile] = []
    if let layers = result.layers {
      if let ora { files.append(OutputFile(path: ora, bytes: try OpenRaster.file(layers))) }
      if let xcf { files.append(OutputFile(path: xcf, bytes: try XCF.file(layers))) }
    }
    files.append(OutputFile(path: output, bytes: try PNGFile.encode(result.picture)))
    try SingleFile.write(files)
    if !quiet { files.forEach { print($0.path) } }
  }

  private var under: PictureArgument {
    base.first ?? PictureArgument(id: nil, path: background ?? "")
  }

  /// Refuses to overwrite an input, which could have taken a model minutes.
  private func keepInputs() throws {
    let inputs = [scene, under.path] + pictures.map(\.path)
    for target in [output, ora, xcf].compactMap(\.self) {
      guard let input = inputs.first(where: { FileIdentity.areSame($0, target) }) else { continue }
      throw Failure(
        .usage, "\(target) would overwrite the input \(input); choose another name")
    }
  }

  /// Returns the pictures, and the scene posed for a canvas of their size.
  private func load() throws -> (PosedScene, MergePictures) {
    let loader = try SceneLoader(options.choices())
    var described = try loader.describe(scene)
    let plan = try MergePlan(
      base: under, isBackground: background != nil, pictures: pictures,
      ids: described.scene.characters.map(\.id))
    for id in plan.unpictured {
      printNote("no picture shows \(id); the base is used where \(id) is visible")
    }
    let read = try MergePictures(plan)
    if read.isBaseBlackened {
      printNote("the base is transparent in places; there it is black", of: under.path)
    }
    described.scene.canvas = try read.size(fitting: described.scene.canvas)
    let loaded = try loader.solve(described)
    loaded.diagnostics.forEach(printError)
    return (loaded.scene, read)
  }
}
