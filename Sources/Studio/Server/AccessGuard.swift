internal import NIOHTTP1

/// Restricts the studio to its own pages, in a browser on this machine.
///
/// Other pages in the browser can send requests here too, but they do not know the token, and the
/// browser sends their origin. If another site's name is made to resolve to 127.0.0.1, `Host`
/// reveals it.
struct AccessGuard: Sendable {
  /// The token in the address of the page.
  let token: String
  /// The one-time key that a browser is opened with, instead of the token.
  var pass = OnePass()
  /// The port that the server listens on.
  let port: Int

  /// Returns a token that cannot be guessed.
  static func newToken() -> String {
    var source = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let half = String(source.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - half.count) + half
    }.joined()
  }

  private var hosts: [String] { ["127.0.0.1:\(port)", "localhost:\(port)"] }

  /// Returns whether a request addresses this server by its own name.
  func allowsHost(_ headers: HTTPHeaders) -> Bool {
    headers["Host"].count == 1 && hosts.contains(headers["Host"][0].lowercased())
  }

  /// Returns whether a request comes from this server's own page, or from no page at all.
  func allowsOrigin(_ headers: HTTPHeaders) -> Bool {
    headers["Origin"].allSatisfy { origin in
      hosts.contains { "http://\($0)" == origin.lowercased() }
    }
  }

  /// Returns whether a request carries the token.
  func allowsToken(_ target: RequestTarget) -> Bool {
    Self.areEqual(target.query["token"] ?? "", token)
  }

  /// Compares two secrets in constant time, so that timing reveals nothing.
  static func areEqual(_ given: String, _ wanted: String) -> Bool {
    let (given, wanted) = (Array(given.utf8), Array(wanted.utf8))
    guard given.count == wanted.count else { return false }
    return zip(given, wanted).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
