internal import CZlib

/// Decompresses arrays of FBX with zlib.
enum FBXInflate {
  /// The largest compression ratio of DEFLATE.
  private static let maximumRatio = 1032
  /// The largest size of an array in bytes: thirty million numbers.
  private static let maximumBytes = 256 << 20

  /// Returns exactly `count` decompressed bytes; nil if there are fewer or more, or for invalid
  /// zlib data.
  static func unpack(_ bytes: [UInt8], _ range: Range<Int>, count: Int) -> [UInt8]? {
    guard count <= maximumBytes, count / maximumRatio <= range.count else { return nil }
    guard count > 0 else { return [] }
    var stream = z_stream()
    let version = String(cString: zlibVersion())
    guard inflateInit_(&stream, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var isWhole = false
    let output = bytes.withUnsafeBufferPointer { source in
      [UInt8](unsafeUninitializedCapacity: count) { target, filled in
        stream.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.advanced(by: range.lowerBound))
        stream.avail_in = UInt32(range.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(count)
        let status = inflate(&stream, Z_FINISH)
        filled = count - Int(stream.avail_out)
        // Some writers omit zlib's checksum or get it wrong, but the numbers are complete.
        isWhole = filled == count && (status == Z_STREAM_END || status == Z_BUF_ERROR)
      }
    }
    return isWhole ? output : nil
  }
}
