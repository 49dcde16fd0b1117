internal import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The options of `posemap comfyui`, resolved.
struct ComfySetup {
  /// The models' recipe, with the settings from the command line.
  let recipe: ComfyRecipe
  private let command: ComfyUICommand
  private let stages: [String]
  private let definitions: ComfyNodeDefinitions

  /// Resolves the options, and reports mistakes in them before any scene is read.
  init(_ command: ComfyUICommand) throws {
    self.command = command
    var recipe = try Self.recipe(command)
    try GeneratorOptions.set(command.set) { recipe.set($0.name, to: $0.value) }
    if let choose = command.choose { _ = recipe.set("choose", to: choose) }
    stages = try Self.stages(command, recipe)
    if let fault = recipe.faultOfChoice(among: stages) {
      throw GeneratorOptions.usage("--choose: \(fault)")
    }
    try command.options.checkMaps(recipe.takes, most: recipe.most)
    if command.onePass, !recipe.takesRegions {
      throw GeneratorOptions.usage(
        "--one-pass: these models take no prompts for parts of the picture; leave it out, and merge the pictures"
      )
    }
    if command.into != nil, !recipe.takesInto {
      throw GeneratorOptions.usage(
        "--into: these models do not draw into a picture; leave it out, and merge the pictures")
    }
    self.recipe = recipe
    definitions = try Self.definitions(command)
  }

  /// Returns the export of a scene.
  func export(of loaded: LoadedScene) throws -> ComfyExport {
    if loaded.scene.characters.contains(where: { $0.id == ComfyCharacter.inputFolder }) {
      throw GeneratorOptions.usage(
        "the folder \"\(ComfyCharacter.inputFolder)\" is for the maps; give this character another id"
      )
    }
    var export = ComfyExport(
      recipe: recipe, maps: command.options.maps, stages: stages,
      styles: command.lora.joined().map { ($0.name, $0.strength) },
      only: try command.options.ids(in: loaded),
      sceneName: GeneratorScene.folderName(loaded.name), definitions: definitions)
    export.firstStyles = command.baseLora.joined().map { ($0.name, $0.strength) }
    export.seeds = command.seeds
    let last = loaded.described.seed + command.seeds - 1
    if last > Prompt.seeds.upperBound {
      throw GeneratorOptions.usage(
        "--seeds: the last seed would be \(last); seeds are at most \(Prompt.seeds.upperBound)")
    }
    if let path = command.into {
      export.into = try Self.picture(path, "the picture to draw into", named: "into")
    }
    if recipe.takesReference {
      export.references = try Self.references(loaded.described.characters, only: export.only)
    }
    return export
  }

  /// Reads the characters' pictures.
  private static func references(
    _ characters: [Character], only: [String]?
  ) throws -> [String: OutputFile] {
    var files: [String: OutputFile] = [:]
    for character in characters where only?.contains(character.id) ?? true {
      guard let path = character.reference else { continue }
      files[character.id] = try picture(
        path, "the reference picture of \"\(character.id)\"", named: "reference")
    }
    return files
  }

  private static func picture(
    _ path: String, _ what: String, named stem: String
  ) throws -> OutputFile {
    if let file = ReferencePicture.file(
      try FileLoader.contents(of: path, as: what), named: stem)
    {
      return file
    }
    throw Failure(.badData, of: path, "\(what) is not a picture (PNG, JPEG, WebP or GIF)")
  }

  private static func recipe(_ command: ComfyUICommand) throws -> ComfyRecipe {
    if let file = command.model {
      return try ComfyRecipe.read(
        try FileLoader.contents(of: file, as: "this model's file"), file: file)
    }
    let profile = command.options.profile
    guard let recipe = try ComfyRecipe.builtIn(profile.name) else {
      throw noWorkflow(for: profile)
    }
    return recipe
  }

  /// Returns a failure for a profile with models that are not among ComfyUI's families.
  static func noWorkflow(for profile: Profile) -> Failure {
    GeneratorOptions.usage(
      "there is no ComfyUI workflow for the profile \(profile.name); there are: "
        + ComfyRecipe.builtIn.joined(separator: ", "))
  }

  private static func stages(_ command: ComfyUICommand, _ recipe: ComfyRecipe) throws -> [String] {
    guard let list = command.stages else { return recipe.usualStageNames }
    if list == "none" { return [] }
    let names = list.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    if names.isEmpty {
      throw GeneratorOptions.usage(
        "--stages is empty; write none, or some of: "
          + recipe.stageNames.joined(separator: ", "))
    }
    if names.contains("none") {
      throw GeneratorOptions.usage(
        "--stages: none stands alone: it means only the first picture")
    }
    for name in names where !recipe.stageNames.contains(name) {
      throw GeneratorOptions.usage(
        "--stages: "
          + unknown(
            "stage", name, allowed: recipe.stageNames + ["none"], context: "of these models"))
    }
    if !command.lora.isEmpty, !names.contains("style") {
      throw GeneratorOptions.usage("--lora is for the stage \"style\", which is not among --stages")
    }
    if command.lora.isEmpty, names.contains("style") {
      throw GeneratorOptions.usage("--stages: style needs a LoRA: --lora <file>:<strength>")
    }
    return names
  }

  private static func definitions(_ command: ComfyUICommand) throws -> ComfyNodeDefinitions {
    var definitions = ComfyNodeDefinitions.known
    if let file = command.objectInfo {
      var own = ComfyNodeDefinitions()
      try own.add(
        objectInfo: try FileLoader.contents(of: file, as: "these node definitions"), file: file)
      if own.byName.isEmpty {
        throw Failure(
          .badData, of: file,
          "there are no node definitions in it; save a server's answer to GET /object_info")
      }
      definitions.add(own)
    }
    return definitions
  }
}
