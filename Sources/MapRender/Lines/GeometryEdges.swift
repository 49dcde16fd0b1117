internal import PoseRig

/// The lines where the geometry of a picture breaks off or folds, independent of the light.
///
/// A contour runs where the pixel next to another shows something farther away than the other's
/// surface would be, or a part that does not belong there. The nearer of the two pixels is marked,
/// so that a contour runs along the inside of the silhouette; it is then thinned to one pixel.
/// Folds are the Canny edges of the surface directions.
struct GeometryEdges {
  /// The strength of the lines: 255 on contours, less on folds, 0 elsewhere.
  private(set) var strength: Image<UInt8>

  private static let foldStrength: UInt8 = 150

  init(of buffer: GBuffer, tangents: SIMD2<Double>) {
    var contours = Self.contours(buffer, tangents)
    let tones = Self.tones(buffer)
    let own = contours.grown(by: 3)
    for index in tones.pixels.indices where tones.pixels[index] > 0 && own.pixels[index] == 0 {
      contours.pixels[index] = 255
    }
    // A fold has a fixed width: the larger it appears, the less the direction changes per pixel.
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

  /// Returns the nearer pixel of every pair between which a surface ends, thinned to lines.
  private static func contours(_ buffer: GBuffer, _ tangents: SIMD2<Double>) -> Image<UInt8> {
    var marks = ContourWalk(buffer, tangents).marks
    marks.thinLines()
    return marks
  }

  /// Returns the edges of the skin's tones: brows, lids, irises, lips.
  private static func tones(_ buffer: GBuffer) -> Image<UInt8> {
    let tones = buffer.picture(RGB8(gray: 160)) { index in
      let pixel = buffer.shading[index]
      guard pixel.w != 0, pixel.w <= SurfaceLabel.firstThing else { return RGB8(gray: 160) }
      let light = StudioLight.green(on: buffer.normals[index].direction)
      // Dark enough that light and rounding create no edges, but the step of a line does.
      return RGB8(gray: UInt8(min(max(160 * Float(pixel.y) / light, 0), 255)))
    }
    return CannyMap.detect(tones, CannyDetector()).image
  }

  /// Returns whether bare skin of the pelvis is at a pixel of the picture or at most `reach` pixels
  /// beside it: no folds are drawn there.
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
