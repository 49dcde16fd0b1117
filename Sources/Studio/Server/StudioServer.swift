internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket
internal import PosemapKit
internal import Synchronization

/// The studio's server, which listens only on 127.0.0.1 and requires a token.
///
/// ```swift
/// let server = StudioServer(StudioOptions(scene: "scene.json", program: program, version: "1.0"))
/// try await server.run(until: { isInterrupted }) { print("open \($0.page)") }
/// ```
public struct StudioServer: Sendable {
  private enum Connection: Sendable {
    case socket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>)
    case requests(NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>)
  }

  /// The time that a connection has for its first request; connecting does not require a token.
  private static let firstRequestTime = TimeAmount.seconds(10)
  /// The time after which an idle connection is closed.
  private static let idleTime = TimeAmount.seconds(60)

  /// The ports to try if no port is requested.
  private static let usualPorts = 8170...8179

  private let options: StudioOptions

  /// The addresses of a page.
  public struct Address: Sendable {
    /// The address to copy, with the token.
    public let page: String
    /// An address that leads there once, for the command line of a browser.
    public let once: String
  }

  /// Creates a server.
  public init(_ options: StudioOptions) { self.options = options }

  /// Opens the scene and serves it until it is over. Afterward, unsaved changes are in the journal
  /// and no job is running.
  ///
  /// - Parameters:
  ///   - isOver: called several times per second.
  ///   - ready: called with the page's addresses once it can be opened.
  /// - Throws: a failure for a scene that cannot be read, or a port that is in use.
  public func run(
    until isOver: @escaping @Sendable () -> Bool, ready: @escaping @Sendable (Address) -> Void
  ) async throws {
    // One thread owns the session, one draws pictures that are not urgent, one does the networking.
    let threads = MultiThreadedEventLoopGroup(numberOfThreads: 3)
    let (deskThread, darkThread, network) = (threads.next(), threads.next(), threads.next())
    let darkroom = Darkroom(
      on: darkThread,
      library: StudioLibrary(rigsFolder: options.rigsFolder, scenePath: options.scene))
    let desk = try StudioDesk(options, on: deskThread, darkroom: darkroom)
    let boundAccess = Mutex<AccessGuard?>(nil)
    let server = try await bind(network) { boundAccess.withLock(\.self) }
    let port = server.channel.localAddress?.port ?? 0
    let access = AccessGuard(token: AccessGuard.newToken(), port: port)
    boundAccess.withLock { $0 = access }
    let routes = Routes(
      access: access, files: PageFiles(folder: options.pageFolder), desk: desk, darkroom: darkroom)
    let home = "http://127.0.0.1:\(port)/"
    ready(
      Address(page: "\(home)?token=\(access.token)", once: "\(home)?open=\(access.pass.key)"))
    // Do not wait for connections: a page that stays open must not keep the command running.
    let fault = Mutex<String?>(nil)
    let serving = Task {
      do {
        try await serve(server, routes)
        fault.withLock { $0 = "the socket was closed" }
      } catch {
        fault.withLock { $0 = "\(error)" }
      }
    }
    while !isOver(), fault.withLock({ $0 == nil }) { try await Task.sleep(for: .milliseconds(50)) }
    await desk.close()
    serving.cancel()
    if !isOver(), let reason = fault.withLock(\.self) {
      throw Failure(.unavailable, "the studio cannot be reached any more: \(reason)")
    }
  }

  /// Listens on the requested port; if there is no request, on the first free one.
  private func bind(
    _ network: any EventLoop, _ access: @escaping @Sendable () -> AccessGuard?
  ) async throws(Failure) -> NIOAsyncChannel<EventLoopFuture<Connection>, Never> {
    let ports = options.port.map { [$0] } ?? Array(Self.usualPorts) + [0]
    var taken: (any Error)?
    for port in ports {
      do {
        return try await listen(on: port, network, access)
      } catch {
        taken = error
      }
    }
    let isInUse = (taken as? IOError)?.errnoCode == EADDRINUSE
    let reason = isInUse ? "it is in use" : taken.map { "\($0)" } ?? ""
    throw Failure(
      .unavailable,
      "cannot listen on port \(ports[0]): \(reason); choose another with --port, or 0 for any")
  }

  private func listen(
    on port: Int, _ network: any EventLoop, _ access: @escaping @Sendable () -> AccessGuard?
  ) async throws -> NIOAsyncChannel<EventLoopFuture<Connection>, Never> {
    try await ServerBootstrap(group: network)
      .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
      // If no more files can be opened, connections wait until some can.
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            AcceptBackoffHandler(shouldForwardIOErrorCaught: false))
        }
      }
      .childChannelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture { try Self.configure(channel, access: access) }
      }
  }

  private static func configure(
    _ channel: any Channel, access: @escaping @Sendable () -> AccessGuard?
  ) throws -> EventLoopFuture<Connection> {
    let upgrader = NIOTypedWebSocketServerUpgrader<Connection>(
      maxFrameSize: PageMessage.maximumBytes,
      shouldUpgrade: { channel, head in
        let isAllowed: Bool =
          if let access = access(), let target = RequestTarget(head.uri) {
            target.path == "/socket" && access.allowsHost(head.headers)
              && head.headers["Origin"].count == 1 && access.allowsOrigin(head.headers)
              && access.allowsToken(target)
          } else {
            false
          }
        return channel.eventLoop.makeSucceededFuture(isAllowed ? HTTPHeaders() : nil)
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            NIOWebSocketFrameAggregator(
              minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1 << 12,
              maxAccumulatedFrameSize: PageMessage.maximumBytes))
          return .socket(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
        }
      })
    let upgrade = NIOTypedHTTPServerUpgradeConfiguration(
      upgraders: [upgrader],
      notUpgradingCompletionHandler: { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            IdleStateHandler(allTimeout: idleTime), IdleEnd(), ResponseParts())
          return .requests(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
        }
      })
    let connection = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
      configuration: .init(upgradeConfiguration: upgrade))
    let deadline = channel.eventLoop.assumeIsolated().scheduleTask(in: firstRequestTime) {
      channel.close(promise: nil)
    }
    connection.whenComplete { _ in deadline.cancel() }
    return connection
  }

  private func serve(
    _ server: NIOAsyncChannel<EventLoopFuture<Connection>, Never>, _ routes: Routes
  ) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      try await server.executeThenClose { connections in
        var tab = 0
        for try await connection in connections {
          tab += 1
          let number = tab
          group.addTask {
            // A broken connection is not an error of the server.
            switch try? await connection.get() {
            case .socket(let channel):
              await PageSocket(channel, TabLink(tab: number), routes.desk).run()
            case .requests(let channel): await Self.answer(channel, routes)
            case nil: break
            }
          }
        }
      }
    }
  }

  private static func answer(
    _ channel: NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>,
    _ routes: Routes
  ) async {
    try? await channel.executeThenClose { inbound, outbound in
      var head: HTTPRequestHead?
      for try await part in inbound {
        switch part {
        case .head(let request): head = request
        case .body: continue
        case .end:
          guard let request = head else { return }
          head = nil
          let response = await routes.answer(request)
          try await outbound.write(
            .head(
              HTTPResponseHead(
                version: request.version, status: response.status, headers: response.headers)))
          if request.method != .HEAD {
            try await outbound.write(.body(ByteBuffer(bytes: response.bytes)))
          }
          try await outbound.write(.end(nil))
          if !request.isKeepAlive { return }
        }
      }
    }
  }
}
