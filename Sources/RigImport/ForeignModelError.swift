/// Why a file of someone else's cannot be used: a sentence that says what is wrong and what to do.
public enum ForeignModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The bytes are of no format that is read.
  case unknownFormat(String)
  /// The file contradicts itself, ends early or breaks its format's rules.
  case damaged(String)
  /// The file needs something that posemap does not do.
  case unsupported(String)
  /// Reading it took more memory, time or output than any honest file needs.
  case overLimit(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .unknownFormat(let what), .damaged(let what), .unsupported(let what),
      .overLimit(let what):
      what
    }
  }
}
