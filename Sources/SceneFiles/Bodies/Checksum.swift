/// A 64-bit checksum: XXH64 of xxHash with seed 0, which reads eight bytes at a time and is simple
/// enough not to need a library.
package enum Checksum {
  private static let primes: [UInt64] = [
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
    0x27D4_EB2F_1656_67C5,
  ]

  /// Returns the checksum of bytes.
  package static func xxh64(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes(hash)
  }

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let (p1, p2, p3, p4, p5) = (primes[0], primes[1], primes[2], primes[3], primes[4])
    func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
      turned(lane &+ word &* p2, 31) &* p1
    }
    func word(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    var offset = 0
    var hash = p5
    if bytes.count >= 32 {
      var (a, b, c, d): (UInt64, UInt64, UInt64, UInt64) = (p1 &+ p2, p2, 0, 0 &- p1)
      while offset + 32 <= bytes.count {
        a = mixed(a, word(offset))
        b = mixed(b, word(offset + 8))
        c = mixed(c, word(offset + 16))
        d = mixed(d, word(offset + 24))
        offset += 32
      }
      hash = turned(a, 1) &+ turned(b, 7) &+ turned(c, 12) &+ turned(d, 18)
      for lane in [a, b, c, d] { hash = (hash ^ mixed(0, lane)) &* p1 &+ p4 }
    }
    hash &+= UInt64(bytes.count)
    while offset + 8 <= bytes.count {
      hash = turned(hash ^ mixed(0, word(offset)), 27) &* p1 &+ p4
      offset += 8
    }
    if offset + 4 <= bytes.count {
      let half = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      hash = turned(hash ^ UInt64(half) &* p1, 23) &* p2 &+ p3
      offset += 4
    }
    for byte in bytes[offset...] { hash = turned(hash ^ UInt64(byte) &* p5, 11) &* p1 }
    hash = (hash ^ hash >> 33) &* p2
    hash = (hash ^ hash >> 29) &* p3
    return hash ^ hash >> 32
  }

  private static func turned(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word << bits | word >> (64 - bits)
  }
}
