internal import MapRender

/// Two states of a picture in one: red is only before, cyan only after, and gray is in both.
enum OnionSkin {
  /// Returns the overlay of both pictures.
  ///
  /// - Precondition: both have the same size.
  static func draw(_ before: Image<RGB8>, _ after: Image<RGB8>) -> Image<RGB8> {
    precondition(
      before.width == after.width && before.height == after.height, "OnionSkin: sizes differ")
    var picture = after
    // On a light background a figure is darker than the ground, so each one's shadow removes the
    // other's color.
    let isLight = after.pixels.first.map { $0.luma > 127 } ?? false
    for index in picture.pixels.indices {
      let (old, new) = (before.pixels[index], after.pixels[index])
      if isLight {
        let (red, cyan) = (ink(new), ink(old))
        picture.pixels[index] = RGB8(red, cyan, cyan)
      } else {
        picture.pixels[index] = RGB8(old.brightest, new.brightest, new.brightest)
      }
    }
    return picture
  }

  /// Returns the level of a pixel on light ground, with more contrast.
  private static func ink(_ pixel: RGB8) -> UInt8 { level(255 - (255 - pixel.luma) * 1.8) }

  private static func level(_ value: Float) -> UInt8 { UInt8(min(255, max(0, value.rounded()))) }
}

/// An arrow from a point's old position to its new one.
struct MotionArrow: Sendable {
  /// Both ends, as shares of the picture's width and height.
  var start: SIMD2<Float>
  var end: SIMD2<Float>

  private static let color = RGB8(255, 214, 64)
  private static let shadow = RGB8(20, 20, 20)

  /// Draws the arrow, or a ring around the point if the distance is short.
  func draw(on image: inout Image<RGB8>) {
    let size = SIMD2(Float(image.width), Float(image.height))
    let (from, to) = (start * size, end * size)
    let way = to - from
    let length = (way * way).sum().squareRoot()
    let head = min(9, max(4, Float(image.height) * 0.022))
    var lines = [[from, to]]
    if length > head {
      let along = way / length
      let aside = SIMD2(-along.y, along.x)
      lines.append([
        to - along * head + aside * head * 0.55, to, to - along * head - aside * head * 0.55,
      ])
    } else {
      lines = [Self.ring(around: to, radius: head)]
    }
    Stroke(lines: lines, width: 4.5).draw(Self.shadow, on: &image)
    Stroke(lines: lines, width: 2).draw(Self.color, on: &image)
  }

  private static func ring(around center: SIMD2<Float>, radius: Float) -> [SIMD2<Float>] {
    let corners: [SIMD2<Float>] = [
      [1, 0], [0.924, 0.383], [0.707, 0.707], [0.383, 0.924], [0, 1], [-0.383, 0.924],
      [-0.707, 0.707], [-0.924, 0.383], [-1, 0], [-0.924, -0.383], [-0.707, -0.707],
      [-0.383, -0.924], [0, -1], [0.383, -0.924], [0.707, -0.707], [0.924, -0.383], [1, 0],
    ]
    return corners.map { center + $0 * radius }
  }
}
