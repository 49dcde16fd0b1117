/// Letters made of lines on a grid, for labels on pictures. Points are two base-36 digits, x and y;
/// `|` separates lines. Capitals stand on y = 4 and are 12 high.
enum StrokeGlyphs {
  /// Returns the lines of a character; nil if it has no glyph.
  static func lines(of character: Swift.Character) -> [[SIMD2<Float>]]? {
    if let text = table[character] { return parse(text) }
    guard let (base, mark) = composed[character], let text = table[base] else { return nil }
    let lines = parse(text)
    let points = lines.flatMap(\.self)
    let high: Float = base.isUppercase ? 18 : 14
    let middle = ((points.map(\.x).min() ?? 0) + (points.map(\.x).max() ?? 0)) / 2
    let shift = SIMD2(middle - 3, high - 14)
    return lines + parse(marks[mark] ?? "").map { $0.map { $0 + shift } }
  }

  private static func parse(_ text: String) -> [[SIMD2<Float>]] {
    text.split(separator: "|").map { line in
      line.split(separator: " ").map { point in
        let digits = point.map { Float(Int(String($0), radix: 36) ?? 0) }
        return SIMD2(digits[0], digits[1])
      }
    }
  }

  private static let table: [Swift.Character: String] = [
    "A": "04 4g 84|29 69", "B": "04 0g 5g 7f 7b 5a 0a|5a 88 86 64 04",
    "C": "8d 6g 2g 0d 07 24 64 87", "D": "04 0g 5g 8d 87 54 04", "E": "84 04 0g 8g|0a 6a",
    "F": "04 0g 8g|0a 6a", "G": "8d 6g 2g 0d 07 24 64 87 8a 5a", "H": "04 0g|84 8g|0a 8a",
    "I": "04 0g", "J": "6g 67 44 24 07", "K": "04 0g|8g 09|3b 84", "L": "0g 04 74",
    "M": "04 0g 48 8g 84", "N": "04 0g 84 8g", "O": "2g 0d 07 24 64 87 8d 6g 2g",
    "P": "04 0g 6g 8e 8b 69 09", "Q": "2g 0d 07 24 64 87 8d 6g 2g|58 93",
    "R": "04 0g 6g 8e 8b 69 09|49 84", "S": "8e 6g 2g 0e 0c 2a 6a 88 86 64 24 06",
    "T": "4g 44|0g 8g", "U": "0g 07 24 64 87 8g", "V": "0g 44 8g", "W": "0g 24 4d 64 8g",
    "X": "0g 84|8g 04", "Y": "0g 4a 8g|4a 44", "Z": "0g 8g 04 84",
    "a": "6c 64|6a 4c 2c 0a 06 24 44 66", "b": "0g 04|0a 2c 4c 6a 66 44 24 06",
    "c": "6a 4c 2c 0a 06 24 44 66", "d": "6g 64|6a 4c 2c 0a 06 24 44 66",
    "e": "08 68 6a 4c 2c 0a 06 24 44 65", "f": "5g 4g 2e 24|0c 5c",
    "g": "6c 62 40 20 01|6a 4c 2c 0a 06 24 44 66", "h": "0g 04|0a 2c 4c 6a 64",
    "i": "0c 04|0f 0g", "j": "2c 22 00|2f 2g", "k": "0g 04|6c 07|29 64", "l": "0g 04",
    "m": "04 0c|0a 2c 3c 5a 54|5a 7c 8c aa a4", "n": "04 0c|0a 2c 4c 6a 64",
    "o": "2c 0a 06 24 44 66 6a 4c 2c", "p": "0c 00|0a 2c 4c 6a 66 44 24 06",
    "q": "6c 60|6a 4c 2c 0a 06 24 44 66", "r": "04 0c|09 2c 4c",
    "s": "6b 5c 1c 0b 09 18 58 67 65 54 14 05", "t": "2g 26 44 54|0c 5c",
    "u": "0c 06 24 44 66|6c 64", "v": "0c 34 6c", "w": "0c 24 4b 64 8c", "x": "0c 64|6c 04",
    "y": "0c 34|6c 34 10 00", "z": "0c 6c 04 64", "ß": "04 0e 2g 4g 5e 5c 4b 3b|4b 69 66 44 24",
    "0": "2g 0d 07 24 44 67 6d 4g 2g", "1": "0d 3g 34", "2": "0e 2g 4g 6e 6b 04 64",
    "3": "0e 2g 4g 6e 6c 4a 2a|4a 68 66 44 24 06", "4": "44 4g 08 68",
    "5": "6g 0g 0b 4b 69 66 44 24 05", "6": "5g 3g 0b 06 24 44 66 68 4a 2a 08", "7": "0g 6g 24",
    "8": "2a 0c 0e 2g 4g 6e 6c 4a 2a 08 06 24 44 66 68 4a", "9": "14 34 69 6e 4g 2g 0e 0c 2a 4a 6c",
    ".": "04 05", ",": "15 02", ":": "04 05|0a 0b", ";": "15 02|1a 1b", "-": "09 59", "_": "03 63",
    "+": "3c 36|09 69", "=": "07 67|0b 6b", "/": "02 6h", "\\": "0h 62", "(": "3h 1e 16 33",
    ")": "0h 2e 26 03", "[": "3h 0h 03 33", "]": "0h 3h 33 03", "'": "0g 0d", "\"": "0g 0d|3g 3d",
    "!": "0g 09|04 05", "?": "0e 2g 4g 6e 6c 39 38|34 35", "#": "14 3g|54 7g|07 87|0c 8c",
    "%": "04 8g|0g 2g 2e 0e 0g|64 84 86 66 64", "°": "1g 0f 0e 1d 2d 3e 3f 2g 1g",
    "→": "09 89|5c 89 56", "×": "06 6c|0c 66", "<": "6c 08 64", ">": "0c 68 04",
    "&": "84 0d 0e 1g 3g 4e 4d 08 06 24 44 87 88", "*": "3g 3a|0f 6b|6f 0b", "~": "08 2a 57 79",
    "@": "6b 4b 38 46 68 6c 78 97 9c 7g 2g 0d 06 23 63", "|": "0h 02", "^": "0c 3g 6c",
    "{": "3h 2g 2c 0a 28 24 33", "}": "0h 1g 1c 3a 18 14 03",
    "$": "6e 4f 1f 0d 0c 6a 68 66 45 15 06|3h 33",
    " ": "",
  ]

  /// The accents above letters, around x = 3 and at y = 14.
  private static let marks: [Swift.Character: String] = [
    "¨": "1e 1f|5e 5f", "´": "2e 4g", "`": "4e 2g", "^": "1e 3g 5e", "~": "0e 2f 4e 6f",
    "°": "3d 2e 3f 4e 3d",
  ]

  private static let composed: [Swift.Character: (Swift.Character, Swift.Character)] = {
    let rows: [(Swift.Character, String, String)] = [
      ("¨", "äëïöüÄËÏÖÜ", "aeiouAEIOU"), ("´", "áéíóúýÁÉÍÓÚ", "aeiouyAEIOU"),
      ("`", "àèìòùÀÈÌÒÙ", "aeiouAEIOU"), ("^", "âêîôûÂÊÎÔÛ", "aeiouAEIOU"),
      ("~", "ãñõÃÑÕ", "anoANO"), ("°", "åÅ", "aA"),
    ]
    var table: [Swift.Character: (Swift.Character, Swift.Character)] = [:]
    for (mark, letters, bases) in rows {
      for (letter, base) in zip(letters, bases) { table[letter] = (base, mark) }
    }
    return table
  }()
}
