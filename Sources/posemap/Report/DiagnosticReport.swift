import ArgumentParser
internal import PosemapKit
internal import SceneFiles

/// The formats in which diagnostics are printed.
enum DiagnosticReport: String, ExpressibleByArgument, CaseIterable {
  case text, json, github, gitlab

  static let help =
    "The output format: text, json (a list), github (annotations of a pull request), or gitlab (a code quality report)."

  private struct Entry: Encodable {
    var file: String
    var line: Int?
    var column: Int?
    var path: String?
    var severity: String
    var code: String
    var message: String
  }

  /// Prints diagnostics.
  func show(_ diagnostics: [Diagnostic]) throws {
    switch self {
    case .text:
      for diagnostic in diagnostics { print(diagnostic.description) }
    case .github:
      for diagnostic in diagnostics {
        let position = diagnostic.location.map { ",line=\($0.line),col=\($0.column)" } ?? ""
        let file = Self.annotated(diagnostic.file)
          .replacing(":", with: "%3A").replacing(",", with: "%2C")
        let message = Self.annotated(diagnostic.message)
        print("::\(diagnostic.severity.rawValue) file=\(file)\(position)::\(message)")
      }
    case .gitlab: try Self.printList(CodeQuality.report(diagnostics))
    case .json:
      try Self.printList(
        diagnostics.map {
          Entry(
            file: $0.file, line: $0.location?.line, column: $0.location?.column,
            path: $0.path?.description, severity: $0.severity.rawValue, code: $0.code.rawValue,
            message: $0.message)
        })
    }
  }

  /// Returns diagnostics with file names as services know them: relative to posemap's working
  /// folder, which is the top of the checkout there.
  func named(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard self == .github || self == .gitlab else { return diagnostics }
    return diagnostics.map { diagnostic in
      var named = diagnostic
      named.file = FileIdentity.belowHere(diagnostic.file)
      return named
    }
  }

  private static func printList(_ entries: [some Encodable]) throws {
    // Foundation writes an empty list on several lines.
    let json = entries.isEmpty ? Array("[]\n".utf8) : try JSONText.encode(entries, pretty: true)
    printJSON(String(decoding: json, as: UTF8.self))
  }

  /// Returns a text escaped for GitHub's annotations.
  private static func annotated(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
