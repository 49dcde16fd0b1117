/// Filled convex polygons as `cv::fillConvexPoly` draws them.
extension Image {
  /// Corners in whole pixels.
  mutating func fillConvexPolygon(_ corners: [RasterPoint], _ colour: Pixel) {
    fillConvex(corners, fractionBits: 0, colour)
  }

  /// Corners in 16.16 fixed point.
  mutating func fillConvexFixedPointPolygon(_ corners: [RasterPoint], _ colour: Pixel) {
    fillConvex(corners, fractionBits: FixedPoint.shift, colour)
  }

  private mutating func fillConvex(
    _ corners: [RasterPoint], fractionBits: Int, _ colour: Pixel
  ) {
    guard var previous = corners.last else { return }
    for corner in corners {
      if fractionBits == 0 {
        drawThinLine(previous, corner, colour)
      } else {
        drawFixedPointLine(previous, corner, colour)
      }
      previous = corner
    }
    guard corners.count >= 3, var walk = ConvexWalk(corners, fractionBits: fractionBits) else {
      return
    }
    let lastRow = min(walk.lastRow, height - 1)
    while walk.row <= lastRow, let span = walk.next() {
      fillSpan(span.row, from: span.left, through: span.right, colour)
    }
  }
}

/// Walks down both sides of a convex polygon, one row a step.
private struct ConvexWalk {
  private struct Edge {
    /// The corner the edge leads to.
    var corner: Int
    /// +1 or −1 round the polygon.
    var direction: Int
    /// The row on which the edge ends.
    var end: Int
    /// Where the edge is on the current row and how much it moves a row, 16.16.
    var x = -FixedPoint.one
    var slope = 0
  }

  private let corners: [RasterPoint]
  private let fractionBits: Int
  private var edges: [Edge]
  private var cornersLeft: Int
  private(set) var row: Int
  let lastRow: Int

  init?(_ corners: [RasterPoint], fractionBits: Int) {
    self.corners = corners
    self.fractionBits = fractionBits
    guard let top = corners.indices.min(by: { corners[$0].y < corners[$1].y }),
      let bottom = corners.map(\.y).max()
    else { return nil }
    let half = (1 << fractionBits) >> 1
    row = (corners[top].y + half) >> fractionBits
    lastRow = (bottom + half) >> fractionBits
    cornersLeft = corners.count
    edges = [1, corners.count - 1].map { [row] direction in
      Edge(corner: top, direction: direction, end: row)
    }
  }

  /// The span of the current row, then one row down; nil when the corners are used up.
  mutating func next() -> (row: Int, left: Int, right: Int)? {
    for side in 0..<2 where row >= edges[side].end { advance(side) }
    guard cornersLeft >= 0 else { return nil }
    let x = [edges[0].x, edges[1].x]
    let span = (
      row, (min(x[0], x[1]) + FixedPoint.half) >> FixedPoint.shift,
      (max(x[0], x[1]) + FixedPoint.half) >> FixedPoint.shift
    )
    for side in 0..<2 { edges[side].x += edges[side].slope }
    row += 1
    return span
  }

  /// Moves one side on to its next edge that reaches below the current row.
  private mutating func advance(_ side: Int) {
    let upscale = FixedPoint.shift - fractionBits
    let half = (1 << fractionBits) >> 1
    var from = edges[side].corner
    var to = (from + edges[side].direction) % corners.count
    while true {
      cornersLeft -= 1
      if cornersLeft < 0 { return }
      let end = (corners[to].y + half) >> fractionBits
      if end > row {
        let start = corners[from].x << upscale
        let rows = end - row
        edges[side].end = end
        edges[side].slope = (((corners[to].x << upscale) - start) * 2 + rows) / (2 * rows)
        edges[side].x = start
        edges[side].corner = to
        return
      }
      from = to
      to = (to + edges[side].direction) % corners.count
    }
  }
}
