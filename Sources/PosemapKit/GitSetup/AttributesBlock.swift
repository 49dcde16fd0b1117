/// The lines in `.gitattributes` that make git diff and merge files with posemap.
enum AttributesBlock {
  /// The patterns of the file names that posemap recognizes.
  static let patterns = ["*.pose.json", "*.clip.json", "*.bones.json", "*scene.json"]

  /// Returns the lines of a block.
  ///
  /// - Parameters:
  ///   - binary: patterns of rendered output, which git must not diff or merge as text.
  ///   - old: the existing lines; their patterns of rendered output are kept.
  static func lines(binary: [String], old: [String]) -> [String] {
    let rendered = old.filter { $0.hasSuffix(binaryEnd) }
    let new = binary.map { quoted($0) + binaryEnd }.filter { !rendered.contains($0) }
    var seen: Set<String> = []
    return [remark] + patterns.map { "\($0) diff=posemap merge=posemap" }
      + (rendered + new).filter { seen.insert($0).inserted }
  }

  private static let remark =
    "# Written by \"posemap git enable\"; \"posemap git disable\" removes it."
  private static let binaryEnd = " binary"

  /// Returns the offset at which to insert a block: before the first line by someone else that
  /// configures diffs or merges for these names, so that it still applies; otherwise at the end, so
  /// that the block overrides lines about other names.
  static func offset(in text: [UInt8]) -> Int {
    var offset = 0
    for line in BlockedText.lines(text) {
      if isAboutPoses(BlockedText.text(line)) { return offset }
      offset += line.count
    }
    return offset
  }

  /// Returns the lines by someone else that configure diffs or merges for these names.
  static func ownLines(in text: [UInt8]) -> [String] {
    BlockedText.lines(text).map(BlockedText.text).filter(isAboutPoses)
  }

  private static func isAboutPoses(_ line: String) -> Bool {
    let words = line.split { $0 == " " || $0 == "\t" }
    guard let pattern = words.first, !pattern.hasPrefix("#") else { return false }
    let names = ["pose.json", "clip.json", "bones.json", "scene.json"]
    let end = pattern.hasSuffix("\"") ? pattern.dropLast() : pattern
    return names.contains(where: end.hasSuffix)
      && words.dropFirst().contains { word in
        let name = word.drop { $0 == "-" || $0 == "!" }.prefix { $0 != "=" }
        return ["diff", "merge", "binary"].contains(name)
      }
  }

  /// Returns a pattern with spaces as `.gitattributes` requires it: in quotes, as in C.
  static func quoted(_ pattern: String) -> String {
    let isPlain =
      !pattern.hasPrefix("\"") && !pattern.hasPrefix("#")
      && pattern.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    if isPlain { return pattern }
    let inner = pattern.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\"", "\\": text += "\\\(scalar)"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return "\"\(inner)\""
  }
}
