import ArgumentParser
internal import GitClient
internal import PosemapKit
internal import SceneFiles

/// `posemap merge-driver`: merges pose, clip and scene files for git by their meaning.
///
/// Git calls it with three temporary files and reads the result from the second. It must not write
/// anything else: git has not updated the work tree yet, and would mistake a change for a user's.
struct MergeDriverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge-driver",
    abstract: "Merge a file for git, by the meaning of its values (git calls this).",
    discussion:
      "Exits with 0 if everything is merged, and with 1 if there are conflicts. The result is in the file of --ours.",
    shouldDisplay: false)

  @Option(help: ArgumentHelp("The version that both come from: %O.", valueName: "file"))
  var base: String

  @Option(help: ArgumentHelp("Our version, and the result: %A.", valueName: "file"))
  var ours: String

  @Option(help: ArgumentHelp("Their version: %B.", valueName: "file"))
  var theirs: String

  @Option(help: ArgumentHelp("How long conflict markers are: %L.", valueName: "characters"))
  var markerSize = ConflictMarkers().size

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The path of the file in the repository: %P.", valueName: "path"))
  var path: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The name of the base: %S, since git 2.44.", valueName: "name"))
  var baseLabel: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The name of our version: %X, since git 2.44.", valueName: "name"))
  var oursLabel: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The name of their version: %Y, since git 2.44.", valueName: "name"))
  var theirsLabel: String?

  @Option(help: ArgumentHelp("The folder of the pose library.", valueName: "folder"))
  var rigs: String?

  func validate() throws {
    guard markerSize > 0 else { throw ValidationError("--marker-size must be 1 or more") }
  }

  func run() throws {
    let name = path ?? ours
    let versions = (
      base: try FileLoader.contents(of: base), ours: try FileLoader.contents(of: ours),
      theirs: try FileLoader.contents(of: theirs)
    )
    let merge: DocumentMerge
    do throws(DocumentMerge.Refusal) {
      merge = try DocumentMerge(
        base: versions.base, ours: versions.ours, theirs: versions.theirs, file: name)
    } catch {
      return try mergeText(name, error)
    }
    let merged = merge.bytes(markers())
    try SingleFile.overwrite(merged, at: ours)
    for conflict in merge.conflicts.prefix(Self.most) {
      printError("\(name): conflict: \(conflict.sentence)")
    }
    if merge.conflicts.count > Self.most {
      printError("\(name): conflict: and \(merge.conflicts.count - Self.most) more")
    }
    for fault in merge.faults {
      printError("\(name): conflict: each side is right, but together: \(fault.message)")
    }
    guard merge.isClean else { throw ExitCode(1) }
    let news = MergedBodies.news(
      in: merged, ours: versions.ours, theirs: versions.theirs, path: name,
      loader: SceneChoices(rigsFolder: rigs).diskLoader())
    for sentence in news { printNote("merged, but \(sentence)", of: name) }
  }

  /// The largest number of sentences to print, more than anyone reads.
  private static let most = 40

  private func markers() -> ConflictMarkers {
    var markers = ConflictMarkers()
    markers.size = markerSize
    // A git version that does not know the names leaves the placeholders in.
    if let name = oursLabel, !name.isEmpty, name != "%X" { markers.ours = name }
    if let name = baseLabel, !name.isEmpty, name != "%S" { markers.base = name }
    if let name = theirsLabel, !name.isEmpty, name != "%Y" { markers.theirs = name }
    let style = try? GitRepository.run(
      ["config", "--get", "merge.conflictStyle"], in: ".", accepting: 0...1)
    let word = style?.text.split(separator: "\n").first.map(String.init)
    markers.style = word.flatMap(ConflictMarkers.Style.init) ?? .merge
    return markers
  }

  /// Leaves a file that is not JSON to git's own line-based merge.
  private func mergeText(_ name: String, _ refusal: DocumentMerge.Refusal) throws {
    let marks = markers()
    let side = refusal.side == .base ? "the base" : refusal.side.rawValue
    let position = refusal.diagnostic.location.map { " (line \($0.line))" } ?? ""
    printNote(
      "merged line by line, since \(side) cannot be read\(position): \(refusal.diagnostic.message)",
      of: name)
    let answer = try GitRepository.run(
      [
        "merge-file", "-p", "-q", "--marker-size=\(markerSize)", "-L", marks.ours, "-L",
        marks.base, "-L", marks.theirs, "--", ours, base, theirs,
      ], in: ".", accepting: 0...255)
    // From 128 up, git has not merged, and our version stays, as with any binary file.
    if answer.status < 128 { try SingleFile.overwrite(answer.output, at: ours) }
    if answer.status != 0 { throw ExitCode(1) }
  }
}
