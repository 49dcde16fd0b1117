internal import SceneFiles
internal import Synchronization

/// The way from the desk to a tab: what it sends is written in its order, without waiting.
///
/// Of what a page shows only the newest waits. A tab that takes nothing is given up, so that it
/// begins again when it can.
final class TabLink: Sendable {
  fileprivate struct State {
    var waiting: [Outgoing] = []
    var bytes = 0
    var isClosed = false
  }

  /// The bytes that may wait to be written.
  private static let patience = 32 << 20

  /// The tab's number, one for each connection.
  let tab: Int
  /// Says that there is something to be written; ends with the link.
  let signals: AsyncStream<Void>
  /// Ends with the link.
  let end: AsyncStream<Void>

  private let state = Mutex(State())
  private let signal: AsyncStream<Void>.Continuation
  private let ending: AsyncStream<Void>.Continuation

  init(tab: Int) {
    self.tab = tab
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    (end, ending) = AsyncStream.makeStream()
  }

  /// Sends a message; a tab that does not take what it is sent is given up.
  func send(_ message: Outgoing) {
    let isOverfull = state.withLock { state in
      if state.isClosed { return false }
      state.add(message)
      return state.bytes > Self.patience && state.waiting.count > 1
    }
    if isOverfull { close() } else { signal.yield() }
  }

  /// Returns the next message to be written.
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
  /// Adds a message, instead of an older one that it makes needless.
  fileprivate mutating func add(_ message: Outgoing) {
    if let slot = message.slot, let index = waiting.firstIndex(where: { $0.slot == slot }) {
      bytes -= waiting.remove(at: index).bytes
    }
    waiting.append(message)
    bytes += message.bytes
  }
}

extension Outgoing {
  /// The types of messages that say how things are by now.
  private static let states: Set<String> = ["document", "figure", "findings", "library"]

  /// The kind of message of which a page needs the newest alone; nil where it needs all.
  fileprivate var slot: String? {
    switch self {
    case .text(let value):
      value.text(of: "type").flatMap { Self.states.contains($0) ? $0 : nil }
    case .picture(let head, _): head.text(of: "name") ?? head.text(of: "kind")
    }
  }

  /// The bytes that it takes, to a good guess.
  fileprivate var bytes: Int {
    switch self {
    case .text(let value): value.size
    case .picture(let head, let bytes): head.size + bytes.count
    }
  }
}

extension JSONValue {
  /// The bytes that it takes, to a good guess.
  fileprivate var size: Int {
    switch self {
    case .string(let text): text.utf8.count + 16
    case .list(let items): items.reduce(16) { $0 + $1.size }
    case .object(let members): members.reduce(16) { $0 + $1.key.utf8.count + $1.value.size }
    default: 16
    }
  }
}
