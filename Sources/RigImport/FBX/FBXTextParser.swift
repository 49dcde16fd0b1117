/// A parser for the records of a text FBX file.
struct FBXTextParser {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns all records of the file.
  mutating func records() throws(ForeignModelError) -> [FBXRecord] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    return try records(depth: 0)
  }

  private func confused() -> ForeignModelError {
    let line = bytes[..<min(at, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
    return .damaged("line \(line) of the FBX file is not valid FBX; export it again")
  }

  private mutating func records(depth: Int) throws(ForeignModelError) -> [FBXRecord] {
    guard depth <= FBXFile.maximumDepth else { throw confused() }
    var records: [FBXRecord] = []
    while true {
      skipBlanks(lines: true)
      guard at < bytes.count else {
        guard depth == 0 else {
          throw .damaged("the FBX file ends early; copy or export it again")
        }
        return records
      }
      if bytes[at] == UInt8(ascii: "}") {
        guard depth > 0 else { throw confused() }
        at += 1
        return records
      }
      records.append(try record(depth: depth))
    }
  }

  private mutating func record(depth: Int) throws(ForeignModelError) -> FBXRecord {
    let name = word()
    skipBlanks(lines: false)
    guard !name.isEmpty, at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw confused() }
    at += 1
    var record = FBXRecord(name: name)
    skipToValues()
    if at < bytes.count, bytes[at] == UInt8(ascii: "*") {
      record.values = [.array(try array())]
      return record
    }
    try readValues(into: &record)
    let end = at
    skipBlanks(lines: true)
    if at < bytes.count, bytes[at] == UInt8(ascii: "{") {
      at += 1
      record.children = try records(depth: depth + 1)
    } else {
      at = end
    }
    return record
  }

  /// Skips to the first value: on the line of the name, or on the next line if it has a number or a
  /// text rather than another record's name.
  private mutating func skipToValues() {
    skipBlanks(lines: false)
    let end = at
    skipBlanks(lines: true)
    guard at > end, at < bytes.count else { return }
    let isValue =
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at])
      || Array("+-.\"*".utf8).contains(bytes[at])
    if !isValue { at = end }
  }

  /// Reads values separated by commas.
  private mutating func readValues(into record: inout FBXRecord) throws(ForeignModelError) {
    while true {
      guard at < bytes.count else { return }
      switch bytes[at] {
      case UInt8(ascii: "\""): record.values.append(.text(try quoted()))
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return
      case UInt8(ascii: ","): break
      default: record.values.append(try plain())
      }
      let end = at
      // Long lists continue with a comma at the end of a line or at the beginning of the next.
      skipBlanks(lines: true)
      guard at < bytes.count, bytes[at] == UInt8(ascii: ",") else {
        at = end
        return
      }
      at += 1
      skipBlanks(lines: true)
    }
  }

  // MARK: Words

  private mutating func word() -> String {
    let start = at
    while at < bytes.count, !Self.endsWord(bytes[at]), bytes[at] != UInt8(ascii: ":") { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func plain() throws(ForeignModelError) -> FBXValue {
    let start = at
    while at < bytes.count, !Self.endsWord(bytes[at]) { at += 1 }
    guard at > start else { throw confused() }
    var digits = FBXDigits(bytes, start..<at)
    if let integer = digits.integer(), digits.isAtEnd { return .integer(integer) }
    digits = FBXDigits(bytes, start..<at)
    if let number = digits.number(), digits.isAtEnd { return .number(number) }
    return .text(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func quoted() throws(ForeignModelError) -> String {
    at += 1
    guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "\"")) else { throw confused() }
    let text = String(decoding: bytes[at..<end], as: UTF8.self)
    at = end + 1
    guard text.contains("&") else { return text }
    return text.replacing("&quot;", with: "\"").replacing("&lf;", with: "\n")
      .replacing("&cr;", with: "\r")
  }

  /// Returns the range of `*3 { a: 1,2,3 }`; its numbers are parsed when they are used.
  private mutating func array() throws(ForeignModelError) -> FBXArray {
    at += 1
    guard case .integer(let claimed) = try plain(), let count = Int(exactly: claimed), count >= 0
    else { throw confused() }
    skipBlanks(lines: true)
    guard at < bytes.count, bytes[at] == UInt8(ascii: "{") else { throw confused() }
    at += 1
    skipBlanks(lines: true)
    if at < bytes.count, bytes[at] == UInt8(ascii: "a") {
      at += 1
      skipBlanks(lines: false)
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw confused() }
      at += 1
    }
    guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "}")) else {
      throw .damaged("the FBX file ends early; copy or export it again")
    }
    defer { at = end + 1 }
    return FBXArray(element: .text, count: count, range: at..<end, isPacked: false)
  }

  private mutating func skipBlanks(lines: Bool) {
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): at += 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0:
        guard lines else { return }
        at += 1
      case UInt8(ascii: ";"):
        guard let end = bytes[at...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
          at = bytes.count
          return
        }
        at = end
      default: return
      }
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "{")
      || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ";")
  }
}
