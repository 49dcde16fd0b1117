#if canImport(Glibc)
  internal import Glibc
#endif

/// Numbers as files and messages spell them.
package enum DecimalText {
  /// Returns a number rounded to some decimals, without zeros at the end; one that is too large to
  /// be rounded exactly, in full.
  package static func rounded(_ value: Double, _ decimals: Int) -> String {
    let factor = pow(10, Double(decimals))
    guard abs(value) * factor < 0x1p50 else { return inFull(value) }
    let units = Int((value * factor).rounded())
    if units == 0 { return "0" }
    var digits = String(abs(units))
    digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let fraction = digits.suffix(decimals).reversed().drop { $0 == "0" }.reversed()
    let whole = (units < 0 ? "-" : "") + digits.dropLast(decimals)
    return fraction.isEmpty ? whole : whole + "." + String(fraction)
  }

  /// Returns the shortest text that reads back as the same number: without an exponent where six
  /// decimals say it, and for whole numbers.
  package static func exact(_ value: Double) -> String {
    let text = rounded(value, 6)
    return Double(text) == value ? text : inFull(value)
  }

  private static func inFull(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
