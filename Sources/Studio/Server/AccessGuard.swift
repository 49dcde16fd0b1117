internal import NIOHTTP1

/// Decides who may talk to the studio: pages that it served itself, in a browser on this machine.
///
/// Another page in the same browser can send requests here too. It does not know the token, and the
/// browser names its origin; a name of its own that it lets point to 127.0.0.1 shows in `Host`.
struct AccessGuard: Sendable {
  /// The token that the address of the page has.
  let token: String
  /// The key that a browser is opened with, in the token's place.
  var pass = OnePass()
  /// The port that is listened on.
  let port: Int

  /// A token that cannot be guessed.
  static func newToken() -> String {
    var source = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let half = String(source.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - half.count) + half
    }.joined()
  }

  private var hosts: [String] { ["127.0.0.1:\(port)", "localhost:\(port)"] }

  /// Whether a request was made to this server by its own name.
  func allowsHost(_ headers: HTTPHeaders) -> Bool {
    headers["Host"].count == 1 && hosts.contains(headers["Host"][0].lowercased())
  }

  /// Whether a request comes from this server's own page, or from no page at all.
  func allowsOrigin(_ headers: HTTPHeaders) -> Bool {
    headers["Origin"].allSatisfy { origin in
      hosts.contains { "http://\($0)" == origin.lowercased() }
    }
  }

  /// Whether a request carries the token.
  func allowsToken(_ target: RequestTarget) -> Bool {
    Self.areEqual(target.query["token"] ?? "", token)
  }

  /// Whether two secrets are equal; as long for every wrong one, so that time tells nothing of it.
  static func areEqual(_ given: String, _ wanted: String) -> Bool {
    let (given, wanted) = (Array(given.utf8), Array(wanted.utf8))
    guard given.count == wanted.count else { return false }
    return zip(given, wanted).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
