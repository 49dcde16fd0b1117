/// Parses numbers from the bytes of a text.
struct FBXDigits {
  private let bytes: [UInt8]
  private let end: Int
  private var at: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  /// Whether all bytes have been read.
  var isAtEnd: Bool { at >= end }

  /// Skips white space, commas and comments up to the next number; returns false at the end.
  mutating func skipToNumber() -> Bool {
    while at < end {
      if bytes[at] == UInt8(ascii: ";") {
        while at < end, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
      } else if bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: ",") {
        at += 1
      } else {
        return true
      }
    }
    return false
  }

  /// Parses the next integer; nil for anything else, and for one beyond 64 bits.
  mutating func integer() -> Int64? {
    let isNegative = sign()
    let start = at
    var number: UInt64 = 0
    while let digit = digit() {
      let (tens, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, carries) = tens.addingReportingOverflow(UInt64(digit))
      guard !overflows, !carries else { return nil }
      number = sum
    }
    guard at > start else { return nil }
    if isNegative {
      return number <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- number) : nil
    }
    return Int64(exactly: number)
  }

  /// Parses the next number; NaN for words that mean one; nil for anything else.
  mutating func number() -> Double? {
    let start = at
    let isNegative = sign()
    var mantissa: UInt64 = 0
    var exponent = 0
    var digits = 0
    var isExact = true
    func take(_ digit: UInt8) {
      if mantissa < 1_000_000_000_000_000_000 {
        mantissa = mantissa * 10 + UInt64(digit)
      } else {
        isExact = false
      }
      digits += 1
    }
    while let digit = digit() { take(digit) }
    if at < end, bytes[at] == UInt8(ascii: ".") {
      at += 1
      while let digit = digit() {
        take(digit)
        exponent -= 1
      }
    }
    guard digits > 0 else { return word(from: start) }
    if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      guard let power = integer(), (-9_999...9_999).contains(power) else {
        return word(from: start)
      }
      exponent += Int(power)
    }
    // Some runtimes print "1.#INF" and similar for values that are not finite numbers.
    if at < end, bytes[at] == UInt8(ascii: "#") { return word(from: start) }
    // A mantissa of 53 bits multiplied or divided by an exact power of ten is rounded only once.
    if isExact, mantissa < 1 << 53, abs(exponent) <= 22 {
      let size = Double(mantissa)
      let power = Self.powers[abs(exponent)]
      let number = exponent < 0 ? size / power : size * power
      return isNegative ? -number : number
    }
    return Double(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func sign() -> Bool {
    guard at < end, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") else {
      return false
    }
    defer { at += 1 }
    return bytes[at] == UInt8(ascii: "-")
  }

  private mutating func digit() -> UInt8? {
    guard at < end, case let digit = bytes[at] &- UInt8(ascii: "0"), digit < 10 else { return nil }
    at += 1
    return digit
  }

  /// Consumes the rest of a word; NaN for the words of runtimes, nil for others.
  private mutating func word(from start: Int) -> Double? {
    at = start
    while at < end, bytes[at] > 0x20, bytes[at] != UInt8(ascii: ",") { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
    return ["nan", "inf", "ind"].contains { word.contains($0) } ? .nan : nil
  }

  private static let powers: [Double] = (0...22).map { power in
    (0..<power).reduce(1.0) { product, _ in product * 10 }
  }
}
