internal import SceneFiles
internal import Synchronization

/// The connection from the desk to a tab, which writes messages in order without blocking the desk.
///
/// Of messages that replace each other, only the newest one waits. A tab that does not read is
/// disconnected, so that it can start again when it is ready.
final class TabLink: Sendable {
  fileprivate struct State {
    var waiting: [Outgoing] = []
    var bytes = 0
    var isClosed = false
  }

  /// The number of bytes that can wait to be written.
  private static let patience = 32 << 20

  /// The tab's number, unique per connection.
  let tab: Int
  /// Signals that there is something to write; finishes when the link ends.
  let signals: AsyncStream<Void>
  /// Finishes when the link ends.
  let end: AsyncStream<Void>

  private let state = Mutex(State())
  private let signal: AsyncStream<Void>.Continuation
  private let ending: AsyncStream<Void>.Continuation

  init(tab: Int) {
    self.tab = tab
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    (end, ending) = AsyncStream.makeStream()
  }

  /// Sends a message; disconnects a tab that does not read.
  func send(_ message: Outgoing) {
    let isOverfull = state.withLock { state in
      if state.isClosed { return false }
      state.add(message)
      return state.bytes > Self.patience && state.waiting.count > 1
    }
    if isOverfull { close() } else { signal.yield() }
  }

  /// Returns the next message to write.
  func next() -> Outgoing? {
    state.withLock { state in
      guard !state.waiting.isEmpty else { return nil }
      let message = state.waiting.removeFirst()
      state.bytes -= message.bytes
      return message
    }
  }

  func close() {
    state.withLock { $0 = State(isClosed: true) }
    signal.finish()
    ending.finish()
  }
}

extension TabLink.State {
  /// Adds a message, replacing an older one that it supersedes.
  fileprivate mutating func add(_ message: Outgoing) {
    if let slot = message.slot, let index = waiting.firstIndex(where: { $0.slot == slot }) {
      bytes -= waiting.remove(at: index).bytes
    }
    waiting.append(message)
    bytes += message.bytes
  }
}

extension Outgoing {
  /// The types of messages that describe the current state.
  private static let states: Set<String> = ["document", "figure", "findings", "library"]

  /// The kind of message of which a page needs only the newest; nil if it needs all.
  fileprivate var slot: String? {
    switch self {
    case .text(let value):
      value.text(of: "type").flatMap { Self.states.contains($0) ? $0 : nil }
    case .picture(let head, _): head.text(of: "name") ?? head.text(of: "kind")
    }
  }

  /// An estimate of its size in bytes.
  fileprivate var bytes: Int {
    switch self {
    case .text(let value): value.size
    case .picture(let head, let bytes): head.size + bytes.count
    }
  }
}

extension JSONValue {
  /// An estimate of its size in bytes.
  fileprivate var size: Int {
    switch self {
    case .string(let text): text.utf8.count + 16
    case .list(let items): items.reduce(16) { $0 + $1.size }
    case .object(let members): members.reduce(16) { $0 + $1.key.utf8.count + $1.value.size }
    default: 16
    }
  }
}
