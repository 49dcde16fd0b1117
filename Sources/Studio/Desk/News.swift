/// The messages that each tab still has to receive, and when it last received some.
struct News {
  /// Kinds of messages about the session.
  struct Kinds: OptionSet {
    let rawValue: Int

    static let document = Kinds(rawValue: 1)
    static let figure = Kinds(rawValue: 2)
    static let maps = Kinds(rawValue: 4)
    static let findings = Kinds(rawValue: 8)
    static let difference = Kinds(rawValue: 16)
    static let all: Kinds = [.document, .figure, .maps, .findings]
  }

  fileprivate struct Waiting {
    var kinds: Kinds = []
    /// The time when the document changed that the tab still has to receive.
    var changed = ContinuousClock.now
    /// The time when the tab last received anything.
    var lastSent: ContinuousClock.Instant?
  }

  /// The shortest time between two messages with values during a movement.
  fileprivate static let pause = Duration.milliseconds(100)
  /// The longest time that a document waits during a movement; other messages wait for its end.
  fileprivate static let patience = Duration.seconds(1)

  /// The session's count of changes that all tabs know.
  var changes = -1
  private var waiting: [Int: Waiting] = [:]

  /// Records that a tab needs messages of these kinds.
  mutating func tell(_ tab: Tab, _ kinds: Kinds) {
    var own = waiting[tab.link.tab] ?? Waiting()
    if kinds.contains(.document), !own.kinds.contains(.document) { own.changed = .now }
    own.kinds.formUnion(kinds)
    waiting[tab.link.tab] = own
  }

  /// Forgets a tab that has been closed.
  mutating func forget(_ tab: Int) { waiting[tab] = nil }

  func hasAny(_ tab: Tab) -> Bool { waiting[tab.link.tab]?.kinds.isEmpty == false }

  /// Returns the kinds of messages to send to a tab now, and removes them.
  mutating func take(_ tab: Tab, _ now: ContinuousClock.Instant) -> Kinds {
    guard var own = waiting[tab.link.tab], !own.kinds.isEmpty else { return [] }
    let taken = tab.isMoving ? own.urgent(now) : own.kinds
    if taken.isEmpty { return [] }
    own.kinds.subtract(taken)
    own.lastSent = now
    waiting[tab.link.tab] = own
    return taken
  }
}

extension News.Waiting {
  /// Returns the kinds that do not wait until the movement ends.
  fileprivate func urgent(_ now: ContinuousClock.Instant) -> News.Kinds {
    var urgent: News.Kinds = []
    if lastSent.map({ now - $0 > News.pause }) ?? true { urgent.insert(.figure) }
    if now - changed > News.patience { urgent.insert(.document) }
    return urgent.intersection(kinds)
  }
}
