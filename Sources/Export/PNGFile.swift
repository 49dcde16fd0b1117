internal import CPNGShim
public import MapRender

/// PNG files in memory, by libpng. Equal pixels give equal bytes: no dates, no text.
public enum PNGFile {
  /// An 8-bit RGB PNG.
  public static func encode(_ image: Image<RGB8>) throws(ExportError) -> [UInt8] {
    try encode(image, channels: 3, bitDepth: 8)
  }

  /// An 8-bit grey PNG.
  public static func encode(_ image: Image<UInt8>) throws(ExportError) -> [UInt8] {
    try encode(image, channels: 1, bitDepth: 8)
  }

  /// A 16-bit grey PNG.
  public static func encode(_ image: Image<UInt16>) throws(ExportError) -> [UInt8] {
    try encode(image, channels: 1, bitDepth: 16)
  }

  /// The pixels of any PNG as 8-bit RGB; alpha is dropped.
  public static func decodeRGB(_ bytes: [UInt8]) throws(ExportError) -> Image<RGB8> {
    var layout = posemap_png_layout()
    var result = CBuffer()
    var message = [CChar](repeating: 0, count: Int(POSEMAP_PNG_MESSAGE_SIZE))
    guard posemap_png_read(bytes, bytes.count, &layout, &result.buffer, &message) == 0 else {
      throw .pngDecoding(text(message))
    }
    let pixels = result.bytes
    let colours = stride(from: 0, to: pixels.count, by: 3).map {
      RGB8(pixels[$0], pixels[$0 + 1], pixels[$0 + 2])
    }
    return Image(width: Int(layout.width), height: Int(layout.height), pixels: colours)
  }

  private static func encode<Pixel>(
    _ image: Image<Pixel>, channels: Int32, bitDepth: Int32
  ) throws(ExportError) -> [UInt8] {
    let layout = posemap_png_layout(
      width: UInt32(image.width), height: UInt32(image.height), channels: channels,
      bit_depth: bitDepth)
    var result = CBuffer()
    var message = [CChar](repeating: 0, count: Int(POSEMAP_PNG_MESSAGE_SIZE))
    let status = image.pixels.withUnsafeBytes { pixels in
      posemap_png_write(
        layout, POSEMAP_PNG_FILTER_UP, 4, pixels.baseAddress, &result.buffer, &message)
    }
    guard status == 0 else { throw .pngEncoding(text(message)) }
    return result.bytes
  }

  private static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What the shim allocated, owned.
  private struct CBuffer: ~Copyable {
    var buffer = posemap_png_buffer()

    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: buffer.bytes, count: buffer.size)) }

    deinit {
      var last = buffer
      posemap_png_free(&last)
    }
  }
}
