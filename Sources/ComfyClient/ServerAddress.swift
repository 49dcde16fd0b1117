/// The address of a ComfyUI server.
///
/// ```swift
/// let address = try ServerAddress("127.0.0.1")  // http://127.0.0.1:8188
/// ```
public struct ServerAddress: Equatable, Sendable, CustomStringConvertible {
  /// ComfyUI's default port.
  public static let usualPort = 8188

  /// A name or a numeric address.
  public var host: String
  /// 1 to 65535.
  public var port: Int
  /// The prefix of every path, as behind a proxy: empty, or for example `/comfy`.
  public var path: String

  /// Reads an address such as `http://127.0.0.1:8188`; scheme and port may be left out.
  ///
  /// - Throws: ``ComfyError/badAddress(text:reason:)``
  public init(_ text: String) throws(ComfyError) {
    func fault(_ reason: String) -> ComfyError { .badAddress(text: text, reason: reason) }
    var rest = text[...]
    if let scheme = rest.firstRange(of: "://") {
      let name = rest[..<scheme.lowerBound].lowercased()
      if name == "https" {
        throw fault(
          "posemap speaks plain HTTP only; forward the port (ssh -L 8188:127.0.0.1:8188 …) and give http://127.0.0.1:8188"
        )
      }
      guard name == "http" else { throw fault("it must begin with http://") }
      rest = rest[scheme.upperBound...]
    }
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    var path = String(rest[end...])
    while path.hasSuffix("/") { path.removeLast() }
    guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !path.contains("?"), !path.contains("#")
    else {
      throw fault("its path must not contain spaces, \"?\", \"#\" or letters beyond ASCII")
    }
    guard let (host, port) = Self.hostAndPort(rest[..<end]) else {
      throw fault("it must be like http://127.0.0.1:\(Self.usualPort)")
    }
    self.host = host
    self.port = port
    self.path = path
  }

  private static func hostAndPort(_ text: Substring) -> (String, Int)? {
    var host = text
    var port = usualPort
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
  public var description: String { "http://\(authority)\(path)" }

  /// The host and port, as in a request's `Host` header.
  var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}
