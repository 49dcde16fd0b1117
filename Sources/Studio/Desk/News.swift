/// The messages that each tab is yet to get, and the time of its last ones.
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
    /// When the document changed that the tab is yet to get.
    var changed = ContinuousClock.now
    /// When it last got anything.
    var told: ContinuousClock.Instant?
  }

  /// The time between two messages of values while something moves.
  fileprivate static let pause = Duration.milliseconds(100)
  /// The longest that a document waits while something moves; all else waits for the end.
  fileprivate static let patience = Duration.seconds(1)

  /// The count of the session's changes that everybody was told of.
  var changes = -1
  private var waiting: [Int: Waiting] = [:]

  /// Takes note that a tab is to be told something.
  mutating func tell(_ tab: Tab, _ kinds: Kinds) {
    var own = waiting[tab.link.tab] ?? Waiting()
    if kinds.contains(.document), !own.kinds.contains(.document) { own.changed = .now }
    own.kinds.formUnion(kinds)
    waiting[tab.link.tab] = own
  }

  /// Forgets a tab that is gone.
  mutating func forget(_ tab: Int) { waiting[tab] = nil }

  func hasAny(_ tab: Tab) -> Bool { waiting[tab.link.tab]?.kinds.isEmpty == false }

  /// Returns the kinds of messages that a tab is to get now.
  mutating func take(_ tab: Tab, _ now: ContinuousClock.Instant) -> Kinds {
    guard var own = waiting[tab.link.tab], !own.kinds.isEmpty else { return [] }
    let taken = tab.isMoving ? own.urgent(now) : own.kinds
    if taken.isEmpty { return [] }
    own.kinds.subtract(taken)
    own.told = now
    waiting[tab.link.tab] = own
    return taken
  }
}

extension News.Waiting {
  /// The kinds that do not wait until all is still.
  fileprivate func urgent(_ now: ContinuousClock.Instant) -> News.Kinds {
    var urgent: News.Kinds = []
    if told.map({ now - $0 > News.pause }) ?? true { urgent.insert(.figure) }
    if now - changed > News.patience { urgent.insert(.document) }
    return urgent.intersection(kinds)
  }
}
