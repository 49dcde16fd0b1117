/// An error, warning or note about a file, with its location.
public struct Diagnostic: Error, Equatable, Sendable, CustomStringConvertible {
  /// The severity of a diagnostic.
  public enum Severity: String, Sendable {
    /// The file cannot be used.
    case error
    /// The file can be used but probably does not say what was meant.
    case warning
    /// A remark that is shown while drawing and does not cause a failure.
    case note
  }

  /// The cause of a fault, for exit codes.
  public enum Cause: Sendable {
    /// Something written in the file.
    case content
    /// Another file, which this one names, cannot be read.
    case missingInput
  }

  /// The severity.
  public var severity: Severity
  /// The kind of diagnostic, for programs.
  public var code: DiagnosticCode
  /// The cause of the fault, for exit codes.
  public var cause = Cause.content
  /// The file's path as given.
  public var file: String
  /// The line and column from 1 (columns in UTF-8 bytes); nil for the whole file.
  public var location: TextLocation?
  /// The path of the value; nil for text that is not JSON.
  public var path: DocumentPath?
  /// The error, and the values allowed there.
  public var message: String

  /// Creates a diagnostic from its parts.
  public init(
    _ severity: Severity, _ code: DiagnosticCode, file: String, at location: TextLocation?,
    _ message: String
  ) {
    self.severity = severity
    self.code = code
    self.file = file
    self.location = location
    self.message = message
  }

  /// `file:line:column: error: message`.
  public var description: String {
    let position = location.map { ":\($0.line):\($0.column)" } ?? ""
    return "\(file)\(position): \(severity.rawValue): \(message)"
  }
}

/// A location in a text file.
public struct TextLocation: Equatable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in UTF-8 bytes.
  public var column: Int

  /// Creates a location.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Collects diagnostics of all files read, so that one run shows every error.
public final class DiagnosticLog {
  /// The diagnostics in the order found.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Creates an empty log.
  public init() {}

  /// Whether there are any errors.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The diagnostics by file in the order in which they were read, and by location in each.
  public var sorted: [Diagnostic] {
    var files: [String] = []
    for diagnostic in diagnostics where !files.contains(diagnostic.file) {
      files.append(diagnostic.file)
    }
    return files.flatMap { file in
      diagnostics.filter { $0.file == file }.enumerated().sorted { a, b in
        let left = (a.element.location?.line ?? 0, a.element.location?.column ?? 0, a.offset)
        let right = (b.element.location?.line ?? 0, b.element.location?.column ?? 0, b.offset)
        return left < right
      }.map(\.element)
    }
  }

  /// Records an error.
  public func error(
    _ code: DiagnosticCode, _ file: String, _ location: TextLocation?, _ message: String
  ) {
    diagnostics.append(Diagnostic(.error, code, file: file, at: location, message))
  }

  /// Adds a diagnostic that was made elsewhere.
  public func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Records a named file that cannot be read.
  public func missingInput(
    _ code: DiagnosticCode, _ file: String, _ location: TextLocation?, _ message: String
  ) {
    var diagnostic = Diagnostic(.error, code, file: file, at: location, message)
    diagnostic.cause = .missingInput
    diagnostics.append(diagnostic)
  }

  /// Records a warning.
  public func warning(
    _ code: DiagnosticCode, _ file: String, _ location: TextLocation?, _ message: String
  ) {
    diagnostics.append(Diagnostic(.warning, code, file: file, at: location, message))
  }
}
