import Synchronization
import Testing

@testable import ComfyClient

/// The messages of a server's websocket, regardless of other traffic on it.
@Suite struct ProgressSocketTests {
  /// Long enough for a busy machine; only a broken test waits that long.
  private static let patience = 60.0

  /// Listens to a server that sends some frames, of which the last one ends the connection.
  private func listen(_ frames: [WebSocketBytes], atOnce: Bool = false) async throws -> [String] {
    try await StandInServer.with(["GET /ws": [.socket(frames, atOnce: atOnce)]]) { server in
      let messages = Mutex<[String]>([])
      try await within(seconds: Self.patience) {
        await ProgressSocket(address: server.address, client: "posemap-1").listen { message in
          messages.withLock { $0.append(message) }
        }
      }
      #expect(server.requests.map(\.line) == ["GET /ws?clientId=posemap-1"])
      return messages.withLock { $0 }
    }
  }

  @Test func textsArriveInOrder() async throws {
    let messages = try await listen([.text("one"), .text("two, ä"), .close])
    #expect(messages == ["one", "two, ä"])
  }

  @Test func messagesThatArriveWithTheHandshakeCount() async throws {
    let messages = try await listen([.text("one"), .text("two"), .close], atOnce: true)
    #expect(messages == ["one", "two"])
  }

  @Test func fragmentsAreOneMessage() async throws {
    // The second frame starts within a character.
    let frames = WebSocketBytes.fragments([[0x61, 0xC3], [0xA4], [], [0x62]])
    let messages = try await listen(frames + [.text("next"), .close])
    #expect(messages == ["aäb", "next"])
  }

  @Test func previewsAreIgnored() async throws {
    let preview = WebSocketBytes.binary(
      [0, 0, 0, 1, 0, 0, 0, 1] + Array(repeating: 7, count: 60_000))
    let messages = try await listen([.text("a"), preview, .text("b"), .close])
    #expect(messages == ["a", "b"])
  }

  /// Listens until the first message, then runs an action, and waits until listening ends.
  private func listen(
    _ frames: [WebSocketBytes],
    then act: @escaping @Sendable (StandInServer, Task<Void, Never>) async throws -> Void
  ) async throws {
    try await StandInServer.with(["GET /ws": [.socket(frames)]]) { server in
      let (heard, signal) = AsyncStream.makeStream(of: String.self)
      let listening = Task {
        await ProgressSocket(address: server.address, client: "c").listen { signal.yield($0) }
      }
      try await within(seconds: Self.patience) {
        #expect(await heard.first { _ in true } == "a")
        try await act(server, listening)
        await listening.value
      }
    }
  }

  @Test func aPingIsAnswered() async throws {
    try await listen([.ping([5, 6]), .text("a")]) { server, listening in
      while server.framesFromClient.count < 8 { try await Task.sleep(for: .milliseconds(5)) }
      // A masked pong with two bytes.
      let pong = server.framesFromClient
      #expect(pong[0] == 0x8A && pong[1] == 0x82)
      #expect([pong[6] ^ pong[2], pong[7] ^ pong[3]] == [5, 6])
      listening.cancel()
    }
  }

  @Test func aServerThatHangsUpEndsTheListening() async throws {
    try await listen([.text("a")]) { server, _ in await server.stop() }
  }

  @Test func cancellingEndsTheListening() async throws {
    try await listen([.text("a")]) { _, listening in listening.cancel() }
  }

  @Test func aServerWithoutWebsocketEndsTheListening() async throws {
    try await StandInServer.with([:]) { server in
      try await within(seconds: Self.patience) {
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

  @Test func aServerThatNeverAnswersIsNotWaitedForOnceCancelled() async throws {
    try await StandInServer.with(["GET /ws": [.silence]]) { server in
      let listening = Task {
        await ProgressSocket(address: server.address, client: "c").listen { _ in
          Issue.record("there is no message")
        }
      }
      while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      listening.cancel()
      try await within(seconds: Self.patience) { await listening.value }
    }
  }
}
