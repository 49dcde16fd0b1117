import SceneFiles
import Testing

@Suite struct ChecksumTests {
  /// The values from xxHash's own program.
  @Test(
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ] as [(String, UInt64)])
  func theChecksumIsXXH64(_ text: String, _ checksum: UInt64) {
    #expect(Checksum.xxh64(Array(text.utf8)[...]) == checksum)
  }

  @Test func everyFlippedBitIsDetected() {
    let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 * 37) }
    var seen: Set = [Checksum.xxh64(bytes[...])]
    for bit in 0..<800 {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(seen.insert(Checksum.xxh64(flipped[...])).inserted)
    }
  }
}
