import ArgumentParser
internal import Export
internal import PoseRig

/// `posemap render`: the main job.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draw the control maps of scenes, one character at a time.",
    discussion: """
      Writes <output>/<character>/<map>.png, openpose.json and keypoints.json beside them, and \
      <output>/manifest.json. With several scenes each gets a folder of its own in <output>. Nothing is \
      written unless every scene is free of errors; a file appears whole or not at all.
      """)

  @Argument(help: ArgumentHelp("Scene files.", valueName: "scene"))
  var scenes: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output = "out"

  @Option(
    help: ArgumentHelp(
      "Only these characters' maps, by id, separated by commas. The others still count for the depth range.",
      valueName: "ids"))
  var only: String?

  @Option(
    help: ArgumentHelp(
      "Only these maps, separated by commas, or all (by default "
        + MapName.standard.map(\.rawValue).joined(separator: ", ") + "), out of: "
        + MapName.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "maps"), transform: MapList.parse)
  var maps: [MapName] = MapName.standard

  @Flag(
    help: "Draw the characters in one picture, in <output>/all, instead of one at a time.")
  var together = false

  @OptionGroup var options: SceneOptions

  @OptionGroup(title: "Map settings (they take the place of the scene's)")
  var mapOptions: MapOptions

  @Flag(name: .shortAndLong, help: "Print nothing but warnings and errors.")
  var quiet = false

  func run() throws {
    try reportingFaults {
      let loaded = try LoadedScene.load(scenes, options, mapOptions)
      let ids = try only.map { try chosenCharacters($0, in: loaded) }
      for scene in loaded {
        let export = SceneExport(
          maps: maps, only: ids, together: together, version: Posemap.version)
        let files = try export.files(of: scene.scene, inputs: scene.inputs)
        let folder = loaded.count == 1 ? output : "\(output)/\(scene.name)"
        try AtomicFolder.write(files, to: folder)
        if !quiet { files.forEach { print("\(folder)/\($0.path)") } }
      }
    }
  }

  private func chosenCharacters(_ list: String, in scenes: [LoadedScene]) throws -> [String] {
    let ids = list.split(separator: ",").map(String.init)
    let known = scenes.flatMap { $0.scene.characters.map(\.id) }
    for id in ids where !known.contains(id) {
      printError(
        "posemap: error: --only \(id): no character has this id; there are: "
          + known.joined(separator: ", "))
      throw ExitCode.usage
    }
    if ids.isEmpty { throw ValidationError("--only names no character") }
    return ids
  }
}

/// `openpose,depth` on the command line.
enum MapList {
  /// The maps named, in the order given, each once.
  static func parse(_ argument: String) throws -> [MapName] {
    if argument == "all" { return MapName.allCases }
    var maps: [MapName] = []
    for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let map = MapName(rawValue: String(name)) else {
        throw ValidationError(
          "there is no map \"\(name)\"; there are: "
            + MapName.allCases.map(\.rawValue).joined(separator: ", ") + ", or all")
      }
      if !maps.contains(map) { maps.append(map) }
    }
    return maps
  }
}
