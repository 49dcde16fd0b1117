import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap wear`: lists, draws and installs garments of the library and of MakeHuman.
struct WearCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wear",
    abstract: "List, draw or install clothes: the library's and MakeHuman's (.mhclo).",
    discussion: """
      All bodies wear the library's with "wear": ["trousers", {"dress": {"length": 0.7}}]; the human also wears installed \
      ones by name, and .mhclo files: "wear": ["shoes01", "my/shirt.mhclo"].
      """,
    subcommands: [WearListCommand.self, WearInstallCommand.self],
    defaultSubcommand: WearListCommand.self)
}

/// `posemap wear list`: lists and draws the available garments.
struct WearListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the library's garments and the installed ones, or draw them as a picture."
  )

  @Argument(
    help: ArgumentHelp(
      "Only these garments, or .garment.json or .mhclo files.", valueName: "name"))
  var names: [String] = []

  @Option(help: ArgumentHelp("Draw them into this PNG file.", valueName: "file"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "The maps that the sheet shows, separated by commas.", valueName: "map,…"),
    transform: MapList.parse)
  var maps = [MapName.shaded]

  @Option(
    name: .customLong("angle"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Camera angles in degrees to the left of straight ahead, one picture each.",
      valueName: "degrees"))
  var angles = [0.0, 50]

  @Option(help: ArgumentHelp("The height of each picture in pixels, 64 to 2048.", valueName: "px"))
  var height = 320

  @Option(
    help: ArgumentHelp(
      "The body that wears the library's garments: \(BodyLibrary.names.joined(separator: ", ")).",
      valueName: "body"))
  var body = "female"

  @Flag(help: "Print the list as JSON.")
  var json = false

  @Option(help: ArgumentHelp("The folder of the library.", valueName: "folder"))
  var rigs: String?

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
    if !(64...2048).contains(height) {
      throw ValidationError("--height is \(height); it must be 64 to 2048")
    }
    if angles.isEmpty || angles.contains(where: { !$0.isFinite || abs($0) > 360 }) {
      throw ValidationError("--angle must be -360 to 360 degrees")
    }
    if !BodyLibrary.names.contains(body) {
      throw ValidationError(
        "--body is \"\(body)\"; it must be one of: \(BodyLibrary.names.joined(separator: ", "))")
    }
  }

  func run() throws {
    let folder = RigsFolder.find(rigs)
    let library = folder.map(GarmentLibrary.names) ?? []
    let isOurs = { (name: String) in name.hasSuffix(".json") || library.contains(name) }
    let designs = try (names.isEmpty ? library : names.filter(isOurs)).map { name in
      name.hasSuffix(".json")
        ? try GarmentLibrary.design(at: name) : try GarmentLibrary.design(named: name, in: folder)
    }
    let others = names.filter { !isOurs($0) }
    let garments = names.isEmpty || !others.isEmpty ? try Wardrobe.garments(named: others) : []
    if let sheet, !designs.isEmpty || !garments.isEmpty { try draw(designs, garments, to: sheet) }
    if json {
      return try LibraryListing.print(
        designs.map(LibraryListing.GarmentEntry.init)
          + garments.map { LibraryListing.GarmentEntry(installed: $0.name, $0.garment) })
    }
    let width = (designs.map(\.name) + garments.map(\.name)).map(\.count).max() ?? 0
    func column(_ name: String) -> String { "  \(name.padded(to: width))  " }
    for design in designs {
      let parameters = design.choices.map(\.parameter.rawValue).joined(separator: ", ")
      print(column(design.name) + design.summary + (parameters.isEmpty ? "" : " (\(parameters))"))
    }
    if !garments.isEmpty, !designs.isEmpty { print("installed, for the human:") }
    for (name, garment) in garments {
      print(
        column(name)
          + "\(garment.kind == .hair ? "hair" : "worn"), \(garment.anchors.count) vertices")
    }
    if names.isEmpty, garments.isEmpty {
      print("none of MakeHuman's are installed; run: posemap wear install FOLDER")
    }
  }

  private func draw(
    _ designs: [GarmentDesign], _ garments: [(name: String, garment: Garment)], to path: String
  ) throws {
    var picture = WearSheet()
    (picture.maps, picture.angles, picture.rowHeight) = (maps, angles, height)
    let worn = designs.map { Worn.clothes(Clothes($0)) } + garments.map { Worn.garment($0.garment) }
    let (figure, bodies) = try model(isHuman: !garments.isEmpty)
    try PictureFile.write(try picture.draw(worn, on: figure, bodies), to: path)
    if !json { print(path) }
  }

  /// Returns the body to show garments on: the human if some fit only the human.
  private func model(isHuman: Bool) throws -> (Figure, BodyStore) {
    if !isHuman, let mannequin = Mannequin.named(body) {
      return (.mannequin(mannequin, Proportions()), BodyStore())
    }
    switch HumanStore.load() {
    case .success(let human):
      return (.human(Phenotype.typical(male: false)), BodyStore(human: human))
    case .failure(let failure):
      throw Failure(
        .noInput,
        "the human that wears them cannot be used: \(failure.reason)")
    }
  }
}

/// `posemap wear install`: installs an asset pack.
struct WearInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install .mhclo files from folders or zip archives.",
    discussion: """
      MakeHuman's and MPFB's asset packs are such archives. Each file is checked and compiled into \
      $XDG_CACHE_HOME/posemap/wear or ~/.cache/posemap/wear; scenes name it by its file name, without .mhclo.
      """)

  @Argument(help: ArgumentHelp("A folder or a zip archive.", valueName: "folder or zip"))
  var packs: [String]

  func run() throws {
    for pack in packs {
      let done = try WardrobeInstall(from: pack)
      for entry in done.entries {
        print("\(entry.name): \(entry.vertices) vertices")
        for warning in entry.warnings { printNote("\(entry.name): \(warning)") }
      }
      for fault in done.faults { printError(fault) }
      if !done.faults.isEmpty { throw Failure(.badData) }
    }
  }
}
