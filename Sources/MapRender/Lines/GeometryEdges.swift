internal import PoseRig

/// Where the geometry of a picture breaks off or folds, whatever the light.
///
/// A contour runs where, next to a pixel, something lies farther away than its own surface would, or a part begins that
/// does not belong there. The nearer pixel of two carries the mark, so that a contour runs along the inside
/// of the silhouette; then it is thinned to one pixel. Folds are the Canny edges of the directions that surfaces face.
struct GeometryEdges {
  /// How strong a line is: contours 255, folds less, 0 where there is none.
  private(set) var strength: Image<UInt8>

  private static let foldStrength: UInt8 = 150

  init(of buffer: GBuffer, tangents: SIMD2<Double>) {
    let contours = Self.contours(buffer, tangents)
    // A fold is as wide as it is: seen larger, each of its pixels turns less.
    let scale = Double(max(buffer.width, buffer.height)) / 1024
    let folds = Self.folds(buffer, sharpness: min(max(1 / scale, 0.25), 2))
    let beside = contours.grown(by: Int((2.5 * max(scale, 1)).rounded()))
    strength = contours
    for index in folds.pixels.indices where folds.pixels[index] > 0 && beside.pixels[index] == 0 {
      strength.pixels[index] = Self.foldStrength
    }
    strength.removeSpecks(smallerThan: Int(6 * max(scale, 1)))
  }

  private static func contours(_ buffer: GBuffer, _ tangents: SIMD2<Double>) -> Image<UInt8> {
    let detector = Discontinuities(buffer, tangents: tangents)
    var marks = Image<UInt8>(width: buffer.width, height: buffer.height, filling: 0)
    for y in buffer.bounds.rows {
      for x in buffer.bounds.columns where detector.isContour(x: x, y: y) { marks[x, y] = 255 }
    }
    marks.thinLines()
    return marks
  }

  private static func folds(_ buffer: GBuffer, sharpness: Double) -> Image<UInt8> {
    var detector = CannyDetector()
    detector.low *= sharpness
    detector.high *= sharpness
    return CannyMap.detect(NormalMap.draw(buffer), detector).image
  }
}

/// Compares each pixel of a G-buffer with its neighbours.
private struct Discontinuities {
  private let buffer: GBuffer
  /// Half the width and height of the picture at distance 1.
  private let tangents: SIMD2<Float>

  init(_ buffer: GBuffer, tangents: SIMD2<Double>) {
    self.buffer = buffer
    self.tangents = SIMD2<Float>(tangents)
  }

  /// Whether a pixel shows something that ends at one of its four sides.
  func isContour(x: Int, y: Int) -> Bool {
    guard let here = buffer.bounds.index(x: x, y: y), buffer.covers(here) else { return false }
    for (dx, dy) in [(1, 0), (0, 1), (-1, 0), (0, -1)] {
      let (nx, ny) = (x + dx, y + dy)
      guard nx >= 0, ny >= 0, nx < buffer.width, ny < buffer.height else { continue }
      guard let there = buffer.bounds.index(x: nx, y: ny), buffer.covers(there) else {
        return true
      }
      switch jump(from: here, (x, y), to: there, (nx, ny)) {
      case .behind: return true
      case .before: continue
      case .none: if dx + dy > 0, isForeign(here, there) { return true }
      }
    }
    return false
  }

  private enum Jump { case none, behind, before }

  /// Whether the neighbour lies on another sheet of surface than this pixel's own, and on which side.
  private func jump(
    from here: Int, _ place: (Int, Int), to there: Int, _ other: (Int, Int)
  ) -> Jump {
    let (depth, next) = (buffer.depth[here], buffer.depth[there])
    let pixel = depth * tangents.y * 2 / Float(buffer.height)
    let slack = max(0.006, 3 * pixel)
    if abs(next - depth) <= slack { return .none }
    // Where this pixel's own plane would be at the neighbour, and the neighbour's here.
    let ahead = plane(depth, buffer.normal(here), ray(place), ray(other)) - next
    let back = plane(next, buffer.normal(there), ray(other), ray(place)) - depth
    guard abs(ahead) > slack, abs(back) > slack else { return .none }
    return next > depth ? .behind : .before
  }

  private func plane(
    _ depth: Float, _ normal: SIMD3<Float>, _ ray: SIMD3<Float>, _ other: SIMD3<Float>
  ) -> Float {
    let towards = (normal * ray).sum()
    let across = (normal * other).sum()
    // Seen on edge, a plane reaches anywhere within one pixel.
    guard towards < -0.02, across < -0.02 else { return depth }
    return depth * towards / across
  }

  /// The direction of a pixel, at distance 1.
  private func ray(_ place: (Int, Int)) -> SIMD3<Float> {
    SIMD3(
      ((Float(place.0) + 0.5) / Float(buffer.width) * 2 - 1) * tangents.x,
      (1 - (Float(place.1) + 0.5) / Float(buffer.height) * 2) * tangents.y, -1)
  }

  /// Whether two neighbours are different things, or parts of a body that do not join.
  private func isForeign(_ here: Int, _ there: Int) -> Bool {
    let (one, other) = (buffer.label(here), buffer.label(there))
    guard let a = one?.part, let b = other?.part else { return one != other }
    return a != b && !BodyPart.join(a, b)
  }
}
