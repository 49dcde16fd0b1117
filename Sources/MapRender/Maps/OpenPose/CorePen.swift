internal import Glibc
internal import PoseRig

/// Draws people like ComfyUI's own SDPoseDrawKeypoints node with OpenCV installed.
///
/// Source: `comfy_extras/pose/keypoint_draw.py` and `comfy_extras/nodes_sdpose.py` of ComfyUI.
/// Limbs are as bright as points, the right hand is below the left one, the face has 68 points, and
/// feet are dots. Points outside the picture are left out, but limbs extend toward them.
/// Coordinates and their differences have single precision, as in the node under NumPy 2.
struct CorePen {
  var canvas: Image<RGB8>

  private static let stickWidth = 4
  private static let discRadius = 4
  private static let facePointRadius = 3
  private static let handLineWidth = 2

  /// Draws one person's body, feet, right hand, left hand and face, in this order.
  mutating func draw(_ person: OpenPosePerson, parts: Set<OpenPosePart>) {
    if parts.contains(.body) { drawBody(Self.points(person.body, count: 18)) }
    if parts.contains(.feet) {
      drawDots(Self.points(person.feet, count: 6), colors: OpenPoseTables.bodyColors)
    }
    if parts.contains(.hands) {
      drawHand(Self.points(person.rightHand ?? [], count: 21))
      drawHand(Self.points(person.leftHand ?? [], count: 21))
    }
    if parts.contains(.face) {
      canvas.fillDiscs(
        Self.points(person.face ?? [], count: 68).map(pixelPastTheEdge),
        radius: Self.facePointRadius, with: OpenPoseTables.facePointColor)
    }
  }

  private mutating func drawBody(_ points: [SIMD2<Float>?]) {
    for (limb, color) in zip(OpenPoseTables.limbs, OpenPoseTables.bodyColors) {
      guard let start = points[limb.0], let end = points[limb.1] else { continue }
      let run = start - end
      let length = Double((run * run).sum()).squareRoot()
      guard length >= 1 else { continue }
      let middle = (start + end) / 2
      let degrees = atan2(Double(run.y), Double(run.x)) * (180 / .pi)
      let corners = EllipsePolygon.corners(
        center: SIMD2(Int(middle.x), Int(middle.y)),
        halfAxes: SIMD2(Int(length / 2), Self.stickWidth), degrees: Int(degrees))
      canvas.fillConvexPolygon(corners, with: color)
    }
    drawDots(points, colors: OpenPoseTables.bodyColors)
  }

  private mutating func drawDots(_ points: [SIMD2<Float>?], colors: [RGB8]) {
    for (point, color) in zip(points, colors) {
      guard let pixel = pixel(point) else { continue }
      canvas.fillDisc(center: pixel, radius: Self.discRadius, with: color)
    }
  }

  private mutating func drawHand(_ points: [SIMD2<Float>?]) {
    canvas.drawHand(
      points.map(pixelPastTheEdge), colors: OpenPoseTables.coreHandColors,
      lineWidth: Self.handLineWidth, discRadius: Self.discRadius)
  }

  /// Returns exactly `count` points in single precision.
  private static func points(_ points: [SIMD2<Double>?], count: Int) -> [SIMD2<Float>?] {
    OpenPosePerson.drawable(points, count: count).map { $0.map { SIMD2<Float>($0) } }
  }

  /// Returns the pixel of a point, truncated toward zero like Python's `int`; nil outside the
  /// picture.
  private func pixel(_ point: SIMD2<Float>?) -> SIMD2<Int>? {
    guard let point else { return nil }
    let pixel = SIMD2(Int(point.x), Int(point.y))
    return canvas.contains(x: pixel.x, y: pixel.y) ? pixel : nil
  }

  /// Returns the pixel of a hand or face point; points in the first row or column count as missing.
  private func pixelPastTheEdge(_ point: SIMD2<Float>?) -> SIMD2<Int>? {
    guard let pixel = pixel(point), pixel.x >= 1, pixel.y >= 1 else { return nil }
    return pixel
  }
}
