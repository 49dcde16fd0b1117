/// A parser of strict JSON (RFC 8259) that records the location of every value.
///
/// Foundation's decoder reports no lines or columns, and stops at the first wrong type; files
/// written by hand need both. Parsing ends at a syntax error; duplicate keys are errors too.
package struct JSONParser {
  /// The maximum nesting, deeper than any valid file's; it keeps hostile input from exhausting the
  /// stack.
  static let maximumDepth = 64

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var lineStart = 0
  private var depth = 0
  /// The number of values that are still allowed.
  private var left: Int

  /// Parses a whole file.
  ///
  /// - Parameters:
  ///   - file: its path, for messages.
  ///   - most: the maximum number of values; each takes far more memory than its text.
  package static func parse(
    _ bytes: [UInt8], file: String? = nil, upTo most: Int = .max
  ) throws(JSONSyntaxError) -> JSONNode {
    do {
      return try parseStrictly(bytes, upTo: most)
    } catch {
      throw JSONSyntaxError(ofForeign: bytes, file: file) ?? error
    }
  }

  private static func parseStrictly(
    _ bytes: [UInt8], upTo most: Int
  ) throws(JSONSyntaxError) -> JSONNode {
    var parser = JSONParser(bytes: bytes, upTo: most)
    if bytes.starts(with: TextEncoding.byteOrderMark) {
      parser.position = TextEncoding.byteOrderMark.count
      // A byte order mark does not count as a column of the first line.
      parser.lineStart = parser.position
    }
    parser.skipSpace()
    let node = try parser.parseValue()
    parser.skipSpace()
    guard parser.position == bytes.count else {
      throw parser.fault("there is something after the end of the document")
    }
    return node
  }

  private init(bytes: [UInt8], upTo most: Int) { (self.bytes, left) = (bytes, most) }

  private var location: TextLocation {
    TextLocation(line: line, column: position - lineStart + 1)
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault(_ message: String) -> JSONSyntaxError {
    JSONSyntaxError(location: location, message: message)
  }

  private mutating func skipSpace() {
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        lineStart = position + 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: return
      }
      position += 1
    }
  }

  private mutating func parseValue() throws(JSONSyntaxError) -> JSONNode {
    let (start, first) = (location, position)
    left -= 1
    if left < 0 { throw fault("there are too many values") }
    let value = try parseBareValue()
    return JSONNode(value: value, location: start, range: first..<position)
  }

  private mutating func parseBareValue() throws(JSONSyntaxError) -> JSONNode.Value {
    guard let byte = current else { throw fault("the file ends where a value should be") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try parseObject())
    case UInt8(ascii: "["): return .array(try parseArray())
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
    case UInt8(ascii: "/"), UInt8(ascii: "#"): throw fault("JSON has no comments; remove this one")
    default: return try parseWord()
    }
  }

  private mutating func parseWord() throws(JSONSyntaxError) -> JSONNode.Value {
    let start = position
    while let byte = current, isWordByte(byte) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "null": return .null
    default: position = start
    }
    if ["NaN", "nan", "Infinity", "inf"].contains(word) {
      throw fault("\(word) is not a JSON number; write a finite number")
    }
    if word.isEmpty, let byte = current {
      let mark = Unicode.Scalar(byte)
      throw fault(
        mark == "," || mark == "]" || mark == "}"
          ? "a value is missing before '\(mark)' (JSON allows no trailing comma)"
          : "unexpected character; a value should be here")
    }
    throw fault("'\(word)' is not a value; strings are written in double quotes")
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
  }

  private mutating func enter() throws(JSONSyntaxError) {
    depth += 1
    if depth > Self.maximumDepth {
      throw fault("nested deeper than \(Self.maximumDepth) levels")
    }
    position += 1
    skipSpace()
  }

  private mutating func parseObject() throws(JSONSyntaxError) -> [JSONMember] {
    try enter()
    defer { depth -= 1 }
    var members: [JSONMember] = []
    var keys: Set<String> = []
    if take("}") { return members }
    while true {
      let (keyLocation, keyStart) = (location, position)
      guard current == UInt8(ascii: "\"") else {
        throw fault(
          current == UInt8(ascii: "}")
            ? "a key in double quotes should be here; JSON allows no trailing comma, remove it"
            : current == UInt8(ascii: "/")
              ? "JSON has no comments; remove this one"
              : "a key in double quotes should be here")
      }
      let key = try parseString()
      let keyRange = keyStart..<position
      guard keys.insert(key).inserted else {
        throw JSONSyntaxError(
          location: keyLocation, message: "key \"\(key)\" is given twice; keep one")
      }
      skipSpace()
      guard take(":") else { throw fault("':' is missing after key \"\(key)\"") }
      skipSpace()
      members.append(
        JSONMember(
          key: key, keyLocation: keyLocation, node: try parseValue(), keyRange: keyRange))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw fault("',' or '}' is missing here") }
      skipSpace()
    }
  }

  private mutating func parseArray() throws(JSONSyntaxError) -> [JSONNode] {
    try enter()
    defer { depth -= 1 }
    var items: [JSONNode] = []
    if take("]") { return items }
    while true {
      items.append(try parseValue())
      skipSpace()
      if take("]") { return items }
      guard take(",") else { throw fault("',' or ']' is missing here") }
      skipSpace()
    }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func parseNumber() throws(JSONSyntaxError) -> Double {
    let start = position
    while let byte = current, isWordByte(byte) || "+-.".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard isNumber(Array(bytes[start..<position])), let number = Double(text) else {
      position = start
      throw fault("'\(text)' is not a number in JSON's form, like 12, -0.5 or 1e-3")
    }
    guard number.isFinite else {
      position = start
      throw fault("\(text) is too large; write a finite number")
    }
    return number
  }
}

