import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap poses list`: lists and draws the pose library.
struct PosesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "List or draw poses, gestures and hand shapes; list the places on a body.",
    discussion: """
      With --sheet, poses (or, with --gestures or --hands, those) are drawn in rows of eight in the order listed. \
      With --places, it lists what a goal can touch on a body: "reach": {"leftHand": "ben.back"}.
      """)

  @Option(help: ArgumentHelp("Draw them into this PNG file.", valueName: "file"))
  var sheet: String?

  @Option(
    help:
      "The map that the sheet shows: \(MapName.allCases.map(\.rawValue).joined(separator: ", ")).",
    transform: Self.map)
  var map = MapName.shaded

  @Flag(help: "Gestures only: what arms do.")
  var gestures = false

  @Flag(help: "Hand shapes only.")
  var hands = false

  @Flag(
    name: .customLong("places"), help: "List places on the body that hands and feet can reach.")
  var listsPoints = false

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
    if listsPoints, hands || gestures || sheet != nil {
      throw ValidationError("--places only lists; leave out --gestures, --hands and --sheet")
    }
    if hands, gestures { throw ValidationError("--hands and --gestures exclude each other") }
  }

  func run() throws {
    if listsPoints {
      let points = BodyPoint.all.map(\.name)
      if json { return try LibraryListing.print(points.map(LibraryListing.Name.init)) }
      for point in points { print("  \(point)") }
      return
    }
    let folder = try LibrarySheet.folder(rigs)
    let kind: PoseCard.Kind = hands ? .hand : gestures ? .gesture : .pose
    let shown = PoseLibrary.cards(in: folder).filter {
      $0.kind == kind || (sheet == nil && kind == .pose)
    }
    if let sheet {
      try LibrarySheet(folder: folder, map: map).write(shown, hands ? .hand : .body, to: sheet)
      if !json { print(sheet) }
    }
    if json { return try LibraryListing.print(shown.map(LibraryListing.PoseEntry.init)) }
    for card in shown { print("  \(card.name)") }
  }
}
