/// The messages that each tab is yet to get, and the time of its last ones.
struct News {
  /// Kinds of messages about the session.
  struct Kinds: OptionSet {
    let rawValue: Int

    static let document = Kinds(rawValue: 1)
    static let figure = Kinds(rawValue: 2)
    static let maps = Kinds(rawValue: 4)
    static let findings = Kinds(rawValue: 8)
    static let all: Kinds = [.document, .figure, .maps, .findings]
    /// The kinds that follow while something moves; the rest waits for its end.
    static let quick: Kinds = [.figure]
  }

  /// The time between two messages of values while something moves.
  private static let pause = Duration.milliseconds(100)

  /// The count of the session's changes that everybody was told of.
  var changes = -1
  private var pending: [Int: Kinds] = [:]
  private var told: [Int: ContinuousClock.Instant] = [:]

  /// Takes note that a tab is to be told something.
  mutating func tell(_ tab: Tab, _ kinds: Kinds) {
    pending[tab.link.tab, default: []].formUnion(kinds)
  }

  func hasAny(_ tab: Tab) -> Bool { !(pending[tab.link.tab] ?? []).isEmpty }

  /// Whether a tab is to be told something now.
  func isDue(_ tab: Tab, _ now: ContinuousClock.Instant, isMoving: Bool) -> Bool {
    let kinds = pending[tab.link.tab] ?? []
    if !isMoving { return !kinds.isEmpty }
    guard !kinds.isDisjoint(with: .quick) else { return false }
    return told[tab.link.tab].map { now - $0 > Self.pause } ?? true
  }

  /// Returns the kinds of messages that a tab is to get now.
  mutating func take(_ tab: Tab, _ now: ContinuousClock.Instant) -> Kinds {
    let kinds = pending[tab.link.tab] ?? []
    let taken = tab.isMoving ? kinds.intersection(.quick) : kinds
    pending[tab.link.tab] = kinds.subtracting(taken)
    told[tab.link.tab] = now
    return taken
  }
}
