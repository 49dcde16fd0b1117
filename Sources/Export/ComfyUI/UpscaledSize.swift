internal import PoseRig

/// The size of the enlarged picture.
enum UpscaledSize {
  /// How many times the canvas it may be.
  static let factors = 1.0...8.0

  /// The size nearest to `factor` times the canvas that has the canvas' shape, so that `posemap
  /// merge` takes it, and sides that are multiples of 8: latents have a value for 8 × 8 pixels. The
  /// canvas itself if no other is near.
  static func nearest(to factor: Double, of canvas: Canvas) -> Canvas {
    let sides = Canvas.allowedSides
    var best = canvas
    func miss(_ size: Canvas) -> Double {
      abs(Double(size.width) / Double(canvas.width) - factor)
    }
    for width in stride(from: sides.lowerBound, through: sides.upperBound, by: 8) {
      let height = Double(width) * Double(canvas.height) / Double(canvas.width)
      let size = Canvas(width: width, height: Int((height / 8).rounded()) * 8)
      if sides.contains(size.height), canvas.hasShape(of: size), miss(size) < miss(best) {
        best = size
      }
    }
    return best
  }
}
