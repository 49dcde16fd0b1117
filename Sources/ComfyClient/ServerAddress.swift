/// The address of a ComfyUI server.
///
/// ```swift
/// let address = try ServerAddress("127.0.0.1")  // http://127.0.0.1:8188
/// ```
public struct ServerAddress: Equatable, Sendable, CustomStringConvertible {
  /// ComfyUI's default port.
  public static let usualPort = 8188
  /// The port of servers that speak HTTPS.
  private static let securePort = 443

  /// Whether the server is spoken to over HTTPS.
  public var isSecure: Bool
  /// A name or a numeric address.
  public var host: String
  /// 1 to 65535.
  public var port: Int
  /// The prefix of every path, as behind a proxy: empty, or for example `/comfy`.
  public var path: String

  /// Reads an address such as `http://127.0.0.1:8188`; scheme and port may be left out. The port of
  /// `https://` is 443.
  ///
  /// - Throws: ``ComfyError/badAddress(text:reason:)``
  public init(_ text: String) throws(ComfyError) {
    func fault(_ reason: String) -> ComfyError { .badAddress(text: text, reason: reason) }
    var rest = text[...]
    isSecure = false
    if let scheme = rest.firstRange(of: "://") {
      let name = rest[..<scheme.lowerBound].lowercased()
      guard ["http", "https"].contains(name) else {
        throw fault("it must begin with http:// or https://")
      }
      isSecure = name == "https"
      rest = rest[scheme.upperBound...]
    }
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    var path = String(rest[end...])
    while path.hasSuffix("/") { path.removeLast() }
    guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !path.contains("?"), !path.contains("#")
    else {
      throw fault("its path must not contain spaces, \"?\", \"#\" or letters beyond ASCII")
    }
    guard
      let (host, port) = Self.hostAndPort(
        rest[..<end], usual: isSecure ? Self.securePort : Self.usualPort)
    else {
      throw fault("it must be like http://127.0.0.1:\(Self.usualPort)")
    }
    self.host = host
    self.port = port
    self.path = path
  }

  private static func hostAndPort(_ text: Substring, usual: Int) -> (String, Int)? {
    var host = text
    var port = usual
    // In a bracketed IPv6 address, colons do not precede a port.
    let closing = text.lastIndex(of: "]") ?? text.startIndex
    if let colon = text[closing...].lastIndex(of: ":") {
      guard let number = Int(text[text.index(after: colon)...]), (1...65535).contains(number)
      else { return nil }
      port = number
      host = text[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") }
    return host.isEmpty || !isPlain ? nil : (String(host), port)
  }

  /// The address with scheme and port, such as `http://127.0.0.1:8188`.
  public var description: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }

  /// Whether requests to it do not leave this machine: `localhost`, 127.0.0.1 and its like, or ::1.
  var isLoopback: Bool {
    if host.lowercased() == "localhost" || host == "::1" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }

  /// The host and port, as in a request's `Host` header.
  var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
