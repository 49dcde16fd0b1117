import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap fmt`: files in the one layout that diffs and merges well.
struct FmtCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract:
      "Put pose, clip and scene files into their one layout: keys in order, one joint a line, limbs apart.",
    discussion: "Only the layout changes. Files that are no JSON are named and left as they are.")

  @Argument(help: ArgumentHelp("Files to rewrite.", valueName: "file"))
  var files: [String]

  @Flag(
    help:
      "Change nothing; name the files that are laid out otherwise, and exit with 65 if there are any."
  )
  var check = false

  func run() throws {
    try reportingFaults {
      var failure: ExitCode?
      for path in files {
        switch FileLoader.bytes(path) {
        case .failure(let fault):
          printError("\(path): error: cannot read this file: \(fault.reason)")
          failure = failure ?? .noInput
        case .success(let bytes):
          if let code = try format(bytes, path) { failure = failure ?? code }
        }
      }
      if let failure { throw failure }
    }
  }

  private func format(_ bytes: [UInt8], _ path: String) throws -> ExitCode? {
    let log = DiagnosticLog()
    guard let text = CanonicalLayout.text(of: bytes, file: path, log: log) else {
      for diagnostic in log.sorted { printError(diagnostic.description) }
      return .badData
    }
    if Array(text.utf8) == bytes { return nil }
    print(path)
    if check { return .badData }
    try SingleFile.write(Array(text.utf8), to: path)
    return nil
  }
}
