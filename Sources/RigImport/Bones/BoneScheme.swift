internal import PoseRig

/// A naming scheme: the names that one program or file format gives the joints.
///
/// Each scheme is one file of `Resources/bones/` (docs/bone-schemes.md).
struct BoneScheme: Sendable {
  /// A joint and the names that its bone may have, those that are looked for first before the
  /// others.
  struct Entry: Sendable {
    var joint: JointName
    var names: [String]
  }

  /// The scheme's name, for people: `Mixamo`.
  var name: String
  /// The scheme's rank, unlike any other's: of two that fit a model equally well, the lower wins.
  var order: Int
  /// Prefixes that files put before names, or leave out: lowercase letters and digits.
  var prefixes: [String]
  /// The names of each joint's bone, both sides written out, in skeleton order.
  var bones: [Entry]
}
