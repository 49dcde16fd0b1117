/// A set of a skin's joints, by their indices in influences.
struct SkinJoints {
  /// One bit per index.
  private var bits = SIMD4<UInt64>.zero

  /// Creates an empty set.
  init() {}

  /// Selects skin joints by a condition on their owners.
  init(_ owners: [JointName], where isMeant: (JointName) -> Bool) {
    for (index, owner) in owners.enumerated() where isMeant(owner) { insert(UInt8(index)) }
  }

  /// Adds a skin joint.
  mutating func insert(_ index: UInt8) { bits[Int(index >> 6)] |= 1 << UInt64(index & 63) }

  /// Returns whether a skin joint is in the set.
  func contains(_ index: UInt8) -> Bool { bits[Int(index >> 6)] >> UInt64(index & 63) & 1 == 1 }

  /// Returns whether the sets intersect.
  func meets(_ others: SkinJoints) -> Bool { bits & others.bits != .zero }
}
