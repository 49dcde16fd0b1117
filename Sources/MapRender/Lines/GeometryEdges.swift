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

  /// The nearer pixel of every two between which a surface ends, thinned to lines.
  private static func contours(_ buffer: GBuffer, _ tangents: SIMD2<Double>) -> Image<UInt8> {
    let breaks = SurfaceBreaks(buffer, tangents: tangents)
    var marks = Image<UInt8>(width: buffer.width, height: buffer.height, filling: 0)
    for y in buffer.bounds.rows {
      for x in buffer.bounds.columns {
        let here = SIMD2(x, y)
        if isAtRim(here, buffer) { marks[x, y] = 255 }
        for there in [SIMD2(x + 1, y), SIMD2(x, y + 1)] {
          guard let nearer = nearer(here, there, buffer, breaks) else { continue }
          marks[nearer.x, nearer.y] = 255
        }
      }
    }
    marks.thinLines()
    return marks
  }

  /// Whether the pixel is covered and one of its four neighbours in the picture is not.
  private static func isAtRim(_ place: SIMD2<Int>, _ buffer: GBuffer) -> Bool {
    guard covered(place, buffer) != nil else { return false }
    return [SIMD2(1, 0), SIMD2(0, 1), SIMD2(-1, 0), SIMD2(0, -1)].contains { step in
      let next = place &+ step
      return (0..<buffer.width).contains(next.x) && (0..<buffer.height).contains(next.y)
        && covered(next, buffer) == nil
    }
  }

  /// Which of two neighbours is before the other, if they show two surfaces.
  private static func nearer(
    _ here: SIMD2<Int>, _ there: SIMD2<Int>, _ buffer: GBuffer, _ breaks: SurfaceBreaks
  ) -> SIMD2<Int>? {
    guard let one = covered(here, buffer), let other = covered(there, buffer) else { return nil }
    let gap = buffer.depth[other] - buffer.depth[one]
    let isBroken =
      abs(gap) > breaks.slack(at: min(buffer.depth[one], buffer.depth[other]))
      && abs(
        breaks.separation(
          one, SIMD2<Int32>(truncatingIfNeeded: here), other,
          SIMD2<Int32>(truncatingIfNeeded: there))) > 1
    guard isBroken || breaks.areForeign(one, other) else { return nil }
    return gap < 0 ? there : here
  }

  private static func covered(_ place: SIMD2<Int>, _ buffer: GBuffer) -> Int? {
    buffer.bounds.index(x: place.x, y: place.y).flatMap { buffer.covers($0) ? $0 : nil }
  }

  private static func folds(_ buffer: GBuffer, sharpness: Double) -> Image<UInt8> {
    var detector = CannyDetector()
    detector.low *= sharpness
    detector.high *= sharpness
    return CannyMap.detect(NormalMap.draw(buffer), detector).image
  }
}
