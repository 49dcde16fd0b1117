import COpenSSL
import Foundation
import NIOCore
import NIOPosix
import Synchronization

@testable import ComfyClient

/// A stand-in for a ComfyUI server, on a free port of this machine.
///
/// It answers each request with the next of the replies that a test provides for it, repeating the
/// last one, and records the requests.
final class StandInServer: Sendable {
  /// A request as received.
  struct Request: Sendable {
    /// The method and the path, as in `GET /queue`.
    var line: String
    var headers: [String: String]
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// The ways in which the server answers, or fails to.
  enum Reply: Sendable {
    case answer(Int, [UInt8])
    /// Raw bytes, after which the server hangs up.
    case bytes(String)
    /// A response before the request's body was read, after which the server hangs up.
    case early(Int)
    case silence
    /// A websocket that sends these frames, together with the handshake's response or after it.
    case socket([WebSocketBytes], atOnce: Bool = false)
    /// An empty object until the condition holds, and then the answer.
    case object(unless: @Sendable () -> Bool, then: String)

    static func json(_ text: String, status: Int = 200) -> Reply {
      .answer(status, Array(text.utf8))
    }
  }

  private struct State {
    var replies: [String: [Reply]]
    var requests: [Request] = []
    var framesFromClient: [UInt8] = []
    var connections: [any Channel] = []
  }

  private let state: Mutex<State>
  private let listener: Mutex<(any Channel)?> = Mutex(nil)
  let address: ServerAddress

  private init(_ replies: [String: [Reply]]) async throws {
    let state = State(replies: replies)
    self.state = Mutex(state)
    let pending = Pending()
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Conversation(pending))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    address = try ServerAddress("127.0.0.1:\(channel.localAddress?.port ?? 0)")
    listener.withLock { $0 = channel }
    pending.server.withLock { $0 = self }
  }

  /// Runs `body` with a server that is stopped afterward.
  static func with<Value>(
    _ replies: [String: [Reply]], _ body: (StandInServer) async throws -> Value
  ) async throws -> Value {
    let server = try await StandInServer(replies)
    do {
      let value = try await body(server)
      await server.stop()
      return value
    } catch {
      await server.stop()
      throw error
    }
  }

  /// Returns an address at which nothing is listening.
  static func deserted() async throws -> ServerAddress {
    try await with([:]) { $0.address }
  }

  /// Hangs up and stops listening.
  func stop() async {
    try? await listener.withLock { $0 }?.close()
    for connection in state.withLock({ $0.connections }) { try? await connection.close() }
  }

  var requests: [Request] { state.withLock { $0.requests } }
  /// The bytes received over the websocket.
  var framesFromClient: [UInt8] { state.withLock { $0.framesFromClient } }

  /// The first words of the requests in order: method and path without the query.
  var lines: [String] {
    requests.map { String($0.line.prefix { $0 != "?" }) }
  }

  fileprivate func opened(_ connection: any Channel) {
    state.withLock { $0.connections.append(connection) }
  }

  fileprivate func received(frames: [UInt8]) {
    state.withLock { $0.framesFromClient += frames }
  }

  /// Returns the reply to a request that may be incomplete; nil to wait for the rest.
  fileprivate func reply(to request: Request, isWhole: Bool) -> Reply? {
    state.withLock { state in
      let path = String(request.line.prefix { $0 != "?" })
      let key = state.replies[request.line] == nil ? path : request.line
      let next = state.replies[key]?.first ?? .answer(404, [])
      if case .early = next {} else if !isWhole { return nil }
      if state.replies[key]?.count ?? 0 > 1 { state.replies[key]?.removeFirst() }
      state.requests.append(request)
      return next
    }
  }
}

/// A server's websocket frame (RFC 6455), or a part of one.
struct WebSocketBytes: Sendable {
  var bytes: [UInt8]

  init(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) {
    bytes = [(isFinal ? 0x80 : 0) | opcode]
    if payload.count < 126 {
      bytes.append(UInt8(payload.count))
    } else {
      bytes += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    }
    bytes += payload
  }

