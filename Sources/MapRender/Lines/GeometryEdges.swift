internal import PoseRig

/// Where the geometry of a picture breaks off or folds, whatever the light.
///
/// A contour runs where, next to a pixel, something lies farther away than its own surface would,
/// or a part begins that does not belong there. The nearer pixel of two carries the mark, so that a
/// contour runs along the inside of the silhouette; then it is thinned to one pixel. Folds are the
/// Canny edges of the directions that surfaces face.
struct GeometryEdges {
  /// How strong a line is: contours 255, folds less, 0 where no line runs.
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
    var marks = ContourWalk(buffer, tangents).marks
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
