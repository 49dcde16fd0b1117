import ArgumentParser
internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap sheet`: draws all maps of a scene as one picture.
struct SheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: "Draw all maps of a scene on one picture, one row per character.",
    discussion: """
      With --turnaround, there is a column per view around the figures, and a row per character and map.
      """)

  @Argument(help: ArgumentHelp("The scene file.", valueName: "scene"))
  var scene: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The PNG file to write.", valueName: "file"))
  var output = "sheet.png"

  @Option(help: "The columns, separated by commas.", transform: MapList.parse)
  var maps: [MapName] = ContactSheet().maps

  @Option(
    help: ArgumentHelp("Only these characters, by id, separated by commas.", valueName: "ids"))
  var only: String?

  @Flag(help: "Show the characters in one picture, in one row.")
  var together = false

  @Option(
    help: ArgumentHelp(
      "Show this many views around the figures, equally spaced, all with the same framing.",
      valueName: "count"))
  var turnaround: Int?

  @Option(help: "The height of each map on the sheet, in pixels.")
  var height = 320

  @OptionGroup var options: SceneOptions

  @OptionGroup(title: "Map settings (they override the scene's)")
  var mapOptions: MapOptions

  func validate() throws {
    try PictureFile.check(output)
    try ViewList.check(turnaround: turnaround)
    guard (16...4096).contains(height) else {
      throw ValidationError("--height must be from 16 to 4096 pixels")
    }
  }

  func run() throws {
    let loaded = try SceneLoader(options.choices(mapOptions)).load(scene)
    (loaded.diagnostics + loaded.notes()).forEach(printError)
    let ids = try only.map { try CharacterList.parse($0, in: loaded) }
    let contacts = ContactSheet(maps: maps, rowHeight: height, only: ids, together: together)
    let views = turnaround.map(Turn.all)?.map { turn in
      var scene = loaded.scene
      scene.turn(to: turn, in: loaded.described)
      return scene
    }
    let sheet = try views.map(contacts.draw(views:)) ?? contacts.draw(loaded.scene)
    try PictureFile.write(sheet, to: output)
    print(output)
  }
}
