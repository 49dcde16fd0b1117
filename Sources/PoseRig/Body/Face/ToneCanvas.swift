/// A drawing of tones on a plane, in millimeters, x to the right, y up.
///
/// The two sides of a line are independent: one can be sharp, which Canny detects, and the other
/// fade into the skin, which it does not. So the line of a lip or a lid gives one edge rather than
/// two.
struct ToneCanvas: Equatable {
  /// The number of texels per millimeter.
  static let density: Float = 3
  /// The brightest tone, which the texture's levels are relative to.
  static let brightest: Float = 1.25

  /// The lower left corner of the plane.
  let low: SIMD2<Float>
  /// The texels in a row and in a column.
  let columns: Int
  let rows: Int
  /// The brightness of each texel relative to bare skin, row by row from the top.
  private var tones: [Float]

  /// Creates a canvas of bare skin.
  init(low: SIMD2<Float>, high: SIMD2<Float>) {
    self.low = low
    columns = Int((high.x - low.x) * Self.density)
    rows = Int((high.y - low.y) * Self.density)
    tones = [Float](repeating: 1, count: columns * rows)
  }

  /// The texture of the canvas.
  var texture: OpacityTexture {
    OpacityTexture(
      width: columns, height: rows, wrapX: .clamp, wrapY: .clamp, isMinified: false,
      opacity: tones.map { UInt8(min(max($0 / Self.brightest, 0), 1) * 255 + 0.5) })
  }

  /// Returns the texture coordinates of a point of the plane, with (0, 0) in the upper left.
  func coordinate(of point: SIMD2<Float>) -> SIMD2<Float> {
    let share = (point - low) * Self.density / SIMD2(Float(columns), Float(rows))
    return SIMD2(share.x, 1 - share.y)
  }

  /// The distance over which a line or an area fades out beyond its edge, in millimeters; 0 for a
  /// sharp edge.
  struct Fade {
    var left: Float
    var right: Float
  }

  /// Draws a line through `points`, with the half width of each point in `halfWidths`.
  ///
  /// - Parameters:
  ///   - tone: the brightness of the line relative to the skin.
  ///   - fade: the fade on the left and right sides of the line. Thin parts of a line are faint: a
  ///     line with ends of zero width tapers off without corners.
  mutating func stroke(
    _ points: [SIMD2<Float>], halfWidths: [Float], tone: Float, fade: Fade
  ) {
    let path = TonePath(points, values: halfWidths)
    let reach = max(fade.left, fade.right, 1 / Self.density)
    let widest = halfWidths.max() ?? 1
    for texel in nearest(to: path, within: reach + widest) {
      let strength = min(1.5 * texel.value / widest, 1)
      let coverage = Self.coverage(
        texel.distance - texel.value, fade: texel.isLeft ? fade.left : fade.right)
      lay(tone, at: texel.index, coverage * strength)
    }
  }

  /// Fills a closed outline that fades outward over `fade` millimeters.
  mutating func fill(_ outline: [SIMD2<Float>], tone: Float, fade: Float) {
    let path = TonePath(outline + [outline[0]], values: outline.map { _ in 0 } + [0])
    let bounds = path.bounds(margin: 0)
    var isInside = Set<Int>()
    for index in texels(from: bounds.low, to: bounds.high) where path.encloses(point(at: index)) {
      isInside.insert(index)
      lay(tone, at: index, 1)
    }
    for texel in nearest(to: path, within: fade) where !isInside.contains(texel.index) {
      lay(tone, at: texel.index, Self.coverage(texel.distance, fade: fade))
    }
  }

  /// Fills a disc that fades outward over `fade` millimeters.
  mutating func disc(_ center: SIMD2<Float>, radius: Float, tone: Float, fade: Float = 0) {
    let reach = radius + max(fade, 1 / Self.density)
    for index in texels(from: center - reach, to: center + reach) {
      let offset = point(at: index) - center
      lay(tone, at: index, Self.coverage((offset * offset).sum().squareRoot() - radius, fade: fade))
    }
  }

  /// Draws with `draw`, clipped to a closed outline.
  mutating func clipped(to outline: [SIMD2<Float>], _ draw: (inout ToneCanvas) -> Void) {
    var drawn = self
    draw(&drawn)
    let path = TonePath(outline + [outline[0]], values: outline.map { _ in 0 } + [0])
    let bounds = path.bounds(margin: 0)
    for index in texels(from: bounds.low, to: bounds.high) where path.encloses(point(at: index)) {
      tones[index] = drawn.tones[index]
    }
  }

  /// Returns the covered share of a texel `distance` millimeters beyond an edge. It decreases
  /// linearly, which is the flattest slope for its width.
  private static func coverage(_ distance: Float, fade: Float) -> Float {
    fade * density <= 1
      ? min(max(0.5 - distance * density, 0), 1) : min(max(1 - distance / fade, 0), 1)
  }

  private mutating func lay(_ tone: Float, at index: Int, _ share: Float) {
    tones[index] *= 1 + (tone - 1) * share
  }

  /// A texel near a path.
  private struct Near {
    var index: Int
    /// The distance to the path in millimeters.
    var distance: Float
    /// The path's value at the nearest point.
    var value: Float
    /// Whether the texel is on the left of the path's direction.
    var isLeft: Bool
  }

