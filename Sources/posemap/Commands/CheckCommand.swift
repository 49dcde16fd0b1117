import ArgumentParser
internal import Foundation
internal import PoseRig
internal import PosemapKit

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
    let loader = FileLoader.disk(rigsFolder: RigsFolder.find(options.rigs))
    var diagnostics: [Diagnostic] = []
    for path in files { diagnostics += check(path, loader) }
    if options.strict {
      diagnostics = diagnostics.map {
        var stricter = $0
        stricter.severity = .error
        return stricter
      }
    }
    try show(diagnostics)
    let errors = diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else {
      throw errors.allSatisfy { $0.cause == .missingInput } ? ExitCode.noInput : .badData
    }
  }

  private func check(_ path: String, _ loader: FileLoader) -> [Diagnostic] {
    guard case .success(let bytes) = loader.read(path) else {
      var missing = Diagnostic(.error, file: path, at: nil, "cannot read this file")
      missing.cause = .missingInput
      return [missing]
    }
    // A file that says nothing of characters is a pose; what is neither, the pose's reader names.
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains("\"characters\"") || text.contains("\"canvas\"") else {
      guard let file = try? PoseFile.read(path, loader: loader).get() else { return [] }
      let log = DiagnosticLog()
      if let pose = file.pose, file.motion == nil { SceneCheck.check(pose, file: path, log: log) }
      return file.diagnostics + log.sorted
    }
    guard
      case .success(let reading) = SceneReader.read(path, loader: loader, profile: options.profile)
    else { return [] }
    let log = DiagnosticLog()
    if let scene = reading.scene, let posed = SceneSolver.solve(scene, log: log) {
      SceneCheck.check(scene, posed, log: log)
    }
    return reading.diagnostics + log.sorted
  }

  private struct Entry: Encodable {
    var file: String
    var line: Int?
    var column: Int?
    var severity: String
    var message: String
  }

  private func show(_ diagnostics: [Diagnostic]) throws {
    switch format {
    case .text:
      for diagnostic in diagnostics { print(diagnostic.description) }
    case .github:
      for diagnostic in diagnostics {
        let place = diagnostic.location.map { ",line=\($0.line),col=\($0.column)" } ?? ""
        let message = diagnostic.message.replacing("%", with: "%25").replacing("\n", with: "%0A")
        print("::\(diagnostic.severity.rawValue) file=\(diagnostic.file)\(place)::\(message)")
      }
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      let entries = diagnostics.map {
        Entry(
          file: $0.file, line: $0.location?.line, column: $0.location?.column,
          severity: $0.severity.rawValue, message: $0.message)
      }
      print(String(decoding: try encoder.encode(entries), as: UTF8.self))
    }
  }
}
