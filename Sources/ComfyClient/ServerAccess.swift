/// The means besides its address that it takes to talk to a server.
public struct ServerAccess: Sendable {
  /// The secret that goes with each request; nil if the server does not want one.
  public let token: BearerToken?
  /// A file with the certificates of authorities to trust instead of the system's; nil for the
  /// system's.
  public let authorities: String?

  /// The access to a server that wants no token and has a usual certificate.
  public static let open = ServerAccess()

  private init() { (token, authorities) = (nil, nil) }

  /// Combines what a server takes.
  ///
  /// - Throws: ``ComfyError/badAddress(text:reason:)`` if others on the way could read the token,
  ///   or
  ///   if authorities are named for a server that shows no certificate.
  public init(
    to address: ServerAddress, token: BearerToken?, authorities: String?
  ) throws(ComfyError) {
    if token != nil, !address.isSecure, !address.isLoopback {
      throw .badAddress(
        text: address.description,
        reason:
          "without encryption anyone on the way could read the token; use https://, or forward the port (ssh -L 8188:127.0.0.1:8188 …) and give http://127.0.0.1:8188"
      )
    }
    if authorities != nil, !address.isSecure {
      throw .badAddress(
        text: address.description,
        reason: "--ca-file is for servers with certificates: https://")
    }
    (self.token, self.authorities) = (token, authorities)
  }

  /// The header that carries the token; nil without one.
  var header: (name: String, value: String)? {
    token.map { ("Authorization", $0.authorization) }
  }
}
