/// A bone's name without variations between files of a scheme: case, separators, namespaces, FBX's
/// escapes of special characters, prefixes.
struct BoneKey {
  /// The possible readings of the name, the longest first.
  let readings: [String]

  init(_ name: String, prefixes: [String]) {
    let plain = Self.withoutNamespace(Self.unmangled(name))
    var readings = [Self.letters(plain)]
    let numbered = Self.withoutCopyNumber(plain)
    if numbered != plain { readings.append(Self.letters(numbered)) }
    for reading in readings {
      for prefix in prefixes where reading.hasPrefix(prefix) && reading.count > prefix.count {
        let rest = String(reading.dropFirst(prefix.count))
        readings.append(rest)
        // In `mixamorig1:Hips` and `Bip002 Pelvis`, the prefix itself has a number.
        let unnumbered = String(rest.drop { $0.isNumber })
        if !unnumbered.isEmpty, unnumbered != rest { readings.append(unnumbered) }
      }
    }
    self.readings = readings
  }

  /// Returns the letters and digits of a name, in lowercase.
  static func letters(_ name: String) -> String {
    narrow(name).lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// Returns a name with full-width Latin letters and digits, which Japanese names use, in their
  /// usual form: `左足ＩＫ` becomes `左足IK`.
  static func narrow(_ name: String) -> String {
    guard name.unicodeScalars.contains(where: { wide.contains($0.value) }) else { return name }
    var result = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let narrow = wide.contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : nil
      result.append(narrow ?? scalar)
    }
    return String(result)
  }

  /// The code points of ASCII's full-width characters.
  private static let wide: ClosedRange<UInt32> = 0xFF01...0xFF5E

  /// Decodes FBX's escapes of characters that some program could not write: `FBXASC046` is a
  /// period.
  private static func unmangled(_ name: String) -> String {
    var rest = name[...]
    var result = ""
    while let mark = rest.firstRange(of: "FBXASC") {
      result += rest[..<mark.lowerBound]
      let digits = rest[mark.upperBound...].prefix(3)
      if digits.count == 3, let code = UInt8(digits) {
        result.unicodeScalars.append(Unicode.Scalar(code))
        rest = rest[digits.endIndex...]
      } else {
        rest = rest[mark.upperBound...]
      }
    }
    return result + rest
  }

  private static func withoutNamespace(_ name: String) -> String {
    name.split { $0 == ":" || $0 == "|" }.last.map(String.init) ?? name
  }

  /// Removes the number that Blender appends to copies, as in `Hips.001`.
  private static func withoutCopyNumber(_ name: String) -> String {
    let digits = name.suffix(3)
    return digits.count == 3 && digits.allSatisfy(\.isNumber) && name.dropLast(3).hasSuffix(".")
      ? String(name.dropLast(4)) : name
  }
}
