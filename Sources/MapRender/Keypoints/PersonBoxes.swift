internal import PoseRig

/// Where a person's face, head, hands and body are in the picture, as detectors box them.
///
/// For whoever works on one of them alone: a detailer that draws a face again, a check whether it
/// came out at all.
public struct PersonBoxes: Equatable, Sendable {
  /// From the hairline to the chin; nil if it is turned away or not in the picture.
  public var face: PixelBounds?
  /// All pixels of the head, hair included; nil if nothing of it is seen.
  public var head: PixelBounds?
  /// The subject's left hand with its fingers; nil if the OpenPose map does not show it.
  public var leftHand: PixelBounds?
  /// The subject's right hand.
  public var rightHand: PixelBounds?
  /// All pixels of the person, clothes included, but not held things; nil if no pixel is seen.
  public var body: PixelBounds?

  /// How much farther than its outermost keypoints a hand reaches on each side, as a share of the
  /// longer side of the points' box: joints are inside fingers, and the wrist is not where the hand
  /// ends.
  static let handMargin = 0.08

  /// The boxes of one person.
  /// - Parameters:
  ///   - keypoints: all of the person's.
  ///   - drawn: those of them that the OpenPose map shows.
  ///   - buffer: what is seen of the person, and of no other.
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

  /// The smallest rectangle with all pixels of the labels that are wanted.
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
  /// Of a face's three thirds, hairline to brow, brow to the nose's base, nose's base to chin
  /// (Leonardo's; Farkas and Munro, *Anthropometric Facial Proportions in Medicine*, 1987),
  /// keypoints have the lower two. The upper one is as long as half of both, along the face's own
  /// axis as the picture has it.
  private static func face(
    _ keypoints: [Keypoint], _ drawn: [SIMD2<Double>?], _ head: PixelBounds?, _ buffer: GBuffer
  ) -> PixelBounds? {
    guard let face = Extent(drawn)?.pixels(buffer) else { return nil }
    let (points, chin) = (keypoints[brows], keypoints[chin])
    // Before the camera, whether or not in the picture: the axis is also that of a face that is
    // half outside.
    guard chin.depth > 0, points.allSatisfy({ $0.depth > 0 }) else { return face }
    let middle = points.reduce(.zero) { $0 + $1.position } / Double(points.count)
    let upward = (middle - chin.position) / 2
    let hairline = drawn.indices.filter(brows.contains).map { drawn[$0].map { $0 + upward } }
    guard let forehead = Extent(hairline)?.pixels(buffer) else { return face }
    // From the side a forehead slopes: what goes beyond the head is none.
    return face.union(head.flatMap(forehead.intersection) ?? .none)
  }

  /// 300-W's points of both brows.
  private static let brows = 17..<27
  /// 300-W's point of the chin.
  private static let chin = 8
}

/// A rectangle in parts of pixels.
private struct Extent {
  var low: SIMD2<Double>
  var high: SIMD2<Double>

  var size: SIMD2<Double> { high - low }

  /// The smallest that holds all points there are; nil for no points.
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

  /// Returns all pixels of the picture that it touches; nil if it lies outside.
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
