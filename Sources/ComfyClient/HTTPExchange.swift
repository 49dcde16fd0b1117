internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A request to a server and its response, over their own connection.
struct HTTPExchange {
  /// The largest response, in bytes: a thousand nodes' definitions are 5 MB, a large picture 100
  /// MB.
  static let maximumBytes = 512 << 20

  struct Answer {
    var status: Int
    var body: [UInt8]
  }

  let address: ServerAddress
  var access = ServerAccess.open
  /// The seconds within which the server must complete its response.
  var patience = 120.0

  func get(_ path: String) async throws(ComfyError) -> Answer {
    try await send(.GET, path, type: nil, body: [])
  }

  func post(_ path: String, type: String, body: [UInt8]) async throws(ComfyError) -> Answer {
    try await send(.POST, path, type: type, body: body)
  }

  private func send(
    _ method: HTTPMethod, _ path: String, type: String?, body: [UInt8]
  ) async throws(ComfyError) -> Answer {
    if address.isSecure {
      let secure = SecureExchange(address: address, access: access, patience: patience)
      return try await secure.send(
        path, headers: ownHeaders(type), body: method == .GET ? nil : body)
    }
    do {
      return try await within(seconds: patience) {
        try await exchange(method, path, type: type, body: body)
      }
    } catch let error as ComfyError {
      throw error
    } catch is LateError {
      throw .unreachable(
        address: address.description, reason: "no answer to \(path) in \(Int(patience)) seconds")
    } catch {
      throw .unreachable(address: address.description, reason: ConnectionFault.sentence(error))
    }
  }

  /// The headers that do not depend on how the request is sent.
  private func ownHeaders(_ type: String?) -> [(name: String, value: String)] {
    [("User-Agent", "posemap")] + (type.map { [("Content-Type", $0)] } ?? [])
      + (access.header.map { [$0] } ?? [])
  }

  private func exchange(
    _ method: HTTPMethod, _ path: String, type: String?, body: [UInt8]
  ) async throws -> Answer {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connectTimeout(.seconds(10))
      .connect(host: address.host, port: address.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
            wrappingChannelSynchronously: channel)
        }
      }
    var headers: HTTPHeaders = [
      "Host": address.authority, "Connection": "close", "Content-Length": String(body.count),
    ]
    for header in ownHeaders(type) { headers.add(name: header.name, value: header.value) }
    let head = HTTPRequestHead(
      version: .http1_1, method: method, uri: address.path + path, headers: headers)
    var parts: [HTTPClientRequestPart] = [.head(head)]
    if !body.isEmpty { parts.append(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
    parts.append(.end(nil))
    return try await channel.executeThenClose { [parts] inbound, outbound in
      var fault: (any Error)?
      do {
        // All in one write: a server that has read everything that it was told to expect may
        // respond and hang up before a last part is sent.
        try await outbound.write(contentsOf: parts)
      } catch {
        // A server that has read enough hangs up too, and its response counts.
        fault = error
      }
      do {
        return try await answer(inbound, to: path)
      } catch let error as HTTPParserError where error != .invalidEOFState {
        throw ComfyError.unexpectedAnswer(
          request: "\(method) \(path) at \(address)", reason: "it is not HTTP")
      } catch is HTTPParserError {
        throw hungUp(path)
      } catch {
        throw fault ?? error
      }
    }
  }

  private func answer(
    _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>, to path: String
  ) async throws -> Answer {
    var answer = Answer(status: 0, body: [])
    for try await part in inbound {
      switch part {
      case .head(let head): answer.status = Int(head.status.code)
      case .body(let bytes):
        answer.body += bytes.readableBytesView
        if answer.body.count > Self.maximumBytes {
          throw ComfyError.unexpectedAnswer(request: path, reason: "it is larger than 512 MiB")
        }
      case .end: return answer
      }
    }
    throw hungUp(path)
  }

  private func hungUp(_ path: String) -> ComfyError {
    .unreachable(
      address: address.description,
      reason: "it closed the connection in the middle of its answer to \(path)")
  }
}
