internal import CZlib

/// A reader of 16-bit gray PNGs without interlacing, which the command only writes.
public enum DeepPNG {
  /// The error for any other kind of file.
  public struct Unreadable: Error {}

  /// All levels, row by row.
  public static func levels(_ png: [UInt8]) throws -> [Int] {
    let (width, height) = (number(png, 16), number(png, 20))
    guard png[24] == 16, png[25] == 0 else { throw Unreadable() }
    var packed: [UInt8] = []
    var offset = 8
    while offset + 8 <= png.count {
      let length = number(png, offset)
      if Array(png[offset + 4..<offset + 8]) == Array("IDAT".utf8) {
        packed += png[offset + 8..<offset + 8 + length]
      }
      offset += 12 + length
    }
    var rows = [UInt8](repeating: 0, count: height * (2 * width + 1))
    var count = uLongf(rows.count)
    guard uncompress(&rows, &count, packed, uLong(packed.count)) == Z_OK, Int(count) == rows.count
    else { throw Unreadable() }
    return try unfiltered(rows, width: 2 * width).map { row in
      (0..<width).map { Int(row[2 * $0]) << 8 | Int(row[2 * $0 + 1]) }
    }.flatMap { $0 }
  }

  /// Reverses the filters of PNG's section 9 that the command uses: no filter, up and Paeth.
  private static func unfiltered(_ rows: [UInt8], width: Int) throws -> [[UInt8]] {
    var above = [UInt8](repeating: 0, count: width)
    return try stride(from: 0, to: rows.count, by: width + 1).map { start in
      var row = Array(rows[start + 1..<start + 1 + width])
      for index in row.indices {
        let left = index < 2 ? 0 : row[index - 2]
        let corner = index < 2 ? 0 : above[index - 2]
        switch rows[start] {
        case 0: break
        case 2: row[index] &+= above[index]
        case 4: row[index] &+= paeth(Int(left), Int(above[index]), Int(corner))
        default: throw Unreadable()
        }
      }
      above = row
      return row
    }
  }

  private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
    let guess = left + above - corner
    let ways = [left, above, corner].map { abs(guess - $0) }
    if ways[0] <= ways[1], ways[0] <= ways[2] { return UInt8(left) }
    return UInt8(ways[1] <= ways[2] ? above : corner)
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