  /// Returns the texels within `reach` millimeters of a path, piece by piece.
  private func nearest(to path: TonePath, within reach: Float) -> [Near] {
    let bounds = path.bounds(margin: reach)
    let all = texels(from: bounds.low, to: bounds.high)
    guard let origin = all.first else { return [] }
    // The rows of the rectangle of texels, which begins at the lowest row.
    let width = all.lastIndex { $0 / columns == origin / columns }.map { $0 + 1 } ?? 0
    var nearest = all.map { Near(index: $0, distance: .infinity, value: 0, isLeft: false) }
    for piece in path.pieces {
      let low = pointwiseMin(piece.start, piece.end) - reach
      let high = pointwiseMax(piece.start, piece.end) + reach
      for index in texels(from: low, to: high) {
        let near = piece.nearest(to: point(at: index))
        let row = origin / columns - index / columns
        let slot = row * width + index % columns - origin % columns
        if near.distance > reach || nearest[slot].distance <= near.distance { continue }
        nearest[slot] = Near(
          index: index, distance: near.distance, value: near.value, isLeft: near.isLeft)
      }
    }
    return nearest.filter { $0.distance <= reach }
  }

  private func texels(from low: SIMD2<Float>, to high: SIMD2<Float>) -> [Int] {
    let first = (low - self.low) * Self.density
    let last = (high - self.low) * Self.density
    func range(_ first: Float, _ last: Float, _ count: Int) -> Range<Int> {
      let start = min(max(Int(first), 0), count)
      return start..<min(max(Int(last) + 1, start), count)
    }
    let (xs, ys) = (range(first.x, last.x, columns), range(first.y, last.y, rows))
    return ys.flatMap { y in xs.map { (rows - 1 - y) * columns + $0 } }
  }

  /// Returns the center of a texel on the plane.
  private func point(at index: Int) -> SIMD2<Float> {
    let offset = SIMD2(Float(index % columns), Float(rows - 1 - index / columns))
    return low + (offset + 0.5) / Self.density
  }
}

/// A smooth curve through points, with a value at each, as short straight pieces.
struct TonePath {
  private var points: [SIMD2<Float>] = []
  private var values: [Float] = []

  /// Creates a curve through points (Catmull–Rom spline), closed if its ends meet.
  init(_ knots: [SIMD2<Float>], values: [Float], pieces: Int = 6) {
    precondition(knots.count == values.count && knots.count > 1, "TonePath: one value per point")
    let isClosed = knots[0] == knots[knots.count - 1]
    for index in 0..<knots.count - 1 {
      let (b, c) = (knots[index], knots[index + 1])
      let a = index > 0 ? knots[index - 1] : isClosed ? knots[knots.count - 2] : b
      let d = index + 2 < knots.count ? knots[index + 2] : isClosed ? knots[1] : c
      for piece in 0..<pieces {
        let t = Float(piece) / Float(pieces)
        let (first, second) = (b * 2 + (c - a) * t, (a * 2 - b * 5 + c * 4 - d) * (t * t))
        let third = ((b - c) * 3 + d - a) * (t * t * t)
        self.points.append((first + second + third) / 2)
        self.values.append(values[index] + (values[index + 1] - values[index]) * t)
      }
    }
    points.append(knots[knots.count - 1])
    self.values.append(values[values.count - 1])
  }

  /// Returns the rectangle around the curve with a margin.
  func bounds(margin: Float) -> (low: SIMD2<Float>, high: SIMD2<Float>) {
    let low = points.reduce(points[0], pointwiseMin) - margin
    return (low, points.reduce(points[0], pointwiseMax) + margin)
  }

  /// A straight piece of the curve.
  struct Piece {
    var start: SIMD2<Float>
    var end: SIMD2<Float>
    /// The values at start and end.
    var values: (Float, Float)

    /// Returns the distance of the piece from a point, the value there, and whether the point is on
    /// the left of its direction.
    func nearest(to point: SIMD2<Float>) -> (distance: Float, value: Float, isLeft: Bool) {
      let run = end - start
      let offset = point - start
      let length = (run * run).sum()
      let share = length > 0 ? min(max((offset * run).sum() / length, 0), 1) : 0
      let away = offset - run * share
      return (
        (away * away).sum().squareRoot(), values.0 + (values.1 - values.0) * share,
        run.x * offset.y - run.y * offset.x > 0
      )
    }
  }

  /// The straight pieces in order.
  var pieces: [Piece] {
    (0..<points.count - 1).map {
      Piece(start: points[$0], end: points[$0 + 1], values: (values[$0], values[$0 + 1]))
    }
  }

  /// Returns whether a closed curve encloses a point (by counting the crossings of a ray).
  func encloses(_ point: SIMD2<Float>) -> Bool {
    var isInside = false
    for index in 0..<points.count - 1 {
      let (a, b) = (points[index], points[index + 1])
      guard (a.y > point.y) != (b.y > point.y) else { continue }
      let x = a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
      if point.x < x { isInside.toggle() }
    }
    return isInside
  }
}
