/// The encoding of text in a URL's query (RFC 3986).
enum PercentEncoding {
  /// Returns a text with all bytes except ASCII letters, digits and `-._~` as `%` and two digits.
  static func of(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      if byte < 0x80, isPlain || "-._~".unicodeScalars.contains(scalar) { return String(scalar) }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
