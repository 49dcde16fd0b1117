internal import PoseRig

/// The size of the enlarged picture.
enum UpscaledSize {
  /// The range of factors by which the canvas can be enlarged.
  static let factors = 1.0...8.0

  /// Returns the size nearest to `factor` times the canvas, with the canvas' aspect ratio, so that
  /// `posemap merge` accepts it, and with sides that are multiples of 8, since a latent has one
  /// value per 8 × 8 pixels. Returns the canvas itself if no other size is near.
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
