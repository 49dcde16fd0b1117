internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket

/// What a server says of its work over its websocket, `/ws?clientId=…`.
struct ProgressSocket {
  /// Previews come over the same socket; they are let go.
  private static let maximumFrame = 64 << 20

  private enum Upgrade {
    case socket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>)
    case refused
  }

  let address: ServerAddress
  let client: String

  /// Hands each text message to `take` until the server closes, something breaks, or the task is cancelled: progress is
  /// a comfort, and its end no error.
  func listen(_ take: @Sendable (String) -> Void) async {
    guard let channel = try? await connect() else { return }
    try? await channel.executeThenClose { inbound, outbound in
      for try await frame in inbound {
        switch frame.opcode {
        case .text: take(String(buffer: frame.unmaskedData))
        case .ping:
          try await outbound.write(
            WebSocketFrame(
              fin: true, opcode: .pong, maskKey: .random(), data: frame.unmaskedData))
        case .connectionClose: return
        default: continue
        }
      }
    }
  }

  private func connect() async throws -> NIOAsyncChannel<WebSocketFrame, WebSocketFrame>? {
    let upgrade = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connectTimeout(.seconds(10))
      .connect(host: address.host, port: address.port) { channel in
        channel.eventLoop.makeCompletedFuture { try configure(channel) }
      }.get()
    return if case .socket(let channel) = upgrade { channel } else { nil }
  }

  private func configure(_ channel: any Channel) throws -> EventLoopFuture<Upgrade> {
    let upgrader = NIOTypedWebSocketClientUpgrader<Upgrade>(
      maxFrameSize: Self.maximumFrame,
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NIOWebSocketFrameAggregator(
              minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1 << 16,
              maxAccumulatedFrameSize: Self.maximumFrame))
          return .socket(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
        }
      })
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "\(address.path)/ws?clientId=\(client)",
      headers: ["Host": address.authority, "Content-Length": "0"])
    let configuration = NIOTypedHTTPClientUpgradeConfiguration(
      upgradeRequestHead: head, upgraders: [upgrader],
      notUpgradingCompletionHandler: { $0.eventLoop.makeSucceededFuture(.refused) })
    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
      configuration: .init(upgradeConfiguration: configuration))
  }
}
