/// The description of one change.
package struct DifferenceLine: Equatable, Sendable {
  /// A kind of change, for colors and counts.
  package enum Kind: String, Sendable {
    /// Something is new.
    case added
    /// Something no longer exists.
    case removed
    /// Something has changed.
    case changed
    /// A fault is new, or has become worse.
    case worse
    /// A fault is gone, or has become smaller.
    case better
    /// A consequence or a remark.
    case note
  }

  /// The kind of change.
  package var kind: Kind
  /// The sentence, without a capital letter and a period.
  package var text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// The changes of one character, or of everything shared by all, in words.
package struct DifferenceGroup: Equatable, Sendable {
  /// The character's id; empty for everything shared.
  package var title: String
  /// The changes, in the order in which to list them.
  package var lines: [DifferenceLine]
}
