/// A part that posemap depends on, and its state on this machine.
public struct HealthItem: Equatable, Sendable {
  /// The state of a part.
  public enum State: String, Sendable, CaseIterable {
    /// It is installed and works.
    case ok
    /// It is not installed, and part of posemap does not work without it.
    case missing
    /// Nothing can be drawn until it is fixed.
    case wrong
  }

  /// The part in one word, such as `renderer`.
  public var name: String
  /// The state of the part.
  public var state: State
  /// The finding as text.
  public var text: String
  /// The remedy, such as a command; nil if there is nothing to do.
  public var remedy: String?

  /// Creates an item from its parts.
  public init(_ name: String, _ state: State, _ text: String, remedy: String? = nil) {
    self.name = name
    self.state = state
    self.text = text
    self.remedy = remedy
  }
}
