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
      A pose file builds on one by "base": "NAME" or "blend", takes a hand shape by "hands": {"left": "NAME"}. \
      With --sheet the poses stand in rows of eight in the order listed, poses or, with --hands, hand shapes. \
      With --places it lists what a goal can touch on a body: "reach": {"leftHand": "ben.back"}.
      """)

  @Option(help: ArgumentHelp("Draw them into this PNG file.", valueName: "file"))
  var sheet: String?

  @Option(
    help: "Which map the sheet shows: \(MapName.allCases.map(\.rawValue).joined(separator: ", ")).",
    transform: Self.map)
  var map = MapName.shaded

  @Flag(help: "Hand shapes only.")
  var hands = false

  @Flag(help: "Places on the body that hands and feet can reach.")
  var places = false

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
      throw ValidationError("--places is a list; leave --hands and --sheet out")
    }
  }

  func run() throws {
    if places {
      for place in BodyPoint.all { print("  \(place.name)") }
      return
    }
    guard let folder = RigsFolder.find(rigs) else {
      throw Failure(.noInput, "there is no pose library beside the command; name one with --rigs")
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
      print(sheet)
    }
    for name in shown { print("  \(name)") }
  }
}
