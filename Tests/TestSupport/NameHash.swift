/// Choices among library files that do not change when a file is added.
public enum NameHash {
  /// Returns a number that depends only on a name (FNV-1a), from 0 up to but excluding `count`.
  public static func of(_ name: String, below count: Int) -> Int {
    let hash: UInt64 = name.utf8.reduce(0xcbf2_9ce4_8422_2325) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    // The upper bits are mixed best.
    return Int((hash >> 32) % UInt64(count))
  }
}
