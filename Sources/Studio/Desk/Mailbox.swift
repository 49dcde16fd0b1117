internal import Synchronization

/// Messages of all tabs that the desk has not read yet.
///
/// Whoever adds one does not wait: a desk that draws finds all that has come meanwhile at once, and
/// draws once for it.
final class Mailbox: Sendable {
  /// An entry.
  enum Entry: Sendable {
    case joined(TabLink)
    case message(tab: Int, StampedMessage)
    case left(tab: Int)
  }

  private struct State {
    var entries: [Entry] = []
    var isAwake = false
  }

  /// The number of entries that may wait.
  private static let patience = 512

  private let state = Mutex(State())

  /// Adds an entry; returns whether the desk has to be woken for it.
  func add(_ entry: Entry) -> Bool {
    state.withLock { state in
      state.entries.append(entry)
      defer { state.isAwake = true }
      return !state.isAwake
    }
  }

  /// Whether so much waits that whoever adds to it should wait too.
  var isFull: Bool { state.withLock { $0.entries.count > Self.patience } }

  /// Takes all entries out; where there are no more, the desk goes to sleep.
  func takeAll() -> [Entry] {
    state.withLock { state in
      defer { state.entries = [] }
      state.isAwake = !state.entries.isEmpty
      return state.entries
    }
  }
}

extension [Mailbox.Entry] {
  /// The entries without those that a later one makes needless: of several steps of a drag only the
  /// last is solved.
  var coalesced: [Mailbox.Entry] {
    var kept: [Mailbox.Entry] = []
    for entry in self {
      if case .message(let tab, let new) = entry, case .drag = new.message,
        case .message(tab, let old)? = kept.last, case .drag = old.message
      {
        kept.removeLast()
      }
      kept.append(entry)
    }
    return kept
  }
}
