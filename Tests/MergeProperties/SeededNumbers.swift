/// Repeatable random numbers (Knuth's MMIX, of which only the upper bits are used).
public struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  /// Creates numbers from a seed.
  public init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  /// Returns the next 64 bits.
  public mutating func next() -> UInt64 { UInt64(step()) << 32 | UInt64(step()) }

  private mutating func step() -> UInt32 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt32(state >> 32)
  }
}
