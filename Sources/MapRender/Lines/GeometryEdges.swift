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
    var contours = Self.contours(buffer, tangents)
    let tones = Self.tones(buffer)
    let own = contours.grown(by: 3)
    for index in tones.pixels.indices where tones.pixels[index] > 0 && own.pixels[index] == 0 {
      contours.pixels[index] = 255
    }
    // A fold is as wide as it is: seen larger, each of its pixels turns less.
    let scale = Double(max(buffer.width, buffer.height)) / 1024
    let folds = Self.folds(buffer, sharpness: min(max(1 / scale, 0.25), 2))
    let beside = contours.grown(by: Int((2.5 * max(scale, 1)).rounded()))
    let reach = Int((3 * max(scale, 1)).rounded())
    strength = contours
    for index in folds.pixels.indices
    where folds.pixels[index] > 0 && beside.pixels[index] == 0
      && !Self.isGroin(index, buffer, within: reach)
    {
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

  /// The edges of the skin's tones: brows, lids, irises, lips.
  private static func tones(_ buffer: GBuffer) -> Image<UInt8> {
    let tones = buffer.picture(RGB8(gray: 160)) { index in
      let pixel = buffer.shading[index]
      guard pixel.w != 0, pixel.w <= SurfaceLabel.firstThing else { return RGB8(gray: 160) }
      let light = StudioLight.green(on: buffer.normals[index].direction)
      // So dark that light and rounding make no edges, and a line's step does.
      return RGB8(gray: UInt8(min(max(160 * Float(pixel.y) / light, 0), 255)))
    }
    return CannyMap.detect(tones, CannyDetector()).image
  }

  /// Whether bare skin of the pelvis is at a pixel of the picture or so many pixels beside it: no
  /// folds are drawn there.
  private static func isGroin(_ index: Int, _ buffer: GBuffer, within reach: Int) -> Bool {
    let (x, y) = (index % buffer.width, index / buffer.width)
    return [(0, 0), (-reach, 0), (reach, 0), (0, -reach), (0, reach)].contains { across, down in
      buffer.bounds.index(x: x + across, y: y + down).map { buffer.label($0)?.part } == .pelvis
    }
  }

  private static func folds(_ buffer: GBuffer, sharpness: Double) -> Image<UInt8> {
    var detector = CannyDetector()
    detector.low *= sharpness
    detector.high *= sharpness
    return CannyMap.detect(NormalMap.draw(buffer), detector).image
  }
}
