import ArgumentParser
internal import ComfyClient
internal import Export
internal import Glibc
internal import PoseRig
internal import PosemapKit

/// `posemap comfyui`: makes workflows for a scene's characters, and queues them.
struct ComfyUICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "comfyui",
    abstract: "Write a ComfyUI workflow for each character, with its maps; optionally queue them.",
    discussion: """
      Writes <output>/<character>/workflow_api.json (for the API) and workflow.json (to open in the editor), and the \
      maps that they load in <output>/input: copy these into ComfyUI's input folder. All characters share the scene's prompt, seed and canvas, and therefore their \
      background and light.

      Nothing is contacted unless --submit names a server: then the workflows are checked against what it has, \
      the maps are uploaded, the prompts are queued, and the pictures are fetched into <output>/<character>/generated. \
      <output>/queue.json records the queued workflows until their pictures are fetched: `posemap comfyui --fetch -o <output>` \
      fetches the pictures that an interrupted run did not. Beside the pictures are the files that they were made from: \
      `posemap comfyui --again <output>/<character>/generated` makes them again.
      """)

  @OptionGroup var options: GeneratorOptions

  @Option(
    help: ArgumentHelp(
      "What to do after the first picture, separated by commas: variants, upscale, style, face (by default these), hands; none "
        + "for the first picture alone.",
      valueName: "stages"))
  var stages: String?

  @Option(
    help: ArgumentHelp(
      "The picture that upscaling and later stages continue from: base, daemon, sigmas, lying.",
      valueName: "picture"))
  var choose: String?

  @Flag(
    help:
      "Make one workflow for all characters: the maps show all of them, and each one's prompt counts where that one is seen."
  )
  var onePass = false

  @Option(
    help: ArgumentHelp(
      "A picture to draw the characters into, where the scene shows them; for models that take one.",
      valueName: "picture"))
  var into: String?

  @Option(
    help: ArgumentHelp(
      "LoRAs of the style pass, as <file> or <file>:<strength>, separated by commas.",
      valueName: "loras"), transform: Style.parse)
  var lora: [[Style]] = []

  @Option(
    help: ArgumentHelp(
      "LoRAs of the model in all passes, from the first picture on, as <file> or <file>:<strength>, separated by commas.",
      valueName: "loras"), transform: Style.parse)
  var baseLora: [[Style]] = []

  // Otherwise, a negative number would be parsed as an option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many pictures of each character to make, with consecutive seeds: 1 to 64. Several have folders of their own, <character>/seed-<number>.",
      valueName: "count"))
  var seeds = 1

  @Option(
    help: ArgumentHelp(
      "A setting of the models, as <name>=<value>, for example checkpoint=juggernaut.safetensors, steps=30 or "
        + "depth.strength=0.4; may be repeated. --settings lists them.",
      valueName: "name=value"), transform: Assignment.parse)
  var set: [Assignment] = []

  @Flag(help: "List the settings of the models, and write nothing.")
  var settings = false

  @Flag(help: "Print the file of the models of --profile, to change and give as --model.")
  var printModel = false

  @Option(
    help: ArgumentHelp(
      "A file that describes another family of models, instead of --profile (docs/generators.md).",
      valueName: "file"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Definitions of nodes that posemap does not know: a server's answer to GET /object_info.",
      valueName: "file"))
  var objectInfo: String?

  @Option(
    help: ArgumentHelp(
      "The address of a ComfyUI server to queue the workflows at, such as http://127.0.0.1:8188.",
      valueName: "url"))
  var submit: String?

  @Flag(help: "Fetch the pictures that an earlier run queued but did not fetch.")
  var fetch = false

  @Flag(
    help: ArgumentHelp(
      "Print the server's progress in lines for a program that runs this one.",
      visibility: .hidden))
  var progress = false

  @Option(
    help: ArgumentHelp(
      "Make pictures again: the folder that an earlier run fetched them into, such as comfyui/ana/generated, instead of a scene.",
      valueName: "folder"))
  var again: String?

  @OptionGroup(title: "Server") var server: ServerOptions

  func validate() throws {
    if !(1...64).contains(seeds) { throw ValidationError("--seeds must be from 1 to 64") }
    if fetch {
      if options.scene == nil, submit == nil, again == nil, !settings, !printModel { return }
      throw ValidationError(
        "--fetch takes only -o, --quiet and the server's options: the folder says what was queued, and where"
      )
    }
    if again != nil {
      if options.scene == nil, !settings, !printModel { return }
      throw ValidationError(
        "--again takes only -o, --submit, --quiet and the server's options: the folder has the workflow and its maps"
      )
    }
    if printModel, model != nil {
      throw ValidationError(
        "--print-model prints the models of --profile; --model is already a file")
    }
    if options.scene == nil, !settings, !printModel { throw ValidationError("name a scene file") }
    if model != nil, options.scenes.profile != nil {
      throw ValidationError("--model and --profile both name the models; give one of them")
    }
  }

  func run() throws {
    if progress { printAtOnce() }
    if fetch { return try fetchPictures() }
    let queue = try submit.map { try self.queue(at: try ServerAddress($0)) }
    if let again {
      let character = try RunRecord.workflow(in: again)
      try options.write(character.files, to: output)
      try queue?.run([character])
      return
    }
    if printModel { return try printModelFile() }
    let setup = try ComfySetup(self)
    if settings { return setup.recipe.listing.forEach { print($0) } }
    let loaded = try options.load(for: setup.recipe.profile)
    let export = try setup.export(of: loaded)
    try options.printNotes(on: loaded, maps: export.maps ?? export.recipe.use)
    let characters =
      onePass
      ? try export.together(of: loaded.scene, described: loaded.described)
      : try export.characters(of: loaded.scene, described: loaded.described)
    printNotes(of: characters, export, loaded.path)
    // Users copy this folder into ComfyUI's, so it must not keep files that no workflow loads.
    try options.write(
      Self.distinct(characters.flatMap(\.files)), removing: characters.flatMap(\.strayPictures),
      to: output)
    try queue?.run(characters)
  }

  /// Returns the files with each path once: several workflows can share maps.
  private static func distinct(_ files: [OutputFile]) -> [OutputFile] {
    var seen: Set<String> = []
    return files.filter { seen.insert($0.path).inserted }
  }

  private var output: String { options.output ?? "comfyui" }

  private func queue(at address: ServerAddress) throws -> ComfyUIQueue {
    ComfyUIQueue(
      address: address, access: try server.access(to: address), output: output,
      patience: server.limits, quiet: options.quiet, tellsProgress: progress)
  }

  private func fetchPictures() throws {
    guard let file = try ComfyQueueFile.read(in: output) else {
      throw Failure(
        .noInput, "\(output): there is nothing left to fetch; --submit <url> queues workflows")
    }
    try queue(at: try ServerAddress(file.server)).fetch(file.waiting)
  }
}

extension ComfyUICommand {
  /// Prints, once each, which requests the workflows ignore.
  private func printNotes(
    of characters: [ComfyCharacter], _ export: ComfyExport, _ path: String
  ) {
    var said: [String] = []
    for warning in characters.compactMap(\.warning) where !said.contains(warning) {
      said.append(warning)
      printWarning(warning, of: path)
    }
    for note in characters.flatMap(\.notes) where !said.contains(note) {
      said.append(note)
      printNote(note, of: path)
    }
    let used = characters.reduce(into: Set<String>()) { $0.formUnion($1.used) }
    for name in set.map(\.name) where !used.contains(name) && !characters.isEmpty {
      printNote("--set \(name) changes nothing: \(export.reasonUnused(name))")
    }
  }

  private func printModelFile() throws {
    guard let bytes = ComfyRecipe.modelFile(options.profile.name) else {
      throw ComfySetup.noWorkflow(for: options.profile)
    }
    print(String(decoding: bytes, as: UTF8.self), terminator: "")
  }
}
