import ArgumentParser
internal import Export
internal import GitClient
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap log`: tells a file's history in an artist's words.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Show the history of a pose, clip or scene: date, author, and what changed.",
    discussion: "Follows renames. The newest commit comes first, on a sheet the oldest.")

  @Argument(help: ArgumentHelp("The file, even one that no longer exists.", valueName: "path"))
  var path: String

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("The number of commits, starting with the newest.", valueName: "number"))
  var maxCount = 50

  @Option(
    help: ArgumentHelp(
      "Draw each version with its date and words into this PNG file.", valueName: "file"))
  var sheet: String?

  @Option(help: "Color the words: auto, always or never.")
  var color = ColorChoice.auto

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  /// The largest number of lines about one commit.
  private static let mostLines = 12

  func validate() throws {
    if let sheet { try PictureFile.check(sheet) }
    guard (1...10_000).contains(maxCount) else {
      throw ValidationError("--max-count must be from 1 to 10000")
    }
  }

  func run() throws {
    let repository = try GitComparison.repository()
    let history = try FileHistory(
      of: path, in: repository, most: maxCount, rigsFolder: RigsFolder.find(rigs))
    let palette = Palette(isOn: color.isOn)
    var entries: [HistorySheet.Entry] = []
    for (index, version) in history.versions.enumerated() {
      let difference = history.difference(version)
      let lines = Self.lines(difference)
      if index > 0 { Swift.print("") }
      Swift.print(
        "\(palette.name(version.date))  \(palette.title(version.subject))  "
          + palette.quiet("\(version.author), \(version.commit.prefix(9))"))
      for line in Self.renamed(version) { Swift.print("  " + palette.change(line)) }
      for line in lines.prefix(Self.mostLines) { Swift.print("  " + palette.change(line)) }
      if lines.count > Self.mostLines {
        Swift.print("  " + palette.quiet("and \(lines.count - Self.mostLines) more changes"))
      }
      if sheet != nil {
        entries.append(
          HistorySheet.Entry(
            state: difference?.after, isScene: difference?.kind == .scene, date: version.date,
            author: version.author, subject: version.subject,
            lines: Self.renamed(version) + lines))
      }
    }
    if history.versions.count == maxCount {
      printNote("only the newest \(maxCount) commits are shown; -n shows more")
    }
    guard let sheet else { return }
    try PictureFile.write(try HistorySheet(entries.reversed()).draw(), to: sheet)
  }

  /// Returns a line with the file's former path for a commit that renamed it.
  private static func renamed(_ version: FileHistory.Version) -> [DifferenceLine] {
    guard let old = version.oldPath, let new = version.path, old != new else { return [] }
    return [DifferenceLine(.note, "renamed from \(old)")]
  }

  /// Returns a version's changes; if there are several characters, each with its name.
  private static func lines(_ difference: FileDifference?) -> [DifferenceLine] {
    guard let difference else { return [] }
    let named = difference.groups.flatMap { group in
      group.lines.map {
        DifferenceLine($0.kind, group.title.isEmpty ? $0.text : "\(group.title): \($0.text)")
      }
    }
    let remark = difference.status == .same ? "" : DifferenceReport.remark(difference)
    let all = named + difference.faults.map { DifferenceLine(.worse, $0) }
    return all.isEmpty && !remark.isEmpty ? [DifferenceLine(.note, remark)] : all
  }
}
