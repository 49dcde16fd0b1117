internal import CPNG

/// The opacity of a PNG, through libpng's simplified interface, which contains its own long jumps.
enum AlphaImage {
  /// The largest side of a texture that a character may wear, in pixels.
  private static let maximumSide: UInt32 = 8192

  /// Returns width, height and one byte a pixel, from the top; nil for bytes that are no readable
  /// PNG.
  static func decode(png bytes: [UInt8]) -> (width: Int, height: Int, alpha: [UInt8])? {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    return bytes.withUnsafeBytes { raw -> (Int, Int, [UInt8])? in
      guard png_image_begin_read_from_memory(&image, raw.baseAddress, raw.count) != 0,
        image.width <= maximumSide, image.height <= maximumSide, image.width * image.height > 0
      else { return nil }
      image.format = UInt32(PNG_FORMAT_FLAG_ALPHA)
      let (width, height) = (Int(image.width), Int(image.height))
      var pixels = [UInt8](repeating: 0, count: 2 * width * height)
      let done = pixels.withUnsafeMutableBytes {
        png_image_finish_read(&image, nil, $0.baseAddress, Int32(2 * width), nil)
      }
      guard done != 0 else { return nil }
      return (width, height, stride(from: 1, to: pixels.count, by: 2).map { pixels[$0] })
    }
  }
}
