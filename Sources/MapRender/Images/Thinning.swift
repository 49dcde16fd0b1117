extension Image<UInt8> {
  /// Removes pixels from both sides of lines until they are one pixel wide, keeping them connected.
  ///
  /// Source: Zhang and Suen, *A fast parallel algorithm for thinning digital patterns*, 1984.
  /// Corners that it leaves two pixels wide are trimmed afterward.
  mutating func thinLines() {
    var candidates = pixels.indices.filter { pixels[$0] > 0 }
    var changed = true
    while changed {
      changed = false
      for pass in 0..<2 {
        let removed = candidates.filter { isOnEdge($0, pass: pass) }
        guard !removed.isEmpty else { continue }
        for index in removed { pixels[index] = 0 }
        changed = true
        candidates = candidates.filter { pixels[$0] > 0 }
      }
    }
    for index in candidates where isCornerOfStep(index) { pixels[index] = 0 }
  }

  /// Returns whether each of the eight neighbors is set, clockwise from the one above.
  private func neighbors(_ index: Int) -> [Bool] {
    let (x, y) = (index % width, index / width)
    return [(0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1)].map { dx, dy in
      contains(x: x + dx, y: y + dy) && self[x + dx, y + dy] > 0
    }
  }

  private func isOnEdge(_ index: Int, pass: Int) -> Bool {
    let p = neighbors(index)
    let count = p.count { $0 }
    guard (2...6).contains(count), Self.rises(p) == 1 else { return false }
    return pass == 0
      ? !(p[0] && p[2] && p[4]) && !(p[2] && p[4] && p[6])
      : !(p[0] && p[2] && p[6]) && !(p[0] && p[4] && p[6])
  }

  /// Returns how often a clear neighbor is followed by a set one, going around.
  private static func rises(_ p: [Bool]) -> Int {
    p.indices.count { !p[$0] && p[($0 + 1) % 8] }
  }

  /// Returns whether the pixel only fills the corner of a step: two of its adjacent sides are set,
  /// and nothing is attached to its other two.
  private func isCornerOfStep(_ index: Int) -> Bool {
    let p = neighbors(index)
    return [0, 2, 4, 6].contains { side in
      let next = (side + 2) % 8
      let far = [(side + 4) % 8, (side + 5) % 8, (side + 6) % 8]
      return p[side] && p[next] && !far.contains { p[$0] }
        && !p[(side + 3) % 8] && !p[(side + 7) % 8]
    }
  }

  /// Returns 255 wherever a set pixel is at most `reach` pixels away along either axis.
  func grown(by reach: Int) -> Image<UInt8> {
    var result = Image(width: width, height: height, filling: 0)
    for y in 0..<height {
      for x in 0..<width where self[x, y] > 0 {
        for row in max(0, y - reach)...min(height - 1, y + reach) {
          result.fillRow(row, from: x - reach, through: x + reach, with: 255)
        }
      }
    }
    return result
  }

  /// Clears connected groups of fewer than `count` pixels.
  mutating func removeSpecks(smallerThan count: Int) {
    var seen = [Bool](repeating: false, count: pixels.count)
    for start in pixels.indices where pixels[start] > 0 && !seen[start] {
      var group = [start]
      seen[start] = true
      var next = 0
      while next < group.count {
        let (x, y) = (group[next] % width, group[next] / width)
        next += 1
        for dy in -1...1 {
          for dx in -1...1 where contains(x: x + dx, y: y + dy) {
            let index = (y + dy) * width + x + dx
            guard pixels[index] > 0, !seen[index] else { continue }
            seen[index] = true
            group.append(index)
          }
        }
      }
      if group.count < count {
        for index in group { pixels[index] = 0 }
      }
    }
  }
}
