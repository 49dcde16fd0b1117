import Synchronization
import Testing

@testable import ComfyClient

/// The messages of a server's websocket, whatever else comes over it.
@Suite struct ProgressSocketTests {
  /// Listens to a server that sends some frames, and returns the messages and the bytes sent back.
  private func listen(
    _ frames: [WebSocketBytes], hangsUp: Bool = true, atOnce: Bool = false
  ) async throws -> (messages: [String], sent: [UInt8]) {
    try await StandInServer.with(["GET /ws": [.socket(frames, hangsUp: hangsUp, atOnce: atOnce)]]) {
      server in
      let messages = Mutex<[String]>([])
      try await within(seconds: 1.5) {
        await ProgressSocket(address: server.address, client: "posemap-1").listen { message in
          messages.withLock { $0.append(message) }
        }
      }
      #expect(server.requests.map(\.line) == ["GET /ws?clientId=posemap-1"])
      return (messages.withLock { $0 }, server.framesFromClient)
    }
  }

  @Test func textsComeInOrder() async throws {
    let heard = try await listen([.text("one"), .text("two, ä"), .close])
    #expect(heard.messages == ["one", "two, ä"])
  }

  @Test func messagesThatComeWithTheHandshakeCount() async throws {
    let heard = try await listen(
      [.text("one"), .text("two"), .close], hangsUp: false, atOnce: true)
    #expect(heard.messages == ["one", "two"])
  }

  @Test func fragmentsAreOneMessage() async throws {
    // The second frame begins within a letter.
    let frames = WebSocketBytes.fragments([[0x61, 0xC3], [0xA4], [], [0x62]])
    #expect(try await listen(frames + [.text("next"), .close]).messages == ["aäb", "next"])
  }

  @Test func previewsAreLetGo() async throws {
    let preview = WebSocketBytes.binary(
      [0, 0, 0, 1, 0, 0, 0, 1] + Array(repeating: 7, count: 60_000))
    #expect(try await listen([.text("a"), preview, .text("b"), .close]).messages == ["a", "b"])
  }

  @Test func aPingIsAnswered() async throws {
    let heard = try await listen([.ping([5, 6]), .text("a"), .close], hangsUp: false)
    #expect(heard.messages == ["a"])
    // A masked pong of two bytes.
    let pong = heard.sent
    try #require(pong.count >= 8 && pong[0] == 0x8A && pong[1] == 0x82)
    #expect([pong[6] ^ pong[2], pong[7] ^ pong[3]] == [5, 6])
  }

  @Test func aServerThatHangsUpEndsTheListening() async throws {
    #expect(try await listen([.text("a")]).messages == ["a"])
  }

  @Test func aServerWithoutWebsocketEndsTheListening() async throws {
    try await StandInServer.with([:]) { server in
      try await within(seconds: 1.5) {
        await ProgressSocket(address: server.address, client: "c").listen { _ in
          Issue.record("there is no message")
        }
      }
    }
    let address = try await StandInServer.deserted()
    await ProgressSocket(address: address, client: "c").listen { _ in
      Issue.record("there is no message")
    }
  }

  @Test func cancellingEndsTheListening() async throws {
    try await StandInServer.with(["GET /ws": [.socket([.text("a")], hangsUp: false)]]) { server in
      let (heard, signal) = AsyncStream.makeStream(of: String.self)
      let listening = Task {
        await ProgressSocket(address: server.address, client: "c").listen { signal.yield($0) }
      }
      for await message in heard {
        #expect(message == "a")
        break
      }
      listening.cancel()
      try await within(seconds: 1.5) { await listening.value }
    }
  }

  @Test func aServerThatNeverAnswersIsNotWaitedForOnceCancelled() async throws {
    try await StandInServer.with(["GET /ws": [.silence]]) { server in
      let listening = Task {
        await ProgressSocket(address: server.address, client: "c").listen { _ in
          Issue.record("there is no message")
        }
      }
      while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      listening.cancel()
      try await within(seconds: 1.5) { await listening.value }
    }
  }
}
