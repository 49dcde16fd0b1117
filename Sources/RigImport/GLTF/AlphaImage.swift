internal import CPNG
internal import CWebP

/// Decodes the opacity of a picture: a PNG through libpng's simplified interface, which handles its
/// own `longjmp`, or a WebP through libwebp.
enum AlphaImage {
  /// The largest side of a character's texture, in pixels.
  private static let maximumSide: UInt32 = 8192

  /// Returns the width, the height and one byte per pixel, from the top; nil if the bytes are not a
  /// readable picture in these formats.
  static func decode(_ bytes: [UInt8]) -> (width: Int, height: Int, alpha: [UInt8])? {
    bytes.starts(with: Array("RIFF".utf8)) ? decode(webP: bytes) : decode(png: bytes)
  }

  private static func decode(
    webP bytes: [UInt8]
  ) -> (width: Int, height: Int, alpha: [UInt8])? {
    bytes.withUnsafeBufferPointer { raw -> (Int, Int, [UInt8])? in
      var (width, height): (Int32, Int32) = (0, 0)
      let side = Int32(maximumSide)
      guard WebPGetInfo(raw.baseAddress, raw.count, &width, &height) != 0,
        (1...side).contains(width), (1...side).contains(height)
      else { return nil }
      var pixels = [UInt8](repeating: 0, count: 4 * Int(width) * Int(height))
      let done = pixels.withUnsafeMutableBufferPointer { target in
        WebPDecodeRGBAInto(
          raw.baseAddress, raw.count, target.baseAddress, target.count, 4 * width) != nil
      }
      guard done else { return nil }
      return (
        Int(width), Int(height), stride(from: 3, to: pixels.count, by: 4).map { pixels[$0] }
      )
    }
  }

  private static func decode(png bytes: [UInt8]) -> (width: Int, height: Int, alpha: [UInt8])? {
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
