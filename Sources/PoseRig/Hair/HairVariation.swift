/// Pseudorandom numbers from 0 to 1, which are always equal for a given lock of a piece.
struct HairVariation {
  private let seed: UInt32

  /// The numbers of a lock.
  init(_ piece: Int, _ lock: Int) {
    seed = UInt32(truncatingIfNeeded: piece &* 7919 &+ lock &* 104_729 &+ 12345)
  }

  subscript(_ number: Int) -> Float {
    // The finalizer of MurmurHash3, which lets every input bit affect all output bits.
    var bits = seed ^ UInt32(truncatingIfNeeded: number) &* 0x9E37_79B9
    bits = (bits ^ (bits >> 16)) &* 0x85EB_CA6B
    bits = (bits ^ (bits >> 13)) &* 0xC2B2_AE35
    bits ^= bits >> 16
    return Float(bits >> 8) / Float(1 << 24)
  }
}
