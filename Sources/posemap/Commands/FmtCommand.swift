import ArgumentParser
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap fmt`: formats files in the layout that diffs and merges well.
struct FmtCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract:
      "Format pose, clip and scene files: keys in order, one joint per line, limbs apart.",
    discussion: """
      Only the layout changes. Line endings stay as they are, so that git can check files out with Windows line endings; \
      a byte order mark is removed. Files that are not JSON are named and left unchanged.
      """)

  @Argument(help: ArgumentHelp("Files to rewrite.", valueName: "file"))
  var files: [String]

  @Flag(
    help:
      "Change nothing; name the files that are not formatted, and exit with 65 if there are any."
  )
  var check = false

  func run() throws {
    var first: Failure?
    for path in files {
      do throws(Failure) {
        try format(path)
      } catch {
        error.lines.forEach(printError)
        if error.code.isOfOutput { throw Failure(error.code) }
        first = first ?? error
      }
    }
    if let first { throw Failure(first.code) }
  }

  private func format(_ path: String) throws(Failure) {
    let bytes = try FileLoader.contents(of: path)
    let log = DiagnosticLog()
    guard let laidOut = CanonicalLayout.bytes(of: bytes, file: path, log: log) else {
      throw Failure(.badData, diagnostics: log.sorted)
    }
    if laidOut == bytes { return }
    print(path)
    if check { throw Failure(.badData) }
    do {
      try SingleFile.write(laidOut, to: path)
    } catch {
      throw Failure(error.code, "\(error)")
    }
  }
}
