/// The Canny map: `cv2.Canny` with aperture 3 and the L1 norm, bit for bit.
///
/// Source of the arithmetic: OpenCV `imgproc/src/canny.cpp`; equal for versions 4.5 to 5.0.
public enum CannyMap {
  /// 255 on edges, 0 elsewhere; thresholds are on |dx| + |dy| of the strongest channel.
  public static func detect(
    _ image: Image<RGB8>, low: Double = 100, high: Double = 200
  ) -> Image<UInt8> {
    let thresholds = [low, high].sorted().map { Int32($0.rounded(.down)) }
    let gradient = SobelGradient(image)
    var marks = EdgeMarks(gradient, low: thresholds[0], high: thresholds[1])
    marks.grow()
    return Image(width: image.width, height: image.height, pixels: marks.edges)
  }
}