/// Returns whether a text is a number by RFC 8259's grammar, which is narrower than Swift's.
private func isNumber(_ text: [UInt8]) -> Bool {
  var rest = text[...]
  func digits() -> Int {
    let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    rest = rest.dropFirst(count)
    return count
  }
  if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
  let leadsWithZero = rest.first == UInt8(ascii: "0")
  let whole = digits()
  guard whole == 1 || (whole > 1 && !leadsWithZero) else { return false }
  if rest.first == UInt8(ascii: ".") {
    rest = rest.dropFirst()
    guard digits() > 0 else { return false }
  }
  if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
    rest = rest.dropFirst()
    if let sign = rest.first, "+-".utf8.contains(sign) { rest = rest.dropFirst() }
    guard digits() > 0 else { return false }
  }
  return rest.isEmpty
}

/// A location and reason why a file is not JSON.
package struct JSONSyntaxError: Error, Equatable {
  package var location: TextLocation
  package var message: String
  package var code = DiagnosticCode.syntax

  package init(location: TextLocation, message: String) {
    self.location = location
    self.message = message
  }

  /// Creates the error for a file that is not JSON because of git or an editor; nil for other
  /// files.
  init?(ofForeign bytes: [UInt8], file: String?) {
    location = TextLocation(line: 1, column: 1)
    if GitRemains.isPointer(bytes) {
      (message, code) = (GitRemains.pointerSentence, .pointer)
    } else if let markers = MergeMarkers(in: bytes) {
      let name = file.map { " \(ShellWord.quoted($0))" } ?? ""
      (message, code) = (markers.sentence(remedy: "run: posemap mergetool\(name)"), .unmerged)
      location.line = markers.line
    } else if let sentence = TextEncoding.sentence(of: bytes) {
      message = sentence
    } else {
      return nil
    }
  }
}

extension JSONParser {
  private mutating func parseString() throws(JSONSyntaxError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw fault("this text is not valid UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text.append(contentsOf: Array(try parseEscape().utf8))
      case 0..<0x20:
        throw fault("a string ends on the line it starts on; its closing quote is missing")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw fault("the file ends inside a string; its closing quote is missing")
  }

  private mutating func parseEscape() throws(JSONSyntaxError) -> String {
    let simple: [UInt8: String] = [
      UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
      UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{c}", UInt8(ascii: "n"): "\n",
      UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]
    guard position + 1 < bytes.count else { throw fault("the file ends inside a string") }
    if let plain = simple[bytes[position + 1]] {
      position += 2
      return plain
    }
    guard let unit = hexadecimal(at: position) else {
      throw fault("unknown escape; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u0000")
    }
    if let scalar = Unicode.Scalar(unit) {
      position += 6
      return String(Swift.Character(scalar))
    }
    guard let low = hexadecimal(at: position + 6), (0xD800..<0xDC00).contains(unit),
      (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    else { throw fault("half of a surrogate pair; write the character itself") }
    position += 12
    return String(Swift.Character(scalar))
  }

  /// Returns the four hexadecimal digits of a `\u` escape that starts at `index`.
  private func hexadecimal(at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for byte in bytes[(index + 2)..<(index + 6)] {
      guard let digit = Swift.Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
