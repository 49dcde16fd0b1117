import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit

/// `posemap wear`: garments in MakeHuman's form.
struct WearCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wear",
    abstract: "Install, list and look at hair and clothes of MakeHuman (.mhclo).",
    discussion: """
      A scene's human wears them by "wear": ["shoes01", "my/shirt.mhclo"], by their names if they are installed or by \
      their files.
      """,
    subcommands: [WearListCommand.self, WearInstallCommand.self],
    defaultSubcommand: WearListCommand.self)
}

/// `posemap wear list`: the garments that are installed.
struct WearListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the garments that are installed, or show them as a picture.")

  @Argument(help: ArgumentHelp("Only these garments, or .mhclo files.", valueName: "name"))
  var names: [String] = []

  @Option(help: ArgumentHelp("Draw them on the human into this PNG file.", valueName: "file"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "Which maps the sheet shows of each, separated by commas.", valueName: "map,…"),
    transform: MapList.parse)
  var maps = [MapName.shaded]

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
  }

  func run() throws {
    let garments = try Wardrobe.garments(named: names)
    if garments.isEmpty {
      print("none is installed; run: posemap wear install FOLDER")
    }
    if let sheet, !garments.isEmpty {
      guard case .success(let human) = HumanStore.load() else {
        throw Failure(
          .noInput, "the human that wears them is not installed; run: posemap body install")
      }
      var picture = WearSheet()
      picture.maps = maps
      try PictureFile.write(try picture.draw(garments.map(\.garment), on: human), to: sheet)
      print(sheet)
    }
    let width = garments.map(\.name.count).max() ?? 0
    for (name, garment) in garments {
      let space = String(repeating: " ", count: width - name.count + 2)
      print(
        "  \(name)\(space)\(garment.kind == .hair ? "hair" : "worn"), \(garment.anchors.count) vertices"
      )
    }
  }
}

/// `posemap wear install`: takes in an asset pack.
struct WearInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Take in the .mhclo files of folders or zip archives.",
    discussion: """
      MakeHuman's and MPFB's asset packs are such archives. Each file is checked, and compiled into \
      $XDG_CACHE_HOME/posemap/wear or ~/.cache/posemap/wear; scenes name it as its file is called, without .mhclo.
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
