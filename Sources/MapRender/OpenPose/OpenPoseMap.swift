#if canImport(Glibc)
  internal import Glibc
#endif

/// The OpenPose map: the pixels of ComfyUI's RenderPeopleKps.
public enum OpenPoseMap {
  /// Half the width of a limb, and the radius of a body or hand point, in pixels.
  static let stickWidth = 4
  static let faceRadius = 3
  static let handThickness = 2

  /// People drawn one over the other, each body, left hand, right hand, face.
  public static func draw(
    _ people: [OpenPosePerson], width: Int, height: Int, parts: OpenPoseParts = .all
  ) -> Image<RGB8> {
    var canvas = Image(width: width, height: height, filling: RGB8.black)
    for person in people {
      if parts.contains(.body) { drawBody(person.body, on: &canvas) }
      if parts.contains(.hands) {
        if let hand = person.leftHand { drawHand(hand, on: &canvas) }
        if let hand = person.rightHand { drawHand(hand, on: &canvas) }
      }
      if parts.contains(.face), let face = person.face { drawFace(face, on: &canvas) }
    }
    return canvas
  }

  private static func drawBody(_ points: [SIMD2<Double>?], on canvas: inout Image<RGB8>) {
    for (index, limb) in OpenPosePalette.limbs.enumerated() {
      guard let a = points[limb.0], let b = points[limb.1] else { continue }
      let middle = truncated((a + b) / 2)
      let along = a - b
      let half = Int((along * along).sum().squareRoot() / 2)
      let angle = Int(atan2(along.y, along.x) * 180 / .pi)
      let ellipse = EllipsePolygon.corners(
        centre: middle, halfAxes: RasterPoint(half, stickWidth), angle: angle)
      canvas.fillConvexPolygon(ellipse, OpenPosePalette.limb(index))
    }
    for (point, colour) in zip(points, OpenPosePalette.body) {
      guard let point else { continue }
      canvas.fillDisc(truncated(point), radius: stickWidth, colour)
    }
  }

  private static func drawHand(_ points: [SIMD2<Double>?], on canvas: inout Image<RGB8>) {
    for (index, edge) in OpenPosePalette.handEdges.enumerated() {
      guard let a = positive(points[edge.0]), let b = positive(points[edge.1]) else { continue }
      canvas.drawThickLine(a, b, thickness: handThickness, OpenPosePalette.hand[index])
    }
    for case let point? in points.map(positive) {
      canvas.fillDisc(point, radius: stickWidth, OpenPosePalette.handPoint)
    }
  }

  private static func drawFace(_ points: [SIMD2<Double>?], on canvas: inout Image<RGB8>) {
    for case let point? in points.map(positive) {
      canvas.fillDisc(point, radius: faceRadius, .white)
    }
  }

  /// Hand and face points in the first row or column, or beyond, count as missing for the annotators.
  private static func positive(_ point: SIMD2<Double>?) -> RasterPoint? {
    guard let point else { return nil }
    let pixel = truncated(point)
    return pixel.x >= 1 && pixel.y >= 1 ? pixel : nil
  }

  /// Python's `int()`: towards zero.
  private static func truncated(_ point: SIMD2<Double>) -> RasterPoint {
    RasterPoint(Int(point.x), Int(point.y))
  }
}
