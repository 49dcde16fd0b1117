public import Export
internal import MapRender
internal import PoseRig
public import SceneFiles

/// The reason why work ended without a result: a kind for programs, and sentences for people.
///
/// Nothing in PosemapKit prints or exits. The command prints ``lines`` and exits with the code.
public struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of a failure; its raw value is the exit code from sysexits.h.
  public enum Code: Int32, Sendable {
    /// The request does not make sense.
    case usage = 64
    /// A file's content is wrong.
    case badData = 65
    /// An input file is missing or cannot be read.
    case noInput = 66
    /// A server cannot be reached, lacks something, or failed.
    case unavailable = 69
    /// posemap has a bug, or the graphics library is broken.
    case internalFault = 70
    /// An output file or folder cannot be created.
    case cannotCreate = 73
    /// Writing failed, as on a full disk.
    case cannotWrite = 74
    /// The user stopped the work; shells use 130 for Ctrl-C.
    case interrupted = 130

    /// Whether the next piece of work would also fail for this reason.
    public var isOfOutput: Bool { self == .cannotCreate || self == .cannotWrite }
  }

  /// The kind of the failure.
  public var code: Code
  /// The file faults that caused it, and the warnings before them, in the order in which to show
  /// them.
  public var diagnostics: [Diagnostic]
  /// Complete lines to show after the diagnostics.
  public var sentences: [String]

  /// All lines to show, in order.
  public var lines: [String] { diagnostics.map(\.description) + sentences }

  /// The lines, joined by line breaks.
  public var description: String { lines.joined(separator: "\n") }

  /// Creates a failure for a reason that is reported elsewhere, or by `diagnostics`.
  public init(_ code: Code, diagnostics: [Diagnostic] = []) {
    self.code = code
    self.diagnostics = diagnostics
    sentences = []
  }

  /// Creates a failure with one reason, about a file or, by default, about the program.
  public init(_ code: Code, of subject: String = "posemap", _ reason: String) {
    self.init(code, lines: ["\(subject): error: \(reason)"])
  }

  /// Creates a failure stated in complete lines.
  public init(_ code: Code, lines: [String]) {
    self.code = code
    diagnostics = []
    sentences = lines
  }

  /// Creates a failure if the diagnostics include errors; nil if they are only warnings.
  public init?(judging diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    if errors.isEmpty { return nil }
    let isMissing = errors.allSatisfy { $0.cause == .missingInput }
    self.init(isMissing ? .noInput : .badData, diagnostics: diagnostics)
  }

  /// Creates a failure from an error of the engine; nil for other kinds of errors.
  public init?(of error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ExportError: self.init(error.code, "\(error)")
    case let error as Diagnostic: self.init(.badData, diagnostics: [error])
    case let error as RenderError: self.init(.internalFault, "\(error)")
    default: return nil
    }
  }

  /// Returns this failure preceded by diagnostics that were found before it.
  public func after(_ found: [Diagnostic]) -> Failure {
    var whole = self
    whole.diagnostics = found + diagnostics
    return whole
  }

  /// Runs `work`, and throws every error as a failure.
  static func catching<Value>(_ work: () throws -> Value) throws(Failure) -> Value {
    do {
      return try work()
    } catch {
      throw Failure(of: error) ?? Failure(.internalFault, "\(error)")
    }
  }
}

extension ExportError {
  /// The kind of failure that this error is.
  public var code: Failure.Code {
    switch self {
    case .cannotCreate: .cannotCreate
    case .cannotWrite: .cannotWrite
    default: .internalFault
    }
  }
}
