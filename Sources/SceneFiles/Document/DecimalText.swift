/// Formats numbers for files and messages.
package enum DecimalText {
  /// Returns a number rounded to a number of decimals, without trailing zeros; in full if it is too
  /// large to be rounded exactly.
  package static func rounded(_ value: Double, _ decimals: Int) -> String {
    // The exact power of 10.
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    guard abs(value) * Double(scale) < 0x1p50 else { return inFull(value) }
    let units = Int((value * Double(scale)).rounded())
    if units == 0 { return "0" }
    let whole = "\(units < 0 ? "-" : "")\(abs(units) / scale)"
    var (fraction, digits) = (abs(units) % scale, decimals)
    if fraction == 0 { return whole }
    while fraction.isMultiple(of: 10) { (fraction, digits) = (fraction / 10, digits - 1) }
    let text = String(fraction)
    return "\(whole).\(String(repeating: "0", count: digits - text.utf8.count))\(text)"
  }

  /// Returns the shortest text that parses to an equal number. Whole numbers, and numbers that need
  /// at most six decimals, have no exponent.
  package static func exact(_ value: Double) -> String {
    let text = rounded(value, 6)
    return Double(text) == value ? text : inFull(value)
  }

  private static func inFull(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
