import Foundation
import FoundationNetworking
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import SceneFiles
import TestSupport
import Testing

/// The command `posemap studio` as a user starts it, on a scene in its own folder.
final class ServedStudio {
  let runner: CommandRunner
  private(set) var command: RunningCommand
  /// The port and the token from its address.
  private(set) var port = 0
  private(set) var token = ""

  /// Starts the studio on a scene with files beside it; nil for a folder without a scene.
  init(
    _ scene: String?, _ files: [String: String] = [:],
    options: [String] = ["--port", "0", "--no-open"]
  ) throws {
    runner = try CommandRunner()
    for (name, text) in files {
      try runner.write(text, to: name)
      if name.hasPrefix("bin/") { chmod("\(runner.folder)/\(name)", 0o755) }
    }
    if let scene { try runner.write(scene, to: "scene.json") }
    command = try Self.start(runner, options)
    try readAddress()
  }

  private static func start(
    _ runner: CommandRunner, _ options: [String] = ["--port", "0", "--no-open"]
  ) throws -> RunningCommand {
    // Its journals are deleted with the folder, and so are the programs that it finds first.
    try RunningCommand(
      runner, ["studio", "scene.json"] + options,
      environment: [
        "XDG_CACHE_HOME": runner.folder + "/cache",
        "PATH": "\(runner.folder)/bin:/usr/local/bin:/usr/bin:/bin",
      ])
  }

  /// Starts the studio again after it has ended.
  func startAgain() throws {
    command = try Self.start(runner)
    try readAddress()
  }

  private func readAddress() throws {
    var lines: [Substring] = []
    let isReady = RunningCommand.wait {
      lines = String(decoding: runner.bytes("stdout.txt") ?? [], as: UTF8.self).split(
        separator: "\n")
      return lines.count == 1
    }
    try #require(isReady, "\(String(decoding: runner.bytes("stderr.txt") ?? [], as: UTF8.self))")
    let address = try #require(URLComponents(string: String(lines[0])))
    port = try #require(address.port)
    token = try #require(address.queryItems?.first { $0.name == "token" }?.value)
    #expect(lines[0] == "http://127.0.0.1:\(port)/?token=\(token)")
  }

  /// The scene's text on disk.
  var scene: String { String(decoding: runner.bytes("scene.json") ?? [], as: UTF8.self) }

  // MARK: Requests

  /// Returns the status and the body with which a path is answered.
  func get(_ path: String, token: String? = nil) async throws -> (status: Int, body: [UInt8]) {
    let separator = path.contains("?") ? "&" : "?"
    let address = "http://127.0.0.1:\(port)\(path)\(separator)token=\(token ?? self.token)"
    let (data, response) = try await URLSession.shared.data(
      from: try #require(URL(string: address)))
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, Array(data))
  }

  /// Opens a tab, and runs an action in it.
  ///
  /// - Parameters:
  ///   - token: a token instead of the right one.
  ///   - origin: an origin instead of the studio's own page.
  func withTab<Value>(
    token: String? = nil, origin: String? = nil, _ work: (ServedTab) async throws -> Value
  ) async throws -> Value {
    let channel = try await ServedTab.open(
      port: port, token: token ?? self.token, origin: origin ?? "http://127.0.0.1:\(port)")
    return try await channel.executeThenClose { inbound, outbound in
      try await work(ServedTab(inbound.makeAsyncIterator(), outbound))
    }
  }
}

/// A page of a studio, without a browser.
final class ServedTab {
  /// A rejected connection.
  struct Refused: Error {}

  private typealias Socket = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  private var frames: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator
  private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  /// The types of all messages so far.
  private(set) var seen: [String] = []

  init(
    _ frames: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  ) {
    (self.frames, self.outbound) = (frames, outbound)
  }

  /// A separate way to send messages, for another task.
  var flood: Flood { Flood(outbound: outbound) }

  fileprivate static func frame(_ bytes: [UInt8]) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer(bytes: bytes))
  }

  /// Sends a message.
  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  /// Sends the bytes of a message.
  func send(_ bytes: [UInt8]) async throws {
    try await outbound.write(Self.frame(bytes))
  }

  /// Makes an edit.
  func edit(_ members: String) async throws {
    try await send("{\"type\":\"edit\",\"edit\":{\(members)}}")
  }

  /// Returns the next message; for a message with a picture, its head, and acknowledges the
  /// picture.
  func next() async throws -> JSONNode {
    while let frame = try await frames.next() {
      var data = frame.unmaskedData
      if frame.opcode == .text {
        let node = try JSONParser.parse(Array(data.readableBytesView))
        seen.append(node["type"]?.text ?? "")
        return node
      }
      guard frame.opcode == .binary,
        let length = data.readInteger(endianness: .little, as: UInt32.self),
        let head = data.readBytes(length: Int(length))
      else { continue }
      let node = try JSONParser.parse(head)
      if let number = node["number"]?.number {
        try await send("{\"type\":\"shown\",\"number\":\(Int(number))}")
      }
      seen.append(node["kind"]?.text ?? "")
      return node
    }
    throw Refused()
  }

  /// Returns the next message of a type that meets a condition.
  func next(_ type: String, where isWanted: (JSONNode) -> Bool = { _ in true }) async throws
    -> JSONNode
  {
    while true {
      let message = try await next()
      if (message["type"] ?? message["kind"])?.text == type, isWanted(message) { return message }
    }
  }

  /// Returns the next document in which the scene's text meets a condition.
  func document(_ isWanted: (String) -> Bool) async throws -> JSONNode {
    try await next("document") { isWanted($0["files"]?.items?.first?["text"]?.text ?? "") }
  }

  fileprivate static func open(
    port: Int, token: String, origin: String
  ) async throws -> NIOAsyncChannel<WebSocketFrame, WebSocketFrame> {
    let upgrade: EventLoopFuture<Socket?> = try await ClientBootstrap(
      group: .singletonMultiThreadedEventLoopGroup
    )
    .connect(host: "127.0.0.1", port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        try configure(channel, port: port, token: token, origin: origin)
      }
    }
    guard let channel = try await upgrade.get() else { throw Refused() }
    return channel
  }

  private static func configure(
    _ channel: any Channel, port: Int, token: String, origin: String
  ) throws -> EventLoopFuture<Socket?> {
    let largest = 64 << 20
    let upgrader = NIOTypedWebSocketClientUpgrader<Socket?>(
      maxFrameSize: largest,
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          try Socket(wrappingChannelSynchronously: channel)
        }
      })
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "/socket?token=\(token)",
      headers: ["Host": "127.0.0.1:\(port)", "Origin": origin, "Content-Length": "0"])
    var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
      upgradeConfiguration: NIOTypedHTTPClientUpgradeConfiguration(
        upgradeRequestHead: head, upgraders: [upgrader],
        notUpgradingCompletionHandler: { $0.eventLoop.makeSucceededFuture(nil) }))
    // The first messages can arrive in one packet with the handshake.
    configuration.leftOverBytesStrategy = .forwardBytes
    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
      configuration: configuration)
  }
}

/// Sends a tab's messages endlessly.
struct Flood: Sendable {
  fileprivate let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>

  /// Sends messages until its task is canceled, or the tab is closed.
  func send(every pause: Duration = .zero, _ message: @Sendable (Int) -> String) async {
    var number = 0
    while !Task.isCancelled {
      let frame = ServedTab.frame(Array(message(number).utf8))
      guard (try? await outbound.write(frame)) != nil else { return }
      try? await Task.sleep(for: pause)
      number += 1
    }
  }
}
