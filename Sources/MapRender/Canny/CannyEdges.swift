internal import PoseRig

extension CannyMap {
  /// Returns the edges of a picture: 255 on an edge, 0 elsewhere. Thresholds are swapped if low >
  /// high.
  public static func detect(
    _ picture: Inset<RGB8>, _ detector: CannyDetector = CannyDetector()
  ) -> Inset<UInt8> {
    // Farther away than the kernel's reach plus one neighbor, the surroundings of the rectangle are
    // as flat as the rest.
    let near = picture.grown(by: detector.aperture / 2 + 1)
    let image = Image(
      width: near.bounds.columns.count, height: near.bounds.rows.count, pixels: near.pixels)
    return Inset(
      width: near.width, height: near.height, background: 0, bounds: near.bounds,
      pixels: detect(image, detector).pixels)
  }

  /// Returns the edges of a picture in which any pixel may differ from its neighbors.
  public static func detect(
    _ image: Image<RGB8>, _ detector: CannyDetector = CannyDetector()
  ) -> Image<UInt8> {
    let picture = detector.gray ? image.map { RGB8(gray: luma($0)) } : image
    let norm = detector.norm
    let field = GradientField(of: picture, aperture: detector.aperture, norm: norm)
    let thresholds = [detector.low, detector.high].map {
      threshold($0, aperture: detector.aperture, norm: norm)
    }
    var ridges = RidgeMarks(
      of: field, low: min(thresholds[0], thresholds[1]), high: max(thresholds[0], thresholds[1]))
    ridges.connect()
    return ridges.edges
  }

  /// Returns OpenCV's gray: Rec. 601 in 1/32768, halves rounded up.
  private static func luma(_ pixel: RGB8) -> UInt8 {
    let weights = SIMD3(9798, 19235, 3735)
    let sum = (SIMD3(Int(pixel.red), Int(pixel.green), Int(pixel.blue)) &* weights).wrappedSum()
    return UInt8((sum + 16384) >> 15)
  }

  /// Returns a threshold on the scale of the magnitudes: sums of a kernel of 7 are scaled down by
  /// 16, and squared lengths are compared with squared thresholds.
  private static func threshold(_ value: Double, aperture: Int, norm: CannyDetector.Norm) -> Int32 {
    var value = aperture == 7 ? value / 16 : value
    if norm == .l2 {
      value = min(value, 32767)
      if value > 0 { value *= value }
    }
    return Int32(Double.minimum(Double.maximum(value.rounded(.down), -1), 2_000_000_000))
  }
}
