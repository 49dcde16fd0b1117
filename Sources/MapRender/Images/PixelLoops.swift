internal import CLoops
internal import PoseRig

/// The loops over pixels in C, with Swift types: only this file passes pointers to them.
enum PixelLoops {
  /// Returns the directions of a buffer as colors.
  ///
  /// - Parameters:
  ///   - signs: the sign of each axis.
  ///   - rounds: whether levels are rounded to the nearest integer rather than down.
  static func normals(
    of buffer: GBuffer, signs: (Float, Float, Float), rounds: Bool, before background: RGB8
  ) -> Inset<RGB8> {
    picture(of: buffer, before: background) { colors in
      buffer.normals.withUnsafeBytes { directions in
        pixel_normals(
          directions.assumingMemoryBound(to: Float.self).baseAddress, buffer.depth,
          buffer.depth.count, normal_levels(signs: signs, rounds: rounds ? 1 : 0),
          [background.red, background.green, background.blue], colors)
      }
    }
  }

  /// Returns levels for a buffer's distances, from `low` at the far end of a range to 255 at the
  /// near end, proportional to 1/z.
  static func disparities(of buffer: GBuffer, in range: DepthRange, from low: Float) -> Inset<UInt8>
  {
    let farthest = 1 / range.far
    let levels = disparity_levels(
      low: low, white: 255, farthest: farthest, span: 1 / range.near - farthest)
    return picture(of: buffer, before: 0) { pixels in
      pixel_disparities(buffer.depth, buffer.depth.count, levels, pixels)
    }
  }

  /// Returns the columns of each row outside which every pixel equals the picture's first pixel.
  static func extents(of image: Image<RGB8>) -> [Range<Int>] {
    image.pixels.withUnsafeBytes { pixels in
      guard let first = pixels.assumingMemoryBound(to: UInt8.self).baseAddress else { return [] }
      return (0..<image.height).map { row in
        let extent = pixel_extent(first + 3 * image.width * row, Int32(image.width), first)
        return Int(extent.first)..<Int(extent.end)
      }
    }
  }

  /// Computes the 3×3 Sobel sums of a picture, in each row within its extent; outside the picture,
  /// the edge's own pixels repeat.
  ///
  /// - Parameter gradients: the gradients of the picture, with a margin of one pixel on each side.
  static func fill(
    _ gradients: inout [Gradient], of image: Image<RGB8>, within extents: [Range<Int>],
    _ norm: CannyDetector.Norm
  ) {
    let (width, height) = (image.width, image.height)
    precondition(
      gradients.count == (width + 2) * (height + 2) && extents.count == height,
      "PixelLoops: there must be a margin of one pixel")
    image.pixels.withUnsafeBytes { pixels in
      gradients.withUnsafeMutableBufferPointer { gradients in
        guard let first = pixels.assumingMemoryBound(to: UInt8.self).baseAddress,
          let target = gradients.baseAddress
        else { return }
        for (row, extent) in extents.enumerated() where !extent.isEmpty {
          precondition(extent.clamped(to: 0..<width) == extent, "PixelLoops: beyond the row")
          pixel_gradients(
            first + 3 * width * max(row - 1, 0), first + 3 * width * row,
            first + 3 * width * min(row + 1, height - 1), Int32(width), Int32(extent.lowerBound),
            Int32(extent.upperBound), norm == .l2 ? 1 : 0, target + (row + 1) * (width + 2) + 1)
        }
      }
    }
  }

  /// Returns a picture for which `fill` writes all bytes within the buffer's bounds.
  private static func picture<Pixel>(
    of buffer: GBuffer, before background: Pixel, fill: (UnsafeMutablePointer<UInt8>?) -> Void
  ) -> Inset<Pixel> {
    let pixels = [Pixel](unsafeUninitializedCapacity: buffer.depth.count) { pixels, count in
      fill(UnsafeMutableRawBufferPointer(pixels).assumingMemoryBound(to: UInt8.self).baseAddress)
      count = buffer.depth.count
    }
    return Inset(
      width: buffer.width, height: buffer.height, background: background, bounds: buffer.bounds,
      pixels: pixels)
  }
}
