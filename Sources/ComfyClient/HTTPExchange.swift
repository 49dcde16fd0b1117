internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// One request to a server and its answer, over a connection of its own.
struct HTTPExchange {
  /// No answer is larger: the definitions of a thousand nodes are 5 MB, a large picture 100 MB.
  static let maximumBytes = 512 << 20

  struct Answer {
    var status: Int
    var body: [UInt8]
  }

  let address: ServerAddress
  /// How long the server may take from one part of the answer to the next, in seconds.
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
      "User-Agent": "posemap",
    ]
    if let type { headers.add(name: "Content-Type", value: type) }
    let head = HTTPRequestHead(
      version: .http1_1, method: method, uri: address.path + path, headers: headers)
    var parts: [HTTPClientRequestPart] = [.head(head)]
    if !body.isEmpty { parts.append(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
    parts.append(.end(nil))
    return try await channel.executeThenClose { [parts] inbound, outbound in
      var fault: (any Error)?
      do {
        // At once: a server that has read all that it was told to expect may answer and hang up before a last part is sent.
        try await outbound.write(contentsOf: parts)
      } catch {
        // One that has seen enough hangs up as well, and what it had to say is what counts.
        fault = error
      }
      do {
        return try await answer(inbound, to: path)
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
    throw ComfyError.unreachable(
      address: address.description, reason: "it hung up in the middle of its answer to \(path)")
  }
}

/// That something took too long.
struct LateError: Error {}

/// The result of `work`, unless it takes longer than that: then it is given up and ``LateError`` thrown.
func within<Value: Sendable>(
  seconds: Double, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask(operation: work)
    group.addTask {
      try await Task.sleep(for: .seconds(seconds))
      throw LateError()
    }
    defer { group.cancelAll() }
    guard let value = try await group.next() else { throw LateError() }
    return value
  }
}

/// What went wrong with a connection, for a person.
enum ConnectionFault {
  static func sentence(_ error: any Error) -> String {
    if let error = error as? NIOConnectionError {
      if error.dnsAError != nil, error.connectionErrors.isEmpty {
        return "there is no host of this name"
      }
      if let first = error.connectionErrors.first { return sentence(first.error) }
    }
    if let error = error as? IOError {
      return error.errnoCode == ECONNREFUSED
        ? "nobody listens there; is ComfyUI running, and is it this port?"
        : String(cString: strerror(error.errnoCode))
    }
    if case ChannelError.connectTimeout? = error as? ChannelError {
      return "no answer in 10 seconds"
    }
    return "\(error)"
  }
}
