internal import PoseRig

/// A naming scheme: the names that one program or file format uses for joints.
///
/// Each scheme is one file of `Resources/bones/` (docs/bone-schemes.md).
struct BoneScheme: Sendable {
  /// A joint and the possible names of its bone, in the order in which to look for them.
  struct Entry: Sendable {
    var joint: JointName
    var names: [String]
  }

  /// The scheme's display name: `Mixamo`.
  var name: String
  /// The scheme's unique rank: if two schemes fit a model equally well, the lower rank wins.
  var order: Int
  /// The prefixes that files put before names or omit: lower-case letters and digits.
  var prefixes: [String]
  /// The names of each joint's bone, with both sides written out, in skeleton order.
  var bones: [Entry]
}
