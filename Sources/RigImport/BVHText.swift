/// Puts a BVH file into the form that assimp reads, and refuses what would break it.
///
/// assimp 5.2 refuses byte order marks, channel names in lower case and names with blanks,
/// allocates whatever `Frames:` claims, and overflows its stack on deep hierarchies.
enum BVHText {
  private static let maximumDepth = 256

  /// Returns the file as assimp reads it.
  static func normalized(_ bytes: [UInt8]) throws(ForeignModelError) -> [UInt8] {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    var lines = text.split(omittingEmptySubsequences: true) { $0 == 0x0A || $0 == 0x0D }
    guard let motion = lines.firstIndex(where: { word(0, of: $0).uppercased() == "MOTION" }) else {
      throw .damaged("the BVH file has no MOTION; copy it again")
    }
    var depth = 0
    var channels = 0
    for index in 0..<motion {
      let line = String(decoding: lines[index], as: UTF8.self).trimmed
      depth += line.filter { $0 == "{" }.count - line.filter { $0 == "}" }.count
      guard depth <= maximumDepth else {
        throw .damaged("its joints hang \(maximumDepth) deep and deeper: this is no skeleton")
      }
      let (rewritten, count) = try rewrite(line)
      channels += count
      lines[index] = Array(rewritten.utf8)[...]
    }
    guard depth == 0 else { throw .damaged("its braces do not close; copy the BVH file again") }
    try checkFrames(&lines, from: motion, channels: channels)
    return Array(lines.joined(separator: [0x0A])) + [0x0A]
  }

  private static func rewrite(_ line: String) throws(ForeignModelError) -> (String, channels: Int) {
    let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
    switch words.first?.uppercased() {
    case "ROOT", "JOINT":
      // A name of several words becomes one; the brace may follow on the line.
      let brace = words.last == "{" ? " {" : ""
      let name = words.dropFirst().filter { $0 != "{" }.joined(separator: "_")
      return ((words.first?.uppercased() ?? "") + " " + (name.isEmpty ? "joint" : name) + brace, 0)
    case "CHANNELS":
      guard words.count >= 2, let count = Int(words[1]), (0...6).contains(count),
        words.count >= 2 + count
      else {
        throw .damaged("its line \"\(line.prefix(60))\" does not list the channels it claims")
      }
      let names = try words[2..<(2 + count)].map { word throws(ForeignModelError) -> String in
        let lower = word.lowercased()
        guard let axis = lower.first, "xyz".contains(axis),
          lower.dropFirst() == "rotation" || lower.dropFirst() == "position"
        else {
          throw .damaged("it has the channel \"\(word.prefix(30))\", which BVH does not know")
        }
        return axis.uppercased() + lower.dropFirst()
      }
      return ("CHANNELS \(count) " + names.joined(separator: " "), count)
    default: return (line, 0)
    }
  }

  /// Replaces the number of frames that the file claims by the number that are there, and a frame
  /// time of 0 by a thirtieth of a second.
  private static func checkFrames(
    _ lines: inout [ArraySlice<UInt8>], from motion: Int, channels: Int
  ) throws(ForeignModelError) {
    var first = motion + 1
    var time = 0.0
    while first < lines.count {
      let head = word(0, of: lines[first]).lowercased()
      if head.hasPrefix("frames") {
        first += 1
      } else if head == "frame" || head.hasPrefix("frametime") {
        let text = String(decoding: lines[first], as: UTF8.self)
        time = text.split { ": \t".contains($0) }.last.flatMap { Double($0) } ?? 0
        first += 1
      } else {
        break
      }
    }
    let rows = lines[first...].filter { line in line.contains { $0 > 0x20 } }
    for (index, row) in rows.enumerated() {
      let count = row.split { $0 <= 0x20 }.count
      guard count >= channels else {
        throw .damaged(
          "its frame \(index + 1) has \(count) numbers for \(channels) channels: the file ends early"
        )
      }
    }
    guard !rows.isEmpty else { throw .damaged("the BVH file has no frame of motion") }
    if !(time > 1e-5 && time < 60) { time = 1.0 / 30 }
    lines =
      lines[..<motion]
      + ["MOTION", "Frames: \(rows.count)", "Frame Time: \(time)"].map { Array($0.utf8)[...] }
      + rows
  }

  private static func word(_ index: Int, of line: ArraySlice<UInt8>) -> String {
    let words = line.split(maxSplits: index + 1) { $0 <= 0x20 }
    return index < words.count ? String(decoding: words[index], as: UTF8.self) : ""
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