  static func text(_ text: String) -> WebSocketBytes { WebSocketBytes(1, Array(text.utf8)) }
  static func binary(_ bytes: [UInt8]) -> WebSocketBytes { WebSocketBytes(2, bytes) }
  static func ping(_ bytes: [UInt8]) -> WebSocketBytes { WebSocketBytes(9, bytes) }
  static let close = WebSocketBytes(8, [0x03, 0xE9])

  /// A text in one frame per part.
  static func fragments(_ parts: [[UInt8]]) -> [WebSocketBytes] {
    parts.enumerated().map { index, part in
      WebSocketBytes(index == 0 ? 1 : 0, part, isFinal: index == parts.count - 1)
    }
  }
}

/// The server that connections belong to, which does not exist yet when the first can arrive.
private final class Pending: Sendable {
  let server: Mutex<StandInServer?> = Mutex(nil)
}

/// A connection to the stand-in server.
private final class Conversation: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let pending: Pending
  private var received: [UInt8] = []
  private var isSocket = false
  private var isAnswered = false

  init(_ pending: Pending) { self.pending = pending }

  private var server: StandInServer? { pending.server.withLock { $0 } }

  func channelActive(context: ChannelHandlerContext) { server?.opened(context.channel) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = [UInt8](unwrapInboundIn(data).readableBytesView)
    if isSocket { server?.received(frames: bytes) }
    if isSocket || isAnswered { return }
    received += bytes
    guard let (request, isWhole) = Self.request(received),
      let reply = server?.reply(to: request, isWhole: isWhole)
    else { return }
    isAnswered = true
    answer(reply, request, context)
  }

  /// Reads a request, and returns whether its body is complete; nil while its head is incomplete.
  private static func request(_ bytes: [UInt8]) -> (StandInServer.Request, isWhole: Bool)? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.utf8.firstRange(of: "\r\n\r\n".utf8) else { return nil }
    let lines = text[..<end.lowerBound].split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ": ", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1]) : ""
    }
    let head = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound ?? bytes.count
    let body = Array(bytes[head...])
    let request = StandInServer.Request(
      line: "\(words[0]) \(words[1])", headers: headers, body: body)
    return (request, body.count >= Int(headers["content-length"] ?? "0") ?? 0)
  }

  private func answer(
    _ reply: StandInServer.Reply, _ request: StandInServer.Request,
    _ context: ChannelHandlerContext
  ) {
    switch reply {
    case .answer(let status, let body):
      let head = "HTTP/1.1 \(status) Some\r\nContent-Length: \(body.count)\r\n\r\n"
      send(Array(head.utf8) + body, context, hangsUp: true)
    case .bytes(let text): send(Array(text.utf8), context, hangsUp: true)
    case .early(let status):
      let head = "HTTP/1.1 \(status) Some\r\nContent-Length: 2\r\n\r\n{}"
      send(Array(head.utf8), context, hangsUp: true)
    case .silence: break
    case .object(let isReady, let text):
      answer(.json(isReady() ? text : "{}"), request, context)
    case .socket(let frames, let atOnce):
      isSocket = true
      let nonce = request.headers["sec-websocket-key"] ?? ""
      let head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
        + "Sec-WebSocket-Accept: \(Self.acceptance(of: nonce))\r\n\r\n"
      let bytes = frames.flatMap(\.bytes)
      if atOnce { return send(Array(head.utf8) + bytes, context, hangsUp: false) }
      send(Array(head.utf8), context, hangsUp: false)
      let later = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.eventLoop.scheduleTask(in: .milliseconds(20)) {
        later.value.0.send(bytes, later.value.1, hangsUp: false)
      }
    }
  }

  /// The proof that a server supports the websocket protocol (RFC 6455, 1.3).
  private static func acceptance(of nonce: String) -> String {
    let text = nonce + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
    _ = SHA1(Array(text.utf8), text.utf8.count, &digest)
    return Data(digest).base64EncodedString()
  }

  private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext, hangsUp: Bool) {
    let channel = context.channel
    let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)))
    if hangsUp { written.whenComplete { _ in channel.close(promise: nil) } }
  }
}
