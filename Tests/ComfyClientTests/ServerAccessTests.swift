import Testing

@testable import ComfyClient

/// Secrets, and the servers that get them.
@Suite struct ServerAccessTests {
  private static let token = BearerToken(file: Array("tell-nobody\n".utf8))

  @Test(arguments: ["abc", "abc\n", "abc\r\n", "a.b-c_d~e+f/g=="])
  func aTokenIsOneLine(_ text: String) {
    #expect(BearerToken(file: Array(text.utf8)) != nil)
  }

  @Test(arguments: ["", "\n", "a b", "a\nb", "\nabc", "abc\u{7F}", "ä", "a\u{0}b", " abc"])
  func otherFilesAreNoTokens(_ text: String) {
    #expect(BearerToken(file: Array(text.utf8)) == nil)
  }

  @Test func nothingPrintsAToken() throws {
    let token = try #require(Self.token)
    var dumped = ""
    dump(token, to: &dumped)
    let texts = ["\(token)", String(reflecting: token), String(describing: [token]), dumped]
    #expect(texts.allSatisfy { !$0.contains("tell-nobody") }, "\(texts)")
  }

  @Test func theTokenGoesWithEachRequest() async throws {
    try await StandInServer.with([
      "GET /history/p1": [.json("{}")], "POST /upload/image": [.json(#"{"name": "a.png"}"#)],
      "GET /ws": [.socket([.close])],
    ]) { server in
      let access = try ServerAccess(to: server.address, token: Self.token, authorities: nil)
      let comfy = ComfyServer(server.address, access)
      #expect(try await comfy.history("p1") == nil)
      try await comfy.upload([1], name: "a.png")
      await ProgressSocket(address: server.address, client: "c", access: access).listen { _ in }
      let sent = server.requests.map { $0.headers["authorization"] }
      #expect(sent == Array(repeating: "Bearer tell-nobody", count: 3))
    }
  }

  @Test func aTokenThatIsNotTakenIsSaidSo() async throws {
    try await StandInServer.with(["GET /queue": [.json("", status: 401)]]) { server in
      let access = try ServerAccess(to: server.address, token: Self.token, authorities: nil)
      await #expect(
        throws: ComfyError.unexpectedAnswer(
          request: "GET /queue at \(server.address)",
          reason: "HTTP status 401; it does not take this token")
      ) { try await ComfyServer(server.address, access).promptsAhead(of: "p1") }
    }
  }

  /// The token is for the server that was named, not for where that one points.
  @Test func aRedirectIsNotFollowed() async throws {
    try await StandInServer.with([:]) { other in
      let elsewhere = "HTTP/1.1 307 Over there\r\nLocation: \(other.address)/queue\r\n\r\n"
      try await StandInServer.with(["GET /queue": [.bytes(elsewhere)]]) { server in
        let access = try ServerAccess(to: server.address, token: Self.token, authorities: nil)
        await #expect(throws: ComfyError.self) {
          try await ComfyServer(server.address, access).promptsAhead(of: "p1")
        }
      }
      #expect(other.requests.isEmpty)
    }
  }

  @Test(arguments: [
    ("http://localhost", true), ("http://127.0.0.1:8188", true), ("127.1.2.3", true),
    ("[::1]:8188", true), ("https://example.org", true),
    ("http://example.org", false), ("http://127.example.org", false), ("http://10.0.0.1", false),
    ("http://127.0.0.1.example.org", false), ("http://localhost.example.org", false),
  ])
  func aTokenIsNotSentWhereOthersCanReadIt(_ text: String, _ isAllowed: Bool) throws {
    let address = try ServerAddress(text)
    let access = try? ServerAccess(to: address, token: Self.token, authorities: nil)
    #expect((access != nil) == isAllowed)
    #expect(throws: Never.self) {
      try ServerAccess(to: address, token: nil, authorities: nil)
    }
  }

  @Test func authoritiesAreForCertificates() throws {
    let address = try ServerAddress("127.0.0.1")
    #expect(
      throws: ComfyError.badAddress(
        text: "http://127.0.0.1:8188",
        reason: "--ca-file is for servers with certificates: https://")
    ) { try ServerAccess(to: address, token: nil, authorities: "ca.pem") }
  }
}
