internal import Synchronization

/// Messages of all tabs that the desk has not read yet.
///
/// Whoever adds one does not wait: a desk that draws finds all that has come meanwhile at once, and
/// draws once for it. What a later message makes needless does not wait at all.
final class Mailbox: Sendable {
  /// An entry.
  enum Entry: Sendable {
    case joined(TabLink)
    case message(tab: Int, StampedMessage)
    case left(tab: Int)
  }

  fileprivate struct State {
    var entries: [Entry] = []
    var bytes = 0
    /// The tab whose gesture the last entries are in, as far as can be told from them.
    var gesture: Int?
    var isAwake = false
  }

  /// The number of entries that may wait.
  private static let patience = 512
  /// The bytes of messages that may wait.
  private static let capacity = 16 << 20

  private let state = Mutex(State())

  /// Adds an entry; returns whether the desk has to be woken for it.
  func add(_ entry: Entry) -> Bool {
    state.withLock { state in
      state.add(entry)
      defer { state.isAwake = true }
      return !state.isAwake
    }
  }

  /// Whether so much waits that whoever adds to it should wait too.
  var isFull: Bool {
    state.withLock { $0.entries.count > Self.patience || $0.bytes > Self.capacity }
  }

  /// Takes the first entry out; where there is none, the desk goes to sleep.
  func next() -> Entry? {
    state.withLock { state in
      guard !state.entries.isEmpty else {
        state.isAwake = false
        return nil
      }
      let entry = state.entries.removeFirst()
      state.bytes -= entry.bytes
      return entry
    }
  }
}

extension Mailbox.Entry {
  /// The bytes of its message.
  fileprivate var bytes: Int {
    if case .message(_, let message) = self { message.bytes } else { 0 }
  }
}

extension Mailbox.State {
  /// Adds an entry, or makes one of it and the last of its tab.
  fileprivate mutating func add(_ entry: Mailbox.Entry) {
    follow(entry)
    bytes += entry.bytes
    guard case .message(let tab, let new) = entry, let index = lastIndex(of: tab),
      case .message(_, let old) = entries[index],
      let joined = old.joined(with: new, inGesture: gesture == tab)
    else { return entries.append(entry) }
    bytes -= entries[index].bytes + entry.bytes - joined.bytes
    entries[index] = .message(tab: tab, joined)
  }

  /// Returns the index of a tab's last entry except for confirmations of pictures, which change
  /// nothing that other messages are about.
  private func lastIndex(of tab: Int) -> Int? {
    entries.lastIndex { entry in
      guard case .message(tab, let message) = entry else { return false }
      if case .shown = message.message { return false } else { return true }
    }
  }

  private mutating func follow(_ entry: Mailbox.Entry) {
    switch entry {
    case .message(let tab, let message):
      switch message.message {
      case .gesture(let begins): gesture = begins ? tab : nil
      // After these it takes the desk to know.
      case .grab, .release, .cancel, .undo, .redo: gesture = nil
      default: break
      }
    case .joined: break
    case .left: gesture = nil
    }
  }
}
