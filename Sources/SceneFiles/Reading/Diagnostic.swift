/// One thing wrong (or doubtful) in a file, and where.
public struct Diagnostic: Error, Equatable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The file cannot be used.
    case error
    /// The file can be used but probably says something not meant.
    case warning
    /// Something to look at: whoever draws hears of it, and nothing fails for it.
    case note
  }

  /// A kind of fault, for exit codes.
  public enum Cause: Sendable {
    /// Something written in the file.
    case content
    /// Another file, which this one names, cannot be read.
    case missingInput
  }

  /// How bad it is.
  public var severity: Severity
  /// The kind of diagnostic, for programs.
  public var code: DiagnosticCode
  /// The kind of fault, for exit codes.
  public var cause = Cause.content
  /// The file's path as given.
  public var file: String
  /// Line and column from 1 (columns in UTF-8 bytes); nil when the whole file is meant.
  public var location: TextLocation?
  /// The path of the value that is meant; nil for text that is not JSON.
  public var path: DocumentPath?
  /// The mistake, and the values allowed there.
  public var message: String

  /// A diagnostic from its parts.
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
    let place = location.map { ":\($0.line):\($0.column)" } ?? ""
    return "\(file)\(place): \(severity.rawValue): \(message)"
  }
}

/// A place in a text file.
public struct TextLocation: Equatable, Sendable {
  /// From 1.
  public var line: Int
  /// From 1, in UTF-8 bytes.
  public var column: Int

  /// A place from its line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Gathers what is wrong over all files read, so that one run shows every mistake.
public final class DiagnosticLog {
  /// In the order found.
  public private(set) var diagnostics: [Diagnostic] = []

  /// An empty log.
  public init() {}

  /// Whether anything makes the files unusable.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// File by file in the order met, each from the top down.
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

  /// Takes note of something wrong.
  public func error(
    _ code: DiagnosticCode, _ file: String, _ location: TextLocation?, _ message: String
  ) {
    diagnostics.append(Diagnostic(.error, code, file: file, at: location, message))
  }

  /// Adds a diagnostic that was made elsewhere.
  public func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Takes note of a file that is named here but cannot be read.
  public func missingInput(
    _ code: DiagnosticCode, _ file: String, _ location: TextLocation?, _ message: String
  ) {
    var diagnostic = Diagnostic(.error, code, file: file, at: location, message)
    diagnostic.cause = .missingInput
    diagnostics.append(diagnostic)
  }

  /// Takes note of something doubtful.
  public func warning(
    _ code: DiagnosticCode, _ file: String, _ location: TextLocation?, _ message: String
  ) {
    diagnostics.append(Diagnostic(.warning, code, file: file, at: location, message))
  }
}
