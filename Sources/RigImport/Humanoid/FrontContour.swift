/// The outline of a surface at one height, seen from above: how far forward it extends.
struct FrontContour {
  /// A piece of the outline, from its left end to its right end.
  private struct Segment {
    var start: SIMD2<Float>
    var end: SIMD2<Float>
  }

  private let segments: [Segment]

  /// Slices a surface at a height.
  init(_ surface: SurfaceRays, at y: Float) {
    segments = surface.triangles(at: y).compactMap { corners in
      var ends: [SIMD2<Float>] = []
      for corner in 0..<3 {
        let (a, b) = (corners[corner], corners[(corner + 1) % 3])
        // A corner at exactly this height counts as above, so that no triangle is cut in a single
        // point.
        guard (a.y >= y) != (b.y >= y) else { continue }
        let point = a + (b - a) * ((y - a.y) / (b.y - a.y))
        ends.append(SIMD2(point.x, point.z))
      }
      guard ends.count == 2 else { return nil }
      return ends[0].x <= ends[1].x
        ? Segment(start: ends[0], end: ends[1]) : Segment(start: ends[1], end: ends[0])
    }
  }

  /// Returns how far forward the surface extends at an x; nil where there is no surface.
  func z(at x: Float) -> Float? {
    var best: Float?
    for segment in segments where segment.start.x <= x && x <= segment.end.x {
      let width = segment.end.x - segment.start.x
      let share = width > 0 ? (x - segment.start.x) / width : 0
      let z =
        width > 0
        ? segment.start.y + share * (segment.end.y - segment.start.y)
        : max(segment.start.y, segment.end.y)
      best = best.map { max($0, z) } ?? z
    }
    return best
  }
}
