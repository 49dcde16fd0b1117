/// The reason why another program's file cannot be used: a sentence with the fault and how to fix
/// it.
public enum ForeignModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file has no supported format.
  case unknownFormat(String)
  /// The file is inconsistent, truncated or violates its format.
  case damaged(String)
  /// The file requires something that posemap does not support.
  case unsupported(String)
  /// Reading it took more memory, time or output than any valid file needs.
  case overLimit(String)

  /// The sentence.
  public var description: String {
    switch self {
    case .unknownFormat(let what), .damaged(let what), .unsupported(let what),
      .overLimit(let what):
      what
    }
  }
}
