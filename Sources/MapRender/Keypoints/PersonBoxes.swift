internal import PoseRig

/// The boxes of a person's face, head, hands and body in the picture, as detectors report them.
///
/// They are for tools that work on one part alone: a detailer that draws a face again, or a check
/// that the face was generated at all.
public struct PersonBoxes: Equatable, Sendable {
  /// The face from the hairline to the chin; nil if it is turned away or not in the picture.
  public var face: PixelBounds?
  /// All pixels of the head, including hair; nil if no pixel is visible.
  public var head: PixelBounds?
  /// The subject's left hand with its fingers; nil if the OpenPose map does not show it.
  public var leftHand: PixelBounds?
  /// The subject's right hand.
  public var rightHand: PixelBounds?
  /// All pixels of the person, including clothes but not held objects; nil if no pixel is visible.
  public var body: PixelBounds?

  /// The distance by which a hand extends beyond its outermost keypoints on each side, as a share
  /// of the longer side of the points' box: joints are inside the fingers, and the hand extends
  /// beyond the wrist.
  static let handMargin = 0.08

  /// Returns the boxes of one person.
  /// - Parameters:
  ///   - keypoints: all of the person's keypoints.
  ///   - drawn: the keypoints that the OpenPose map shows.
  ///   - buffer: the visible pixels of the person, and of no other.
  public static func boxes(
    of keypoints: PersonKeypoints, drawn: OpenPosePerson, in buffer: GBuffer
  ) -> PersonBoxes {
    let head = pixels(of: buffer) { $0.underlyingPart == .head }
    return PersonBoxes(
      face: face(keypoints.face, drawn.face ?? [], head, buffer), head: head,
      leftHand: hand(drawn.leftHand).flatMap { $0.pixels(buffer) },
      rightHand: hand(drawn.rightHand).flatMap { $0.pixels(buffer) },
      body: pixels(of: buffer) { $0.kind != nil && $0.kind != .held })
  }

  /// Returns the smallest rectangle that contains all pixels with the wanted labels.
  private static func pixels(
    of buffer: GBuffer, isWanted: (SurfaceLabel) -> Bool
  ) -> PixelBounds? {
    let (left, length) = (buffer.bounds.columns.lowerBound, buffer.bounds.columns.count)
    let shading = buffer.shading.span
    let isShown = (0...255).map { number in
      number > 0 && isWanted(SurfaceLabel(number: UInt8(number - 1)))
    }
    var bounds: PixelBounds?
    for (number, row) in buffer.bounds.rows.enumerated() {
      let locations = number * length..<(number + 1) * length
      guard let first = locations.first(where: { isShown[Int(shading[$0].w)] }),
        let last = locations.last(where: { isShown[Int(shading[$0].w)] })
      else { continue }
      let columns = left + first - locations.lowerBound..<left + last - locations.lowerBound + 1
      let own = PixelBounds(columns: columns, rows: row..<row + 1)
      bounds = bounds?.union(own) ?? own
    }
    return bounds
  }

  private static func hand(_ points: [SIMD2<Double>?]?) -> Extent? {
    guard var extent = Extent(points ?? []) else { return nil }
    extent.grow(by: handMargin * max(extent.size.x, extent.size.y))
    return extent
  }

  /// Returns the box of the face from the jaw up to the hairline.
  ///
  /// A face has three equal thirds: hairline to brow, brow to base of the nose, base of the nose to
  /// chin (Leonardo; Farkas and Munro, *Anthropometric Facial Proportions in Medicine*, 1987).
  /// Keypoints cover the lower two. The upper one is as long as half of both, along the face's own
  /// axis in the picture.
  private static func face(
    _ keypoints: [Keypoint], _ drawn: [SIMD2<Double>?], _ head: PixelBounds?, _ buffer: GBuffer
  ) -> PixelBounds? {
    guard let face = Extent(drawn)?.pixels(buffer) else { return nil }
    let (points, chin) = (keypoints[brows], keypoints[chin])
    // The points must be in front of the camera, but not necessarily in the picture, so that the
    // axis is right for a face that is half outside.
    guard chin.depth > 0, points.allSatisfy({ $0.depth > 0 }) else { return face }
    let middle = points.reduce(.zero) { $0 + $1.position } / Double(points.count)
    let upward = (middle - chin.position) / 2
    let hairline = drawn.indices.filter(brows.contains).map { drawn[$0].map { $0 + upward } }
    guard let forehead = Extent(hairline)?.pixels(buffer) else { return face }
    // From the side, a forehead slopes: whatever extends beyond the head is not forehead.
    return face.union(head.flatMap(forehead.intersection) ?? .none)
  }

  /// The points of both brows in the 300-W layout.
  private static let brows = 17..<27
  /// The point of the chin in the 300-W layout.
  private static let chin = 8
}

/// A rectangle with fractional pixel coordinates.
private struct Extent {
  var low: SIMD2<Double>
  var high: SIMD2<Double>

  var size: SIMD2<Double> { high - low }

  /// Creates the smallest rectangle that contains all existing points; nil if there are no points.
  init?(_ points: [SIMD2<Double>?]) {
    let points = points.compactMap { $0 }
    guard let first = points.first else { return nil }
    (low, high) = (first, first)
    for point in points {
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
  }

  mutating func grow(by margin: Double) {
    low -= margin
    high += margin
  }

  /// Returns all pixels of the picture that the rectangle touches; nil if it lies outside.
  func pixels(_ buffer: GBuffer) -> PixelBounds? {
    func range(_ low: Double, _ high: Double, _ side: Int) -> Range<Int>? {
      let start = max(0, low.rounded(.down))
      let end = min(Double(side), max(high.rounded(.up), low.rounded(.down) + 1))
      return start < end ? Int(start)..<Int(end) : nil
    }
    guard let columns = range(low.x, high.x, buffer.width),
      let rows = range(low.y, high.y, buffer.height)
    else { return nil }
    return PixelBounds(columns: columns, rows: rows)
  }
}
