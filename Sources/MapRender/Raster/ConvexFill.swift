extension Image {
  /// Fills a convex polygon with corners at whole pixels, like `cv2.fillConvexPoly`: outline and
  /// interior.
  mutating func fillConvexPolygon(_ corners: [SIMD2<Int>], with pixel: Pixel) {
    guard var previous = corners.last else { return }
    for corner in corners {
      drawLine(from: previous, to: corner, with: pixel)
      previous = corner
    }
    fillConvexInside(corners.map(FixedPoint.fromPixel), with: pixel)
  }

  /// Fills a convex polygon with corners in 16.16: outline and interior.
  mutating func fillFixedPointConvexPolygon(_ corners: [SIMD2<Int>], with pixel: Pixel) {
    guard var previous = corners.last else { return }
    for corner in corners {
      drawFixedPointLine(from: previous, to: corner, with: pixel)
      previous = corner
    }
    fillConvexInside(corners, with: pixel)
  }

  /// Fills the rows between the two chains of edges that descend from the topmost corner.
  private mutating func fillConvexInside(_ corners: [SIMD2<Int>], with pixel: Pixel) {
    guard corners.count >= 3,
      let top = corners.indices.min(by: { corners[$0].y < corners[$1].y }),
      let bottom = corners.max(by: { $0.y < $1.y })?.y
    else { return }
    let firstRow = FixedPoint.rounded(corners[top].y)
    let lastRow = min(FixedPoint.rounded(bottom), height - 1)
    guard firstRow <= lastRow else { return }

    var forward = EdgeChain(startingAt: top, step: 1, firstRow: firstRow)
    var backward = EdgeChain(startingAt: top, step: corners.count - 1, firstRow: firstRow)
    // The chains share one budget of edges, so that neither passes the bottom and climbs again.
    var edgesLeft = corners.count
    for row in firstRow...lastRow {
      forward.enter(row: row, of: corners, edgesLeft: &edgesLeft)
      backward.enter(row: row, of: corners, edgesLeft: &edgesLeft)
      fillRow(
        row,
        from: FixedPoint.rounded(min(forward.x, backward.x)),
        through: FixedPoint.rounded(max(forward.x, backward.x)),
        with: pixel)
      forward.x += forward.slope
      backward.x += backward.slope
    }
  }
}

/// One side of a convex polygon, walked row by row; x and slope are in 16.16.
private struct EdgeChain {
  var x = -FixedPoint.one
  var slope = 0
  private var corner: Int
  private let step: Int
  private var lastRow: Int

  init(startingAt corner: Int, step: Int, firstRow: Int) {
    self.corner = corner
    self.step = step
    lastRow = firstRow
  }

  /// Moves on to the next edge that reaches below `row`, once the current one has ended.
  mutating func enter(row: Int, of corners: [SIMD2<Int>], edgesLeft: inout Int) {
    guard row >= lastRow else { return }
    var start = corner
    while edgesLeft > 0 {
      edgesLeft -= 1
      let end = (start + step) % corners.count
      let endRow = FixedPoint.rounded(corners[end].y)
      if endRow > row {
        let rows = endRow - row
        // Rounded to nearest for a rising x, because C's division truncates toward zero.
        slope = ((corners[end].x - corners[start].x) * 2 + rows) / (2 * rows)
        x = corners[start].x
        corner = end
        lastRow = endRow
        return
      }
      start = end
    }
  }
}
