internal import Export
internal import MapRender
internal import PosemapKit
internal import SceneFiles

/// A picture of poses or hand shapes of the library, with their names.
struct LibrarySheet {
  /// The path of the folder `Rigs`.
  let folder: String
  var map = MapName.shaded

  /// Returns the folder of the library: the one given, or the one beside the command.
  static func folder(_ rigs: String?) throws -> String {
    guard let folder = RigsFolder.find(rigs) else {
      throw Failure(
        .noInput, "there is no pose library beside the command; give its folder with --rigs")
    }
    return folder
  }

  /// Draws the poses in order, each with the view that its file specifies.
  func write(_ cards: [PoseCard], _ view: PoseSheet.View = .body, to path: String) throws {
    var sheet = PoseSheet()
    sheet.map = map
    let entries = try cards.map { card in
      let pose =
        card.kind == .gesture
        ? try PoseLibrary.posing(card.bareName, in: folder)
        : try PoseInput.load("\(folder)/poses/\(card.name).pose.json", rigs: folder)
      return PoseSheet.Entry(pose, caption: card.bareName, view: card.view)
    }
    try PictureFile.write(try sheet.draw(entries, view: view), to: path)
  }
}
