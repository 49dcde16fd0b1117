extension Image<RGB8> {
  /// Draws a hand's bones as lines and its points as discs on top; bones and points without a pixel
  /// are left out.
  /// pixel are left out.
  mutating func drawHand(
    _ pixels: [SIMD2<Int>?], colors: [RGB8], lineWidth: Int, discRadius: Int
  ) {
    for (edge, color) in zip(OpenPoseTables.handEdges, colors) {
      if let start = pixels[edge.0], let end = pixels[edge.1] {
        drawThickLine(from: start, to: end, width: lineWidth, with: color)
      }
    }
    fillDiscs(pixels, radius: discRadius, with: OpenPoseTables.handPointColor)
  }

  /// Draws equal discs, except at points without a pixel.
  mutating func fillDiscs(_ pixels: [SIMD2<Int>?], radius: Int, with color: RGB8) {
    for case let pixel? in pixels { fillDisc(center: pixel, radius: radius, with: color) }
  }
}
