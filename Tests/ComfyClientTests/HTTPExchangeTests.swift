import NIOCore
import Testing

@testable import ComfyClient

/// Failing connections, and servers that are not ComfyUI's.
@Suite struct HTTPExchangeTests {
  /// Returns why a request failed when the server replies in this way; nil if it succeeded.
  private func reason(
    _ reply: StandInServer.Reply, patience: Double = 60
  ) async throws -> String? {
    try await StandInServer.with(["GET /queue": [reply]]) { server -> String? in
      do {
        _ = try await HTTPExchange(address: server.address, patience: patience).get("/queue")
        return nil
      } catch ComfyError.unreachable(let address, let reason) {
        #expect(address == server.address.description)
        return reason
      }
    }
  }

  @Test func anAnswerHasStatusAndBody() async throws {
    try await StandInServer.with(["GET /queue": [.json("{}", status: 500)]]) { server in
      let answer = try await HTTPExchange(address: server.address).get("/queue")
      #expect(answer.status == 500 && answer.body == Array("{}".utf8))
      #expect(server.requests[0].headers["host"] == "127.0.0.1:\(server.address.port)")
      #expect(server.requests[0].headers["user-agent"] == "posemap")
    }
  }

  @Test func anAnswerInChunksIsPutTogether() async throws {
    let chunks =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    try await StandInServer.with(["GET /a": [.bytes(chunks)]]) { server in
      let answer = try await HTTPExchange(address: server.address).get("/a")
      #expect(answer.body == Array("abcde".utf8))
    }
  }

  @Test func thePathOfTheAddressComesFirst() async throws {
    try await StandInServer.with(["GET /comfy/queue": [.json("{}")]]) { server in
      let address = try ServerAddress("\(server.address)/comfy")
      let answer = try await HTTPExchange(address: address).get("/queue")
      #expect(answer.status == 200)
    }
  }

  @Test func aServerThatHangsUpIsReported() async throws {
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
    let hungUp = "it closed the connection in the middle of its answer to /queue"
    let reasons = [try await reason(.bytes(half)), try await reason(.bytes(""))]
    #expect(reasons == [hungUp, hungUp])
  }

  @Test func aSilentServerIsNotWaitedForForever() async throws {
    #expect(try await reason(.silence, patience: 1) == "no answer to /queue in 1 seconds")
  }

  @Test func aServerWithAnotherProtocolIsReported() async throws {
    try await StandInServer.with(["GET /queue": [.bytes("SSH-2.0-OpenSSH_9.2\r\n")]]) { server in
      let error = ComfyError.unexpectedAnswer(
        request: "GET /queue at \(server.address)", reason: "it is not HTTP")
      await #expect(throws: error) {
        try await HTTPExchange(address: server.address).get("/queue")
      }
    }
  }

  @Test func anAnswerBeforeTheWholeBodyWasReadCounts() async throws {
    try await StandInServer.with(["POST /upload/image": [.early(413)]]) { server in
      let body = [UInt8](repeating: 1, count: 8 << 20)
      let answer = try await HTTPExchange(address: server.address, patience: 60)
        .post("/upload/image", type: "image/png", body: body)
      #expect(answer.status == 413)
    }
  }

  @Test func aWrongPortIsReported() async throws {
    let address = try await StandInServer.deserted()
    await #expect(
      throws: ComfyError.unreachable(
        address: address.description,
        reason: "nothing is listening there; is ComfyUI running, and is this its port?")
    ) { try await HTTPExchange(address: address).get("/") }
  }

  @Test func anUnknownHostIsReported() async throws {
    // A part of a host name has at most 63 letters, so this name needs no lookup.
    let address = try ServerAddress(String(repeating: "a", count: 64) + ".invalid")
    await #expect(
      throws: ComfyError.unreachable(
        address: address.description, reason: "there is no host with this name")
    ) { try await HTTPExchange(address: address).get("/") }
  }

  @Test func aConnectionThatTakesTooLongIsReported() {
    let error = ChannelError.connectTimeout(.seconds(10))
    #expect(ConnectionFault.sentence(error) == "no answer in 10 seconds")
    #expect(ConnectionFault.sentence(IOError(errnoCode: 113, reason: "")) == "No route to host")
  }
}
