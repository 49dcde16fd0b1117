internal import CZlib

/// Makes a zip archive of uncompressed files (PKWARE APPNOTE 6.3.10, method 0), since pictures are
/// compressed already. All dates are the format's first day, so that equal files give equal bytes.
struct StoredZip {
  private struct Entry {
    var name: [UInt8]
    var checksum: UInt32
    var size: UInt32
    var offset: UInt32
  }

  private(set) var bytes: [UInt8] = []
  private var entries: [Entry] = []

  /// 1 January 1980.
  private static let date: UInt16 = 1 << 5 | 1
  /// Version 2.0 of the format, which every program can extract.
  private static let version: UInt16 = 20
  /// The largest size: sizes have 32 bits, and readers of OpenRaster do not have to support zip64.
  private static let longest = Int(UInt32.max)

  /// Adds a file.
  mutating func add(_ name: String, _ content: [UInt8]) throws(ExportError) {
    guard bytes.count + content.count < Self.longest - (1 << 16), entries.count < 1 << 16 - 1
    else { throw .cannotEncodeArchive(reason: "with \(name) it would be larger than 4 GiB") }
    let entry = Entry(
      name: Array(name.utf8), checksum: Self.checksum(content), size: UInt32(content.count),
      offset: UInt32(bytes.count))
    entries.append(entry)
    put(0x0403_4b50 as UInt32)
    putCommon(entry)
    bytes += entry.name
    bytes += content
  }

  /// Returns the archive with its directory.
  consuming func finished() -> [UInt8] {
    let start = UInt32(bytes.count)
    for entry in entries {
      put(0x0201_4b50 as UInt32)
      put(Self.version)
      putCommon(entry)
      // No comment, the first disk, and no internal or external attributes.
      for number in [0, 0, 0, 0, 0] as [UInt16] { put(number) }
      put(entry.offset)
      bytes += entry.name
    }
    let size = UInt32(bytes.count) - start
    put(0x0605_4b50 as UInt32)
    for number in [0, 0, UInt16(entries.count), UInt16(entries.count)] { put(number) }
    put(size)
    put(start)
    put(0 as UInt16)
    return bytes
  }

  /// Writes the fields that an entry's local header and the directory share.
  private mutating func putCommon(_ entry: Entry) {
    // Flags, method and time are 0.
    for number in [Self.version, 0, 0, 0, Self.date] { put(number) }
    put(entry.checksum)
    put(entry.size)
    put(entry.size)
    put(UInt16(entry.name.count))
    put(0 as UInt16)
  }

  /// Appends a number, least significant byte first.
  private mutating func put(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  private static func checksum(_ content: [UInt8]) -> UInt32 {
    content.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count))
    }
  }
}
