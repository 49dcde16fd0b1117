internal import PoseRig

/// Marks the nearer pixel of every pair of neighbors between which a surface ends.
struct ContourWalk {
  /// The contours (255), not yet thinned to lines.
  private(set) var marks: Image<UInt8>

  private let buffer: GBuffer
  private let breaks: SurfaceBreaks
  private let columns: Int

  /// Compares each pixel with those to its right and below. Where the buffer's bounds end within
  /// the picture, nothing lies beyond them.
  init(_ buffer: GBuffer, _ tangents: SIMD2<Double>) {
    self.buffer = buffer
    breaks = SurfaceBreaks(buffer, tangents: tangents)
    columns = buffer.bounds.columns.count
    marks = Image<UInt8>(width: buffer.width, height: buffer.height, filling: 0)
    let (depths, shading) = (buffer.depth.span, buffer.shading.span)
    let (left, top) = (buffer.bounds.columns.lowerBound, buffer.bounds.rows.lowerBound)
    let isInset = (
      right: buffer.bounds.columns.upperBound < buffer.width,
      below: buffer.bounds.rows.upperBound < buffer.height
    )
    for row in 0..<buffer.bounds.rows.count {
      for column in 0..<columns {
        let here = row * columns + column
        let at = SIMD2(left + column, top + row)
        let isCovered = depths[here] > 0
        if isCovered, column == 0 && left > 0 || row == 0 && top > 0 { marks[at.x, at.y] = 255 }
        if column + 1 < columns {
          look(here, at, here + 1, at &+ SIMD2(1, 0), depths, shading)
        } else if isInset.right, isCovered {
          marks[at.x, at.y] = 255
        }
        if here + columns < depths.count {
          look(here, at, here + columns, at &+ SIMD2(0, 1), depths, shading)
        } else if isInset.below, isCovered {
          marks[at.x, at.y] = 255
        }
      }
    }
  }

  /// Nearly all pairs are skipped: both pixels are empty, or are equally far away and of one part.
  @inline(__always)
  private mutating func look(
    _ here: Int, _ at: SIMD2<Int>, _ there: Int, _ next: SIMD2<Int>,
    _ depths: borrowing Span<Float>, _ shading: borrowing Span<SIMD4<UInt8>>
  ) {
    let (one, other) = (depths[here], depths[there])
    if one == 0 || other == 0 {
      if one > 0 { marks[at.x, at.y] = 255 }
      if other > 0 { marks[next.x, next.y] = 255 }
      return
    }
    let isApart = abs(other - one) > breaks.slack(at: min(one, other))
    if !isApart, shading[here].w == shading[there].w { return }
    guard isApart && breaks.separation(here, there) > 1 || breaks.areForeign(here, there) else {
      return
    }
    // A tone that darkens the rim draws the line by itself.
    if breaks.darkness(other < one ? there : here) > ContactShade.step { return }
    let nearer = other < one ? next : at
    marks[nearer.x, nearer.y] = 255
  }
}
