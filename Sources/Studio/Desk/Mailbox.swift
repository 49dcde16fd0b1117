internal import Synchronization

/// The messages of all tabs that the desk has not read yet.
///
/// Adding a message does not block. When the desk has finished drawing, it finds everything that
/// arrived in the meantime and draws once for all of it. Messages that a later one supersedes are
/// dropped.
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
    /// The tab with the gesture that the last entries belong to, as far as they tell.
    var gesture: Int?
    var isAwake = false
  }

  /// The number of waiting entries above which the mailbox is full.
  private static let patience = 512
  /// The number of waiting bytes above which the mailbox is full.
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

  /// Whether so much is waiting that senders should wait too.
  var isFull: Bool {
    state.withLock { $0.entries.count > Self.patience || $0.bytes > Self.capacity }
  }

  /// Removes and returns the first entry; if there is no entry, the desk goes to sleep.
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
  /// The size of its message in bytes.
  fileprivate var bytes: Int {
    if case .message(_, let message) = self { message.bytes } else { 0 }
  }
}

extension Mailbox.State {
  /// Adds an entry, or combines it with the last entry of its tab.
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

  /// Returns the index of a tab's last entry, ignoring confirmations of pictures, which do not
  /// affect other messages.
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
      // Only the desk can tell whether a gesture is in progress after these.
      case .grab, .release, .cancel, .undo, .redo: gesture = nil
      default: break
      }
    case .joined: break
    case .left: gesture = nil
    }
  }
}
