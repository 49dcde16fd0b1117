internal import CZlib

/// A record of an FBX file that a test makes.
public struct FBXTestRecord {
  /// A value of a record.
  public enum Value {
    case integer(Int64)
    case number(Double)
    case text(String)
    /// A letter without quotes in the text form, a flag in the binary form.
    case flag(Bool)
    case doubles([Double])
    case floats([Float])
    case integers([Int32])
    case longs([Int64])
  }

  /// The name.
  public var name: String
  /// The values after the name.
  public var values: [Value]
  /// The records below.
  public var children: [FBXTestRecord]

  /// Creates a record from its parts.
  public init(_ name: String, _ values: [Value] = [], _ children: [FBXTestRecord] = []) {
    self.name = name
    self.values = values
    self.children = children
  }
}

/// Writes records in both forms of FBX files.
public enum FBXTestFile {
  /// Returns the file as text.
  public static func text(_ records: [FBXTestRecord], version: Int = 7400) -> [UInt8] {
    var lines = ["; FBX \(version / 1000).\(version % 1000 / 100).0 project file", ""]
    for record in records { add(record, "", &lines) }
    return Array(lines.joined(separator: "\n").utf8) + [0x0A]
  }

  private static func add(_ record: FBXTestRecord, _ indent: String, _ lines: inout [String]) {
    func list(_ numbers: [some Any]) -> String {
      "*\(numbers.count) {\n\(indent)\ta: \(numbers.map { "\($0)" }.joined(separator: ","))\n\(indent)}"
    }
    let values = record.values.map { value -> String in
      switch value {
      case .integer(let number): "\(number)"
      case .number(let number): "\(number)"
      case .text(let text): "\"\(text.replacing("\"", with: "&quot;"))\""
      case .flag(let flag): flag ? "T" : "F"
      case .doubles(let numbers): list(numbers)
      case .floats(let numbers): list(numbers)
      case .integers(let numbers): list(numbers)
      case .longs(let numbers): list(numbers)
      }
    }
    let head = "\(indent)\(record.name): \(values.joined(separator: ", "))"
    guard !record.children.isEmpty else { return lines.append(head) }
    lines.append(head + " {")
    for child in record.children { add(child, indent + "\t", &lines) }
    lines.append(indent + "}")
  }

  /// Returns the file in the binary form: with 64-bit records from version 7.5 on, and arrays
  /// optionally packed with zlib.
  public static func binary(
    _ records: [FBXTestRecord], version: UInt32 = 7400, packed: Bool = true
  ) -> [UInt8] {
    var bytes = Array("Kaydara FBX Binary  \0\u{1A}\0".utf8)
    append(version, to: &bytes)
    for record in records { add(record, version >= 7500, packed, &bytes) }
    bytes += [UInt8](repeating: 0, count: version >= 7500 ? 25 : 13)
    return bytes + [UInt8](repeating: 0xFA, count: 16)
  }

  private static func add(
    _ record: FBXTestRecord, _ isWide: Bool, _ packed: Bool, _ bytes: inout [UInt8]
  ) {
    func size(_ number: Int, at offset: Int? = nil) {
      var new: [UInt8] = []
      if isWide { append(UInt64(number), to: &new) } else { append(UInt32(number), to: &new) }
      if let offset {
        bytes.replaceSubrange(offset..<(offset + new.count), with: new)
      } else {
        bytes += new
      }
    }
    let start = bytes.count
    size(0)
    size(record.values.count)
    let lengthAt = bytes.count
    size(0)
    bytes.append(UInt8(record.name.utf8.count))
    bytes += Array(record.name.utf8)
    let valuesAt = bytes.count
    for value in record.values { add(value, packed, &bytes) }
    size(bytes.count - valuesAt, at: lengthAt)
    if !record.children.isEmpty {
      for child in record.children { add(child, isWide, packed, &bytes) }
      bytes += [UInt8](repeating: 0, count: isWide ? 25 : 13)
    }
    size(bytes.count, at: start)
  }

  private static func add(
    _ value: FBXTestRecord.Value, _ packed: Bool, _ bytes: inout [UInt8]
  ) {
    switch value {
    case .integer(let number):
      bytes.append(UInt8(ascii: "L"))
      append(number, to: &bytes)
    case .number(let number):
      bytes.append(UInt8(ascii: "D"))
      append(number.bitPattern, to: &bytes)
    case .flag(let flag): bytes += [UInt8(ascii: "C"), flag ? 1 : 0]
    case .text(let text):
      bytes.append(UInt8(ascii: "S"))
      let name = binaryName(text)
      append(UInt32(name.count), to: &bytes)
      bytes += name
    case .doubles(let numbers): add("d", numbers.map(\.bitPattern), packed, &bytes)
    case .floats(let numbers): add("f", numbers.map(\.bitPattern), packed, &bytes)
    case .integers(let numbers): add("i", numbers, packed, &bytes)
    case .longs(let numbers): add("l", numbers, packed, &bytes)
    }
  }

  /// Returns "Model::name" as in binary files, with the class last.
  private static func binaryName(_ text: String) -> [UInt8] {
    guard let range = text.firstRange(of: "::") else { return Array(text.utf8) }
    return Array("\(text[range.upperBound...])\0\u{1}\(text[..<range.lowerBound])".utf8)
  }

  private static func add<Number: FixedWidthInteger>(
    _ kind: Character, _ numbers: [Number], _ packed: Bool, _ bytes: inout [UInt8]
  ) {
    var plain: [UInt8] = []
    for number in numbers { append(number, to: &plain) }
    bytes += Array(String(kind).utf8)
    append(UInt32(numbers.count), to: &bytes)
    append(UInt32(packed ? 1 : 0), to: &bytes)
    let stored = packed ? deflated(plain) : plain
    append(UInt32(stored.count), to: &bytes)
    bytes += stored
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var count = compressBound(uLong(bytes.count))
    var packed = [UInt8](repeating: 0, count: Int(count))
    compress(&packed, &count, bytes, uLong(bytes.count))
    return Array(packed.prefix(Int(count)))
  }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
