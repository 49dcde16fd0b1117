#if canImport(Glibc)
  internal import Glibc
#endif

/// Numbers as files and messages spell them.
package enum DecimalText {
  /// Returns a number rounded to some decimals, without zeros at the end.
  package static func rounded(_ value: Double, _ decimals: Int) -> String {
    let factor = pow(10, Double(decimals))
    let units = Int((value * factor).rounded())
    if units == 0 { return "0" }
    var digits = String(abs(units))
    digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let fraction = digits.suffix(decimals).reversed().drop { $0 == "0" }.reversed()
    let whole = (units < 0 ? "-" : "") + digits.dropLast(decimals)
    return fraction.isEmpty ? whole : whole + "." + String(fraction)
  }
}
