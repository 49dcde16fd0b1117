/// Groups of overlaps, some of which are too small to be a line.
extension Overlaps {
  /// The number of connected far pixels required for the side of a contour, as opposed to a mesh's
  /// own unevenness at the rim.
  private static let leastLength = 12

  /// Removes the occlusions with far pixels that form groups of fewer than ``leastLength``.
  mutating func dropCrumbs() {
    var isFar = [Bool](repeating: false, count: bars.count)
    for overlap in occlusions { isFar[Int(overlap.far)] = true }
    var isCrumb = [Bool](repeating: false, count: bars.count)
    for overlap in occlusions where isFar[Int(overlap.far)] {
      let line = group(from: Int(overlap.far), &isFar)
      if line.count < Self.leastLength { for index in line { isCrumb[index] = true } }
    }
    for overlap in occlusions where isCrumb[Int(overlap.far)] { open(overlap) }
    occlusions.removeAll { isCrumb[Int($0.far)] }
  }

  /// Removes the edges of props that run along the silhouette, where a face is seen edge-on:
  /// isolated pixels would become dark spots. Edges that end at the silhouette stay.
  mutating func dropRims() {
    var isFar = [Bool](repeating: false, count: bars.count)
    var isWithin = isFar
    for touch in touches where !touch.isAtRim { isWithin[Int(touch.far)] = true }
    for touch in touches { isFar[Int(touch.far)] = true }
    var isRim = [Bool](repeating: false, count: bars.count)
    for touch in touches where isFar[Int(touch.far)] {
      let line = group(from: Int(touch.far), &isFar)
      if !line.contains(where: { isWithin[$0] }) { for index in line { isRim[index] = true } }
    }
    for touch in touches where isRim[Int(touch.far)] { open(touch) }
    touches.removeAll { isRim[Int($0.far)] }
  }

  /// Removes the bar between the pixels of an overlap.
  private mutating func open(_ overlap: Overlap) {
    let (first, step) = (Int(min(overlap.near, overlap.far)), abs(overlap.near - overlap.far))
    // Across a gap there is no side to open.
    if Int(step) == columns {
      bars[first].remove(.below)
    } else if step == 1 {
      bars[first].remove(.right)
    }
  }

  /// Returns the far pixels connected to one, and removes them from `isFar`.
  private func group(from index: Int, _ isFar: inout [Bool]) -> [Int] {
    var group = [index]
    isFar[index] = false
    var next = 0
    while next < group.count {
      join(group[next], to: &group, from: &isFar)
      next += 1
    }
    return group
  }

  /// Moves the far pixels among the eight neighbors of a pixel into its group.
  private func join(_ index: Int, to group: inout [Int], from isFar: inout [Bool]) {
    let column = index % columns
    for row in stride(from: index - columns, through: index + columns, by: columns) {
      for around in max(row - 1, row - column)...min(row + 1, row - column + columns - 1)
      where isFar.indices.contains(around) && isFar[around] {
        isFar[around] = false
        group.append(around)
      }
    }
  }
}
