import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap props`: lists and draws the library's props.
struct PropsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "props",
    abstract: "List the library's props with their sizes and places, or draw them as a picture.",
    discussion: """
      A scene has one with "props": [{"id": "seat", "shape": "chair"}], and goals name its places: "seat": "props.seat.seat". \
      With --sheet, they are drawn in rows in the order listed.
      """)

  @Argument(help: ArgumentHelp("Only these props, or .prop.json files.", valueName: "name"))
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
    help: ArgumentHelp(
      "The camera angle in degrees to the left of straight ahead.", valueName: "degrees"))
  var angle = 35.0

  @Flag(help: "Print the list as JSON.")
  var json = false

  @Option(help: ArgumentHelp("The folder of the library.", valueName: "folder"))
  var rigs: String?

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
    if !(32...2048).contains(side) {
      throw ValidationError("--side is \(side); it must be 32 to 2048")
    }
    if !angle.isFinite || abs(angle) > 360 {
      throw ValidationError("--angle must be -360 to 360 degrees")
    }
  }

  func run() throws {
    let folder = RigsFolder.find(rigs)
    if folder == nil, names.isEmpty {
      throw Failure(.noInput, "there is no library beside the command; give its folder with --rigs")
    }
    let shown = names.isEmpty ? folder.map(PropLibrary.names) ?? [] : names
    let designs = try shown.map { try Self.design($0, rigs: folder) }
    if let sheet {
      var picture = PropSheet()
      picture.maps = maps
      picture.side = side
      picture.view.angle = angle
      let props = designs.map { Prop(id: "prop", shape: .thing($0)) }
      try PictureFile.write(try picture.draw(props), to: sheet)
      if !json { print(sheet) }
    }
    if json { return try LibraryListing.print(designs.map(LibraryListing.PropEntry.init)) }
    let width = designs.map(\.name.count).max() ?? 0
    for design in designs { Self.list(design, width: width) }
  }

  private static func design(_ name: String, rigs: String?) throws -> PropDesign {
    guard name.hasSuffix(".json") else {
      return try PropLibrary.design(named: name, in: rigs)
    }
    return try PropLibrary.design(at: name)
  }

  private static func list(_ design: PropDesign, width: Int) {
    let name = design.name.padded(to: width)
    let size = design.bounds.size
    let sizes = [size.x, size.y, size.z].map { DecimalText.rounded($0, 2) }
    let points = design.points.keys.sorted()
    print("  \(name)  \(sizes.joined(separator: " × ")) m  \(design.summary)")
    if !points.isEmpty {
      print("".padded(to: width + 4) + "places: \(points.joined(separator: ", "))")
    }
  }
}
