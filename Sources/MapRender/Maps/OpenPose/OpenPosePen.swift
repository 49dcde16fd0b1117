internal import Glibc

/// Draws the parts of a person onto a canvas in one style.
struct OpenPosePen {
  var canvas: Image<RGB8>
  let style: OpenPoseStyle

  /// Draws one person's limbs, dimmed, and points.
  mutating func drawBody(_ person: OpenPosePerson) {
    let points = bodyPoints(person)
    for (limb, color) in zip(limbs, colors) {
      drawLimb(limb, of: points, color: OpenPoseTables.dimmed(color))
    }
    for (point, color) in zip(points, colors) { drawPoint(point, color) }
  }

  /// Draws all people's limbs, limb by limb and dimmed with the whole canvas, then all people's
  /// points.
  mutating func drawBodies(_ people: [OpenPosePerson]) {
    let points = people.map(bodyPoints)
    for (limb, color) in zip(limbs, colors) {
      for person in points { drawLimb(limb, of: person, color: color) }
    }
    canvas = canvas.map(OpenPoseTables.dimmed)
    for (index, color) in colors.enumerated() {
      for person in points { drawPoint(person[index], color) }
    }
  }

  /// Draws the left hand, then the right.
  mutating func drawHands(_ person: OpenPosePerson) {
    drawHand(person.leftHand ?? [])
    drawHand(person.rightHand ?? [])
  }

  mutating func drawHand(_ points: [SIMD2<Double>?]) {
    canvas.drawHand(
      OpenPosePerson.drawable(points, count: 21).map(Self.pixelInside),
      colors: OpenPoseTables.handColors, lineWidth: style.handLineWidth,
      discRadius: style.handPointRadius)
  }

  mutating func drawFace(_ points: [SIMD2<Double>?]) {
    canvas.fillDiscs(
      OpenPosePerson.drawable(points, count: 70).map(Self.pixelInside),
      radius: style.facePointRadius, with: OpenPoseTables.facePointColor)
  }

  private var limbs: [(Int, Int)] {
    style.toes ? OpenPoseTables.limbs + OpenPoseTables.toeLimbs : OpenPoseTables.limbs
  }

  private var colors: [RGB8] {
    style.toes ? OpenPoseTables.bodyColors + OpenPoseTables.toeColors : OpenPoseTables.bodyColors
  }

  private func bodyPoints(_ person: OpenPosePerson) -> [SIMD2<Double>?] {
    let body = OpenPosePerson.drawable(person.body, count: OpenPoseTables.bodyColors.count)
    return style.toes ? body + OpenPosePerson.drawable(person.toes, count: 2) : body
  }

  private mutating func drawPoint(_ point: SIMD2<Double>?, _ color: RGB8) {
    guard let point else { return }
    canvas.fillDisc(center: Self.pixel(point), radius: style.bodyPointRadius, with: color)
  }

  /// Draws a limb as a filled ellipse between its ends, rotated in whole degrees.
  private mutating func drawLimb(
    _ limb: (Int, Int), of points: [SIMD2<Double>?], color: RGB8
  ) {
    guard let start = points[limb.0], let end = points[limb.1] else { return }
    let run = start - end
    let length = (run.x * run.x + run.y * run.y).squareRoot()
    let degrees = atan2(run.y, run.x) * (180 / .pi)
    let corners = EllipsePolygon.corners(
      center: Self.pixel((start + end) / 2),
      halfAxes: SIMD2(Int(length / 2), style.stickWidth),
      degrees: Int(degrees))
    canvas.fillConvexPolygon(corners, with: color)
  }

  /// Returns the pixel of a point, truncated toward zero like Python's `int`.
  private static func pixel(_ point: SIMD2<Double>) -> SIMD2<Int> {
    SIMD2(Int(point.x), Int(point.y))
  }

  /// Returns the pixel of a hand or face point. Like the annotators, it treats a point in or before
  /// the first row or column as missing.
  private static func pixelInside(_ point: SIMD2<Double>?) -> SIMD2<Int>? {
    guard let point else { return nil }
    let pixel = pixel(point)
    return pixel.x >= 1 && pixel.y >= 1 ? pixel : nil
  }
}
