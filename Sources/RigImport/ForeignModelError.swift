/// The reason why a foreign file cannot be used: a sentence with the fault and the remedy.
public enum ForeignModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The bytes are of no format that is read.
  case unknownFormat(String)
  /// The file contradicts itself, ends early or breaks its format's rules.
  case damaged(String)
  /// The file needs something that posemap does not do.
  case unsupported(String)
  /// Reading it took more memory, time or output than any honest file needs.
  case overLimit(String)

  /// The fault and the remedy in words.
  public var description: String {
    switch self {
    case .unknownFormat(let what), .damaged(let what), .unsupported(let what),
      .overLimit(let what):
      what
    }
  }
}
