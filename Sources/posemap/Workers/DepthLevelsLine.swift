internal import Export
internal import MapRender

/// Depth levels as a worker tells them, on one line: `ana 140 2.31 2.74 false`, and the next character likewise. Ids have no blanks.
enum DepthLevelsLine {
  static func text(_ levels: [DepthLevels]) -> String {
    levels.map {
      "\($0.character) \($0.levels) \($0.distances.near) \($0.distances.far) \($0.isTogether)"
    }.joined(separator: " ")
  }

  static func levels(_ line: String) -> [DepthLevels] {
    let words = line.split(separator: " ").map(String.init)
    return stride(from: 0, to: words.count - 4, by: 5).map { first in
      DepthLevels(
        character: words[first], levels: Int(words[first + 1]) ?? 0,
        distances: DepthRange(
          near: Float(words[first + 2]) ?? 0, far: Float(words[first + 3]) ?? 0),
        isTogether: words[first + 4] == "true")
    }
  }
}
