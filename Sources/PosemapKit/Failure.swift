public import Export
internal import MapRender
internal import PoseRig
public import SceneFiles

/// The reason why work ended without its result: a kind, for programs, and sentences, for people.
///
/// Nothing in PosemapKit prints or exits. The command prints ``lines`` and exits with the code.
public struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of a failure; its raw value is the exit code that sysexits.h has for it.
  public enum Code: Int32, Sendable {
    /// The request does not make sense.
    case usage = 64
    /// A file's content is wrong.
    case badData = 65
    /// An input file is missing or cannot be read.
    case noInput = 66
    /// A server cannot be reached, lacks something, or failed.
    case unavailable = 69
    /// A bug of posemap, or a broken graphics library.
    case internalFault = 70
    /// An output file or folder cannot be created.
    case cannotCreate = 73
    /// Writing failed, as on a full disk.
    case cannotWrite = 74
    /// The user stopped the work; shells give 130 for Ctrl-C.
    case interrupted = 130

    /// Whether the next piece of work would fail for this reason too.
    public var isOfOutput: Bool { self == .cannotCreate || self == .cannotWrite }
  }

  /// The kind of the failure.
  public var code: Code
  /// The faults of files that led to it, and the warnings before them, in the order to show them.
  public var diagnostics: [Diagnostic]
  /// Whole lines to show after the diagnostics.
  public var sentences: [String]

  /// All lines to show, in order.
  public var lines: [String] { diagnostics.map(\.description) + sentences }

  /// The lines, one below the other.
  public var description: String { lines.joined(separator: "\n") }

  /// A failure for a reason that is reported elsewhere, or by `diagnostics`.
  public init(_ code: Code, diagnostics: [Diagnostic] = []) {
    self.code = code
    self.diagnostics = diagnostics
    sentences = []
  }

  /// A failure for one reason, about a file or, by default, about the program.
  public init(_ code: Code, of subject: String = "posemap", _ reason: String) {
    self.init(code, lines: ["\(subject): error: \(reason)"])
  }

  /// A failure stated in whole lines.
  public init(_ code: Code, lines: [String]) {
    self.code = code
    diagnostics = []
    sentences = lines
  }

  /// The failure that diagnostics are; nil if they are only warnings.
  public init?(judging diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    if errors.isEmpty { return nil }
    let isMissing = errors.allSatisfy { $0.cause == .missingInput }
    self.init(isMissing ? .noInput : .badData, diagnostics: diagnostics)
  }

  /// An error of the engine's as a failure; nil for errors of other kinds.
  public init?(of error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ExportError: self.init(error.code, "\(error)")
    case let error as Diagnostic: self.init(.badData, diagnostics: [error])
    case let error as RenderError: self.init(.internalFault, "\(error)")
    default: return nil
    }
  }

  /// Returns this failure with diagnostics that were found before it.
  public func after(_ found: [Diagnostic]) -> Failure {
    var whole = self
    whole.diagnostics = found + diagnostics
    return whole
  }

  /// Does `work`, with every error as a failure.
  static func catching<Value>(_ work: () throws -> Value) throws(Failure) -> Value {
    do {
      return try work()
    } catch {
      throw Failure(of: error) ?? Failure(.internalFault, "\(error)")
    }
  }
}

extension ExportError {
  /// The kind of failure that the error is.
  public var code: Failure.Code {
    switch self {
    case .cannotCreate: .cannotCreate
    case .cannotWrite: .cannotWrite
    default: .internalFault
    }
  }
}
