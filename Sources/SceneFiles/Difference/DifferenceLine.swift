/// One change in words.
package struct DifferenceLine: Equatable, Sendable {
  /// A kind of change, for colors and counts.
  package enum Kind: String, Sendable {
    /// Something is there that was not.
    case added
    /// Something no longer exists.
    case removed
    /// Something is otherwise.
    case changed
    /// A fault is there that was not, or it is worse.
    case worse
    /// A fault is gone, or it is less.
    case better
    /// Something that follows, or that there is to know.
    case note
  }

  /// The kind of change.
  package var kind: Kind
  /// The sentence, which begins with a small letter and has no full stop.
  package var text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// The changes of one character, or of all that is shared, in words.
package struct DifferenceGroup: Equatable, Sendable {
  /// The character's id; empty for all that is shared.
  package var title: String
  /// The changes, in the order to tell them.
  package var lines: [DifferenceLine]
}
