import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The options of every command that prepares a scene for generators.
struct GeneratorOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The scene file.", valueName: "scene"))
  var scene: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The folder to write; by default named after the command.", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp("Only these characters, by id, separated by commas.", valueName: "ids"))
  var only: String?

  @Option(
    help: ArgumentHelp(
      "The maps to give the models, separated by commas; by default those that work best.",
      valueName: "maps"), transform: MapList.parse)
  var maps: [MapName]?

  // Otherwise, a negative number would be parsed as an option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The seed, instead of the scene's: \(Prompt.seeds.lowerBound) to \(Prompt.seeds.upperBound).",
      valueName: "number"))
  var seed: Int?

  @OptionGroup var scenes: SceneOptions

  @OptionGroup(title: "Map settings (they override the scene's)")
  var mapOptions: MapOptions

  @Flag(name: .shortAndLong, help: "Print nothing but warnings and errors.")
  var quiet = false

  func validate() throws {
    if let seed, !Prompt.seeds.contains(seed) {
      throw ValidationError(
        "--seed must be from \(Prompt.seeds.lowerBound) to \(Prompt.seeds.upperBound)")
    }
  }

  /// The models requested, otherwise the scene's own, otherwise SDXL.
  var profile: Profile {
    scenes.profile ?? scene.flatMap(GeneratorScene.profile) ?? .builtIn("sdxl-xinsir")
  }

  /// Rejects maps that the models do not accept, and more maps than they accept at once.
  func checkMaps(_ taken: [MapName], most: Int? = nil) throws {
    if let most, let maps, maps.count > most {
      throw Self.usage("--maps: these models take \(most) at a time, not \(maps.count)")
    }
    for map in maps ?? [] where !taken.contains(map) {
      let names = taken.map(\.rawValue).joined(separator: ", ")
      throw Self.usage("--maps: these models do not take \(map.rawValue); they take: \(names)")
    }
  }

  /// Returns the scene, drawn as the models expect it.
  func load(for profile: Profile) throws -> LoadedScene {
    var choices = scenes.choices(mapOptions)
    choices.profile = profile
    var loaded = try SceneLoader(choices).load(scene ?? "")
    if let seed { loaded.described.seed = seed }
    return loaded
  }

  /// Prints the warnings about a scene, and notes where its own settings are ignored.
  ///
  /// - Parameter maps: the maps that the models receive.
  func printNotes(on loaded: LoadedScene, maps: [MapName]) throws {
    loaded.diagnostics.forEach(printError)
    try notes(on: loaded, maps).forEach { printNote($0, of: loaded.path) }
  }

  private func notes(on loaded: LoadedScene, _ maps: [MapName]) throws -> [String] {
    var notes: [String] = []
    let settings = loaded.scene.mapSettings
    if settings.depthBits == 16, maps.contains(.depth) {
      notes.append(
        "depth has 8 bits here, not 16: generators read only 8, or the wrong 8")
    }
    let trained = loaded.scene.profile?.mapSettings.lines ?? .lightOnDark
    let lines = settings.lines != trained && maps.contains { [.canny, .softedge].contains($0) }
    let lineart = (settings.lineart ?? settings.lines) != trained && maps.contains(.lineart)
    if lines || lineart {
      let colors = trained == .lightOnDark ? "light on dark" : "dark on light"
      notes.append("lines are \(colors) here: the networks were trained on such lines")
    }
    if loaded.described.prompt.text.isEmpty {
      notes.append("the scene has no \"prompt\", so nothing describes what all pictures share")
    }
    let only = try ids(in: loaded)
    let characters = loaded.described.characters.filter { only?.contains($0.id) ?? true }
    let wordless = characters.filter(\.prompt.text.isEmpty).map(\.id)
    if !wordless.isEmpty, loaded.described.characters.contains(where: { !$0.prompt.text.isEmpty }) {
      notes.append("no \"prompt\" says what \(wordless.joined(separator: ", ")) looks like")
    }
    return notes
  }

  /// Returns the ids in ``only``, all of which must be in the scene.
  func ids(in loaded: LoadedScene) throws -> [String]? {
    try only.map { try CharacterList.parse($0, in: loaded) }
  }

  /// Writes all files or no file, removes files of earlier runs that are no longer used, and prints
  /// the paths of the new ones.
  func write(_ files: [OutputFile], removing strays: [String] = [], to folder: String) throws {
    try AtomicFolder.write(files, removing: strays, to: folder)
    if !quiet { files.forEach { print("\(folder)/\($0.path)") } }
  }

  /// Returns a failure for wrong options.
  static func usage(_ sentence: String) -> Failure { Failure(.usage, sentence) }

  /// Applies the assignments of `--set`.
  static func set(_ assignments: [Assignment], _ setting: (Assignment) -> String?) throws {
    let faults = assignments.compactMap { ofScene($0.name) ?? setting($0) }
    if faults.isEmpty { return }
    throw Failure(.usage, lines: faults.map { "posemap: error: --set: \($0)" })
  }

  /// Returns a sentence about a setting that belongs to the scene; nil for others.
  private static func ofScene(_ name: String) -> String? {
    switch name {
    case "seed": "the seed is the scene's \"seed\"; --seed overrides it"
    case "prompt", "negative", "negative_prompt":
      "prompts are the scene's \"prompt\" and \"negative\", for all and for each character"
    case "width", "height": "pictures have the canvas's size; --size overrides it"
    default: nil
    }
  }
}
