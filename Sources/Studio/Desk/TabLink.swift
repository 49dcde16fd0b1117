internal import Synchronization

/// The way from the desk to a tab: what it sends is written in its order, without waiting.
final class TabLink: Sendable {
  /// The number of messages that may wait to be written.
  private static let patience = 4096

  /// The tab's number, one for each connection.
  let tab: Int
  /// The messages to be written.
  let messages: AsyncStream<Outgoing>

  private let continuation: AsyncStream<Outgoing>.Continuation

  init(tab: Int) {
    self.tab = tab
    (messages, continuation) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(Self.patience))
  }

  /// Sends a message; a tab that does not take what it is sent is given up.
  func send(_ message: Outgoing) {
    if case .dropped = continuation.yield(message) { continuation.finish() }
  }

  func close() { continuation.finish() }
}
