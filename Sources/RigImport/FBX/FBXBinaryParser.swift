/// A parser for the records of a binary FBX file, with 32-bit offsets up to version 7.4 and 64-bit
/// ones from 7.5.
struct FBXBinaryParser {
  /// The first bytes of every binary file.
  static let magic = Array("Kaydara FBX Binary  \0".utf8)

  /// Whether numbers are big-endian.
  let isBigEndian: Bool
  /// The version in thousandths.
  let version: Int

  private let bytes: [UInt8]
  private var at = 27

  init(_ bytes: [UInt8]) throws(ForeignModelError) {
    self.bytes = bytes
    guard bytes.count >= 27 else { throw Self.cut }
    isBigEndian = bytes[22] == 1
    let digits = isBigEndian ? bytes[23..<27].map(\.self) : bytes[23..<27].reversed()
    version = digits.reduce(0) { $0 << 8 | Int($1) }
  }

  /// Returns all records of the file.
  mutating func records() throws(ForeignModelError) -> [FBXRecord] {
    var records: [FBXRecord] = []
    while at < bytes.count, let record = try record(end: bytes.count, depth: 0) {
      records.append(record)
    }
    return records
  }

  // MARK: Records

  private static let cut = ForeignModelError.damaged(
    "the FBX file ends early; copy or export it again")
  private static let confused = ForeignModelError.damaged(
    "the FBX file's records do not nest properly; export it again")

  /// Returns the record at the current position; nil for the empty one that ends a list.
  private mutating func record(end: Int, depth: Int) throws(ForeignModelError) -> FBXRecord? {
    guard depth <= FBXFile.maximumDepth else { throw Self.confused }
    let isWide = version >= 7500
    let last = try size(isWide)
    let count = try size(isWide)
    let length = try size(isWide)
    let nameLength = Int(try integer(UInt8.self))
    guard last != 0 else { return nil }
    guard nameLength <= end - at else { throw Self.cut }
    let name = String(decoding: bytes[at..<(at + nameLength)], as: UTF8.self)
    at += nameLength
    guard last <= bytes.count else { throw Self.cut }
    guard last >= at, last <= end, length <= last - at, count <= length else {
      throw Self.confused
    }
    var record = FBXRecord(name: name)
    let children = at + length
    record.values.reserveCapacity(count)
    for _ in 0..<count { record.values.append(try value(end: children)) }
    at = children
    while at < last, let child = try self.record(end: last, depth: depth + 1) {
      record.children.append(child)
    }
    at = last
    return record
  }

  // MARK: Values

  private mutating func value(end: Int) throws(ForeignModelError) -> FBXValue {
    let kind = try integer(UInt8.self)
    defer { if at > end { at = end } }
    switch kind {
    case UInt8(ascii: "Y"): return .integer(Int64(try integer(Int16.self)))
    case UInt8(ascii: "C"), UInt8(ascii: "B"), UInt8(ascii: "Z"):
      return .integer(Int64(try integer(UInt8.self)))
    case UInt8(ascii: "I"): return .integer(Int64(try integer(Int32.self)))
    case UInt8(ascii: "L"): return .integer(try integer(Int64.self))
    case UInt8(ascii: "F"): return .number(Double(Float(bitPattern: try integer(UInt32.self))))
    case UInt8(ascii: "D"): return .number(Double(bitPattern: try integer(UInt64.self)))
    case UInt8(ascii: "S"):
      return .text(String(decoding: bytes[try range(end)], as: UTF8.self))
    case UInt8(ascii: "R"): return .bytes(try range(end))
    case UInt8(ascii: "f"): return .array(try array(.float, end))
    case UInt8(ascii: "d"): return .array(try array(.double, end))
    case UInt8(ascii: "i"): return .array(try array(.int32, end))
    case UInt8(ascii: "l"): return .array(try array(.int64, end))
    case UInt8(ascii: "b"), UInt8(ascii: "c"): return .array(try array(.byte, end))
    default: throw Self.confused
    }
  }

  /// Returns the range of a text or of raw bytes after their length.
  private mutating func range(_ end: Int) throws(ForeignModelError) -> Range<Int> {
    let length = Int(try integer(UInt32.self))
    guard length <= end - at else { throw Self.confused }
    defer { at += length }
    return at..<(at + length)
  }

  private mutating func array(
    _ element: FBXArray.Element, _ end: Int
  ) throws(ForeignModelError) -> FBXArray {
    let count = Int(try integer(UInt32.self))
    let encoding = try integer(UInt32.self)
    let packed = Int(try integer(UInt32.self))
    let length = encoding == 0 ? count * element.size : packed
    guard encoding <= 1, length <= end - at else { throw Self.confused }
    defer { at += length }
    return FBXArray(
      element: element, count: count, range: at..<(at + length), isPacked: encoding == 1)
  }

  // MARK: Numbers

  private mutating func size(_ isWide: Bool) throws(ForeignModelError) -> Int {
    guard isWide else { return Int(try integer(UInt32.self)) }
    guard let size = Int(exactly: try integer(UInt64.self)) else { throw Self.confused }
    return size
  }

  private mutating func integer<T: FixedWidthInteger>(_: T.Type) throws(ForeignModelError) -> T {
    let size = T.bitWidth / 8
    guard size <= bytes.count - at else { throw Self.cut }
    let number = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: T.self) }
    at += size
    return isBigEndian ? T(bigEndian: number) : T(littleEndian: number)
  }
}
