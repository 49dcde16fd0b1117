/// The Canny edge map: white lines where the picture changes, on black.
///
/// Bit for bit `cv2.Canny(image, low, high)` on an RGB picture, with aperture 3 and
/// L2gradient off, as every annotator but the grey ones calls it.
public enum CannyMap {
  /// The edges of a picture, 255 on an edge and 0 elsewhere.
  /// - Parameters:
  ///   - low: gradient above which a pixel continues an edge; gradients are |dx| + |dy| of 3×3
  ///     Sobel sums, 0 to 2040.
  ///   - high: gradient above which a pixel starts an edge. The two are swapped if low > high.
  public static func detect(
    _ image: Image<RGB8>, low: Double = 100, high: Double = 200
  ) -> Image<UInt8> {
    let field = GradientField(of: image)
    let (low, high) = (threshold(min(low, high)), threshold(max(low, high)))
    var ridges = RidgeMarks(of: field, low: low, high: high)
    ridges.connect()
    return ridges.edges
  }

  /// A threshold in the whole numbers that gradients are; beyond -1 and 2041 it makes no difference.
  private static func threshold(_ value: Double) -> Int16 {
    Int16(Double.minimum(Double.maximum(value.rounded(.down), -1), 2041))
  }
}
