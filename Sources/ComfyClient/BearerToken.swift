/// A secret that a server wants to see with each request (RFC 6750).
///
/// It is sent in the requests' `Authorization` header, and nothing prints or writes it.
public struct BearerToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The length that no token exceeds, in bytes.
  public static let mostBytes = 16 << 10

  private let secret: String

  /// Reads a token from a file's bytes; nil unless they are one word of ASCII's visible characters,
  /// with or without a line break at its end.
  public init?(file bytes: [UInt8]) {
    let word = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    guard word.count == 1, bytes.first == word[0].first, word[0].count <= Self.mostBytes,
      word[0].allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    secret = String(decoding: word[0], as: UTF8.self)
  }

  /// The value of the header `Authorization`.
  var authorization: String { "Bearer \(secret)" }

  /// Words that stand for the secret.
  public var description: String { "(a secret)" }
  /// Words that stand for the secret.
  public var debugDescription: String { description }
  /// Nothing, so that no dump shows the secret.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
