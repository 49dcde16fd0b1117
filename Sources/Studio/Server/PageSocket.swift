internal import NIOCore
internal import NIOWebSocket
internal import SceneFiles

/// The WebSocket of a tab.
struct PageSocket: Sendable {
  private let channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
  private let link: TabLink
  private let desk: StudioDesk

  init(
    _ channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, _ link: TabLink, _ desk: StudioDesk
  ) {
    (self.channel, self.link, self.desk) = (channel, link, desk)
  }

  /// Passes messages in both directions until the tab is closed.
  func run() async {
    desk.add(.joined(link))
    try? await channel.executeThenClose { inbound, outbound in
      await withTaskGroup { group in
        group.addTask { try? await write(to: outbound) }
        group.addTask { try? await read(inbound, outbound) }
        // A tab that does not read would block a pending write forever.
        group.addTask { for await _ in link.end {} }
        await group.next()
        link.close()
        group.cancelAll()
      }
    }
    desk.add(.left(tab: link.tab))
  }

  private func read(
    _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  ) async throws {
    for try await frame in inbound {
      switch frame.opcode {
      case .text:
        take(frame.unmaskedData)
        await desk.catchUp()
      case .binary: link.send(.refusal("messages are text"))
      case .ping:
        try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
      case .connectionClose:
        try await outbound.write(
          WebSocketFrame(fin: true, opcode: .connectionClose, data: ByteBuffer()))
        return
      default: continue
      }
    }
  }

  private func take(_ data: ByteBuffer) {
    do throws(MessageFault) {
      let message = try StampedMessage(Array(data.readableBytesView))
      desk.add(.message(tab: link.tab, message))
    } catch {
      link.send(.refusal(error.description))
    }
  }

  private func write(to outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) async throws {
    for await _ in link.signals {
      while let message = link.next() { try await outbound.write(Self.frame(message)) }
    }
  }

  private static func frame(_ message: Outgoing) -> WebSocketFrame {
    switch message {
    case .text(let value):
      return WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: value.line))
    case .picture(let head, let bytes):
      var data = ByteBuffer()
      let text = Array(head.line.utf8)
      data.reserveCapacity(4 + text.count + bytes.count)
      data.writeInteger(UInt32(text.count), endianness: .little)
      data.writeBytes(text)
      data.writeBytes(bytes)
      return WebSocketFrame(fin: true, opcode: .binary, data: data)
    }
  }
}
