import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap hair`: lists and draws the library of hair.
struct HairCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hair",
    abstract: "List the library's hair styles and beards, or draw them as a picture.",
    discussion: """
      A character gets one with "hair": "bob", or {"style": "bob", "length": 1.2, "volume": 0.9, "curl": 0.3}; \
      a list can add a beard to the hair. With --sheet, they are drawn in rows in the order listed.
      """)

  @Argument(help: ArgumentHelp("Only these styles, or .hair.json files.", valueName: "name"))
  var names: [String] = []

  @Option(help: ArgumentHelp("Draw them into this PNG file.", valueName: "file"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      "The maps that the sheet shows, separated by commas.", valueName: "map,…"),
    transform: MapList.parse)
  var maps = [MapName.shaded]

  @Option(
    help: ArgumentHelp("The side of each picture in pixels, 32 to 2048.", valueName: "pixels"))
  var side = 220

  @Option(
    name: .customLong("angle"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Camera angles in degrees to the left of straight ahead, one picture each.",
      valueName: "degrees"))
  var angles = [35.0]

  @Option(
    help: ArgumentHelp(
      "The body whose head is drawn: \(BodyLibrary.names.joined(separator: ", ")).",
      valueName: "body"))
  var body = "female"

  @Flag(help: "Print the list as JSON.")
  var json = false

  @Option(help: ArgumentHelp("The folder of the library.", valueName: "folder"))
  var rigs: String?

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
    if !(32...2048).contains(side) {
      throw ValidationError("--side is \(side); it must be 32 to 2048")
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
    if folder == nil, names.isEmpty {
      throw Failure(.noInput, "there is no library beside the command; give its folder with --rigs")
    }
    let shown = names.isEmpty ? folder.map(HairLibrary.names) ?? [] : names
    let designs = try shown.map { name in
      name.hasSuffix(".json")
        ? try HairLibrary.design(at: name) : try HairLibrary.design(named: name, in: folder)
    }
    if let sheet {
      var picture = HairSheet()
      (picture.maps, picture.side, picture.angles) = (maps, side, angles)
      let (figure, bodies) = try model()
      try PictureFile.write(
        try picture.draw(designs.map { Hair($0) }, on: figure, bodies), to: sheet)
      if !json { print(sheet) }
    }
    if json { return try LibraryListing.print(designs.map(LibraryListing.HairEntry.init)) }
    let width = designs.map(\.name.count).max() ?? 0
    for design in designs {
      print("  \(design.name.padded(to: width))  \(design.summary)")
    }
  }

  /// Returns the body to show the hair on.
  private func model() throws -> (Figure, BodyStore) {
    if let mannequin = Mannequin.named(body) {
      return (.mannequin(mannequin, Proportions()), BodyStore())
    }
    switch HumanStore.load() {
    case .success(let human): return (.human(Phenotype()), BodyStore(human: human))
    case .failure(let failure):
      throw Failure(.noInput, "cannot use the body \"human\": \(failure.reason)")
    }
  }
}
