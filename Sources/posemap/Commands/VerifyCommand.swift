import ArgumentParser
internal import PosemapKit
internal import SceneFiles

/// `posemap verify`: finds maps that are older than their scene.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Report which maps are out of date: their scene, poses, models or settings, or posemap, changed since.",
    discussion: """
      Reads the manifests that `posemap render` wrote and draws nothing. Exits with 1 if any maps are out of date, \
      missing or altered. For a Makefile: `posemap verify --quiet out || posemap render scene.json`.
      """)

  @Argument(help: ArgumentHelp("Folders that posemap rendered into.", valueName: "folder"))
  var folders: [String] = ["out"]

  @Flag(help: "Print every set of maps, with its files and the reasons, as JSON.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print nothing; only the exit code says it.")
  var quiet = false

  func run() throws {
    let verification = Verification(version: OwnVersion.number)
    var sets: [Verification.VerifiedSet] = []
    for folder in folders { sets += try verification.verify(folder) }
    if json, !quiet {
      try printJSON(sets)
    } else if !quiet {
      printReport(sets)
    }
    if sets.contains(where: \.isStale) { throw ExitCode(1) }
  }

  private func printReport(_ sets: [Verification.VerifiedSet]) {
    for set in sets where set.isStale {
      print("\(set.folder): \(Self.count(set)) out of date")
      for reason in set.reasons { print("  \(reason)") }
    }
    let stale = sets.count { $0.isStale }
    if stale == 0 {
      print(sets.count == 1 ? "up to date" : "all \(sets.count) sets of maps are up to date")
    } else if sets.count > 1 {
      print("\(stale) of \(sets.count) sets of maps are out of date")
    }
  }

  private static func count(_ set: Verification.VerifiedSet) -> String {
    let (stale, all) = (set.staleFiles.count, set.files.count)
    if all == 0 { return "the maps are" }
    if stale == all { return all == 1 ? "1 file is" : "all \(all) files are" }
    return "\(stale) of \(all) files \(stale == 1 ? "is" : "are")"
  }

  private struct Entry: Encodable {
    struct Reason: Encodable {
      var code: String
      var message: String
    }
    var folder: String
    var scene: String?
    var stale: Bool
    var files: [String]
    var staleFiles: [String]
    var reasons: [Reason]
  }

  private func printJSON(_ sets: [Verification.VerifiedSet]) throws {
    let entries = sets.map { set in
      Entry(
        folder: set.folder, scene: set.scene, stale: set.isStale, files: set.files,
        staleFiles: set.staleFiles,
        reasons: set.reasons.map { .init(code: $0.code, message: $0.description) })
    }
    posemap.printJSON(
      String(decoding: try JSONText.encode(entries, pretty: true), as: UTF8.self))
  }
}
