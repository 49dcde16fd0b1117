/// Some of a skin's joints, by the numbers that influences have.
struct SkinJoints {
  /// A bit for each number.
  private var bits = SIMD4<UInt64>.zero

  /// An empty set.
  init() {}

  /// The skin joints that are meant; `owners` are the joints of all.
  init(_ owners: [JointName], where isMeant: (JointName) -> Bool) {
    for (index, owner) in owners.enumerated() where isMeant(owner) { insert(UInt8(index)) }
  }

  /// Adds a skin joint.
  mutating func insert(_ index: UInt8) { bits[Int(index >> 6)] |= 1 << UInt64(index & 63) }

  /// Returns whether a skin joint is among them.
  func contains(_ index: UInt8) -> Bool { bits[Int(index >> 6)] >> UInt64(index & 63) & 1 == 1 }

  /// Returns whether any is among others.
  func meets(_ others: SkinJoints) -> Bool { bits & others.bits != .zero }
}
