import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap poses`: what is in the pose library.
struct PosesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "poses",
    abstract: "List or draw the library's poses and hand shapes; list the places on a body.",
    discussion: """
      A pose file builds on one with "base": "NAME" or "blend", and takes a hand shape with "hands": {"left": "NAME"}. \
      With --sheet, poses (or, with --hands, hand shapes) are drawn in rows of eight in the order listed. \
      With --places, it lists what a goal can touch on a body: "reach": {"leftHand": "ben.back"}.
      """)

  @Option(help: ArgumentHelp("Draw them into this PNG file.", valueName: "file"))
  var sheet: String?

  @Option(
    help: "Which map the sheet shows: \(MapName.allCases.map(\.rawValue).joined(separator: ", ")).",
    transform: Self.map)
  var map = MapName.shaded

  @Flag(help: "Hand shapes only.")
  var hands = false

  @Flag(help: "List places on the body that hands and feet can reach.")
  var places = false

  @Flag(help: "Print the list as JSON.")
  var json = false

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  private static func map(_ name: String) throws -> MapName {
    guard let map = MapName(rawValue: name) else {
      let hint = NearestName.hint(for: name, among: MapName.allCases.map(\.rawValue))
      throw ValidationError("there is no map \"\(name)\"; \(hint)`posemap maps` lists them")
    }
    return map
  }

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
    if places, hands || sheet != nil {
      throw ValidationError("--places only lists; leave out --hands and --sheet")
    }
  }

  func run() throws {
    if places {
      return try show(BodyPoint.all.map(\.name))
    }
    guard let folder = RigsFolder.find(rigs) else {
      throw Failure(
        .noInput, "there is no pose library beside the command; give its folder with --rigs")
    }
    let names = PoseLibrary.names(in: folder)
    let shown = names.filter { $0.hasPrefix("hands/") == hands || (sheet == nil && !hands) }
    if let sheet {
      let poses = try shown.map {
        try PoseInput.load("\(folder)/poses/\($0).pose.json", rigs: folder)
      }
      var picture = PoseSheet()
      picture.map = map
      try PictureFile.write(try picture.draw(poses, view: hands ? .hand : .body), to: sheet)
      if !json { print(sheet) }
    }
    try show(shown)
  }

  private func show(_ names: [String]) throws {
    if json { return try LibraryListing.print(names.map(LibraryListing.Name.init)) }
    for name in names { print("  \(name)") }
  }
}
