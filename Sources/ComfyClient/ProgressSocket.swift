internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket
internal import Synchronization

/// The websocket over which a server reports its work, `/ws?clientId=…`.
struct ProgressSocket {
  /// The largest message, in bytes. Previews arrive over the socket too, and are not used.
  private static let maximumFrame = 64 << 20

  private enum Upgrade {
    case socket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>)
    case refused
  }

  let address: ServerAddress
  let client: String
  var access = ServerAccess.open

  /// Passes each text message to `take` until the server closes, the connection breaks, or the task
  /// is cancelled. None of these is an error: the work continues without progress reports.
  ///
  /// - Parameter opened: called when the server has accepted the websocket.
  func listen(
    opened: @Sendable () -> Void = {}, _ take: @Sendable (String) -> Void
  ) async {
    guard let channel = try? await connect() else { return }
    opened()
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

  /// Opens the websocket; nil if the server does not offer it.
  private func connect() async throws -> NIOAsyncChannel<WebSocketFrame, WebSocketFrame>? {
    let opening = OpeningChannel()
    // Otherwise, a server that accepts the connection and never responds would keep the run waiting
    // after all work is done.
    return try await withTaskCancellationHandler {
      let upgrade = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connectTimeout(.seconds(10))
        .connect(host: address.host, port: address.port) { channel in
          opening.opened(channel)
          return channel.eventLoop.makeCompletedFuture { try configure(channel) }
        }.get()
      return if case .socket(let channel) = upgrade { channel } else { nil }
    } onCancel: {
      opening.cancel()
    }
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
    var headers: HTTPHeaders = ["Host": address.authority, "Content-Length": "0"]
    if let header = access.header { headers.add(name: header.name, value: header.value) }
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "\(address.path)/ws?clientId=\(client)",
      headers: headers)
    let upgrade = NIOTypedHTTPClientUpgradeConfiguration(
      upgradeRequestHead: head, upgraders: [upgrader],
      notUpgradingCompletionHandler: { $0.eventLoop.makeSucceededFuture(.refused) })
    var configuration = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade)
    // The first messages can arrive in one packet with the handshake.
    configuration.leftOverBytesStrategy = .forwardBytes
    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
      configuration: configuration)
  }
}

/// A channel that may have to be closed while it is being opened.
private final class OpeningChannel: Sendable {
  private let state = Mutex<(channel: (any Channel)?, isCancelled: Bool)>((nil, false))

  func opened(_ channel: any Channel) {
    let isCancelled = state.withLock { state in
      state.channel = channel
      return state.isCancelled
    }
    if isCancelled { channel.close(promise: nil) }
  }

  func cancel() {
    let channel = state.withLock { state in
      state.isCancelled = true
      return state.channel
    }
    channel?.close(promise: nil)
  }
}
