import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap check`: everything that is wrong with files, without drawing them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Report all that is wrong or doubtful in pose, clip and scene files.",
    discussion: "Exits with 65 if anything is wrong, with --strict also if anything is doubtful.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, github
  }

  @Argument(help: ArgumentHelp("Files to check.", valueName: "file"))
  var files: [String]

  @Option(help: "How to say it: text, json (a list), or github (annotations of a pull request).")
  var format = Format.text

  @OptionGroup var options: SceneOptions

  func run() throws {
    let loader = options.choices().diskLoader()
    var diagnostics = files.flatMap { check($0, loader) }
    if options.strict { diagnostics = diagnostics.map(\.asError) }
    try show(diagnostics)
    // They were shown in the format asked for.
    if let failure = Failure(judging: diagnostics) { throw Failure(failure.code) }
  }

  private func check(_ path: String, _ loader: FileLoader) -> [Diagnostic] {
    switch CheckedFile.read(path, loader: loader, profile: options.profile) {
    case .failure:
      var missing = Diagnostic(.error, .unreadable, file: path, at: nil, "cannot read this file")
      missing.cause = .missingInput
      return [missing]
    case .success(let diagnostics): return diagnostics
    }
  }

  private struct Entry: Encodable {
    var file: String
    var line: Int?
    var column: Int?
    var path: String?
    var severity: String
    var code: String
    var message: String
  }

  private func show(_ diagnostics: [Diagnostic]) throws {
    switch format {
    case .text:
      for diagnostic in diagnostics { print(diagnostic.description) }
    case .github:
      for diagnostic in diagnostics {
        let place = diagnostic.location.map { ",line=\($0.line),col=\($0.column)" } ?? ""
        let file = Self.annotated(diagnostic.file)
          .replacing(":", with: "%3A").replacing(",", with: "%2C")
        let message = Self.annotated(diagnostic.message)
        print("::\(diagnostic.severity.rawValue) file=\(file)\(place)::\(message)")
      }
    case .json:
      let entries = diagnostics.map {
        Entry(
          file: $0.file, line: $0.location?.line, column: $0.location?.column,
          path: $0.path?.description, severity: $0.severity.rawValue, code: $0.code.rawValue,
          message: $0.message)
      }
      let json = try JSONText.encode(entries, pretty: true)
      printJSON(String(decoding: json, as: UTF8.self))
    }
  }

  /// Returns a text as GitHub's annotations spell it.
  private static func annotated(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
