import ArgumentParser
internal import PosemapKit
internal import SceneFiles

/// `posemap poses find`: finds poses and hand shapes by an artist's words.
struct PosesFindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Find poses, gestures and hand shapes by words: posemap poses find \"sad sitting\".",
    discussion: """
      Words are looked for in names, tags and descriptions. Those that have most of them are listed, the best \
      first; a gesture as gestures/NAME, a hand shape as hands/NAME.
      """)

  @Argument(help: ArgumentHelp("What you look for.", valueName: "word"))
  var words: [String]

  @Option(help: ArgumentHelp("Draw the poses found into this PNG file.", valueName: "file"))
  var sheet: String?

  @Option(help: ArgumentHelp("The largest number of poses to list.", valueName: "count"))
  var limit = 12

  @Flag(help: "Print the list as JSON.")
  var json = false

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
    if limit < 1 { throw ValidationError("--limit is \(limit); at least 1 is needed") }
  }

  func run() throws {
    let folder = try LibrarySheet.folder(rigs)
    let search = PoseSearch(PoseLibrary.cards(in: folder))
    let query = words.joined(separator: " ")
    let found = search.found(query).prefix(limit)
    guard !found.isEmpty else {
      let question = words.lazy.compactMap(search.question).first
      throw Failure(
        .noInput,
        "no pose matches \"\(query)\"; " + (question.map { $0 + " " } ?? "")
          + "`posemap poses` lists them all")
    }
    if let sheet {
      let bodies = found.filter { !$0.isHand }
      if bodies.isEmpty {
        throw Failure(
          .noInput, "only hand shapes match; `posemap poses --hands --sheet` draws them")
      }
      try LibrarySheet(folder: folder).write(bodies, to: sheet)
      if !json { print(sheet) }
    }
    if json { return try LibraryListing.print(found.map(LibraryListing.PoseEntry.init)) }
    let width = found.map(\.name.count).max() ?? 0
    for card in found {
      print(
        "  \(card.name.padded(to: width))  \(card.title) [\(card.tags.joined(separator: ", "))]")
    }
  }
}
