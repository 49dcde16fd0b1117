internal import CPNGShim
internal import Glibc
public import MapRender

/// PNG files in memory, through libpng.
///
/// ```swift
/// import MapRender
///
/// let bytes = try PNGFile.encode(Image(width: 64, height: 64, filling: RGB8.black))
/// let image = try PNGFile.decodeRGB(bytes)
/// print(image.width, image.height)
/// ```
public enum PNGFile {
  /// The most pixels that a picture to be decoded can have: 8192 × 8192.
  public static let maximumPixels = 1 << 26

  /// Encodes an 8-bit RGB PNG. Equal pictures give equal bytes: no date or text is stored.
  public static func encode(_ image: Image<RGB8>) throws(ExportError) -> [UInt8] {
    try encode(Inset(image, background: .black))
  }

  /// Encodes an 8-bit gray PNG.
  public static func encode(_ image: Image<UInt8>) throws(ExportError) -> [UInt8] {
    try encode(Inset(image, background: 0))
  }

  /// Encodes a 16-bit gray PNG.
  public static func encode(_ image: Image<UInt16>) throws(ExportError) -> [UInt8] {
    try encode(Inset(image, background: 0))
  }

  /// Encodes an 8-bit RGBA PNG. Transparent pixels keep their color.
  public static func encode(_ image: Image<RGBA8>) throws(ExportError) -> [UInt8] {
    let picture = Inset(image, background: RGBA8(.black, opacity: 0))
    return try encode(picture, channels: 4, bitDepth: 8)
  }

  /// Encodes the rectangle of a picture as an 8-bit RGB PNG.
  public static func encode(_ picture: Inset<RGB8>) throws(ExportError) -> [UInt8] {
    try encode(picture, channels: 3, bitDepth: 8)
  }

  /// Encodes the rectangle of a picture as an 8-bit gray PNG.
  public static func encode(_ picture: Inset<UInt8>) throws(ExportError) -> [UInt8] {
    try encode(picture, channels: 1, bitDepth: 8)
  }

  /// Encodes the rectangle of a picture as a 16-bit gray PNG.
  public static func encode(_ picture: Inset<UInt16>) throws(ExportError) -> [UInt8] {
    try encode(picture, channels: 1, bitDepth: 16)
  }

  /// Decodes any PNG as 8-bit RGB: gray and palettes are expanded, 16 bits scaled down,
  /// transparency dropped. Fails for more than ``maximumPixels``.
  public static func decodeRGB(_ bytes: [UInt8]) throws(ExportError) -> Image<RGB8> {
    try decode(bytes, channels: 3)
  }

  /// Decodes a PNG with its opacity, or 255 where the file has no opacity.
  public static func decodeRGBA(_ bytes: [UInt8]) throws(ExportError) -> Image<RGBA8> {
    try decode(bytes, channels: 4)
  }

  /// Returns the reason why bytes are not a complete PNG; nil if they are one.
  ///
  /// For a picture of more than ``maximumPixels``, checks only the beginning and the end.
  package static func fault(in bytes: [UInt8]) -> String? {
    if bytes.isEmpty { return "it is empty" }
    if !bytes.starts(with: signature) { return "it does not begin like a PNG" }
    if isTooLarge(bytes) {
      return bytes.suffix(lastChunk.count).elementsEqual(lastChunk)
        ? nil : "the file ends too early"
    }
    do {
      _ = try decodeRGB(bytes)
      return nil
    } catch .cannotDecodePNG(let reason) {
      return reason
    } catch {
      return "\(error)"
    }
  }

  /// The first bytes of every PNG.
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The last bytes of every PNG: an empty IEND chunk with its checksum.
  static let lastChunk: [UInt8] = [
    0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
  ]

  /// Returns whether a PNG's header gives it more pixels than can be decoded.
  private static func isTooLarge(_ bytes: [UInt8]) -> Bool {
    // The header is: the signature, the first chunk's length and name, then width and height.
    guard bytes.count >= 24 else { return false }
    func side(_ start: Int) -> UInt64 {
      bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt64($1) }
    }
    return side(16) * side(20) > UInt64(maximumPixels)
  }

  private static func decode<Pixel>(
    _ bytes: [UInt8], channels: Int32
  ) throws(ExportError) -> Image<Pixel> {
    var result = png_shim_result()
    let succeeded = bytes.withUnsafeBytes { bytes in
      png_shim_decode(
        bytes.baseAddress, bytes.count, channels, UInt64(maximumPixels), &result)
    }
    let memory = CMemory(owning: result)
    guard succeeded == 1 else { throw .cannotDecodePNG(reason: message(of: result)) }
    return Image(
      width: Int(result.width), height: Int(result.height), pixels: memory.elements(of: Pixel.self))
  }

  private static func encode<Pixel>(
    _ picture: Inset<Pixel>, channels: Int32, bitDepth: Int32
  ) throws(ExportError) -> [UInt8] {
    let numbers = [
      picture.width, picture.height, picture.bounds.columns.lowerBound,
      picture.bounds.rows.lowerBound, picture.bounds.columns.count, picture.bounds.rows.count,
    ].compactMap(UInt32.init(exactly:))
    guard numbers.count == 6 else { throw .cannotEncodePNG(reason: "picture too large") }
    var result = png_shim_result()
    let succeeded = picture.pixels.withUnsafeBytes { pixels in
      withUnsafeBytes(of: picture.background) { background in
        var own = png_shim_picture(
          width: numbers[0], height: numbers[1], channels: channels, bit_depth: bitDepth,
          background: background.baseAddress, pixels: pixels.baseAddress, left: numbers[2],
          top: numbers[3], columns: numbers[4], rows: numbers[5])
        return png_shim_encode(&own, &result)
      }
    }
    let memory = CMemory(owning: result)
    guard succeeded == 1 else { throw .cannotEncodePNG(reason: message(of: result)) }
    return memory.elements(of: UInt8.self)
  }

  private static func message(of result: png_shim_result) -> String {
    withUnsafeBytes(of: result.message) { characters in
      String(decoding: characters.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

/// Memory that C allocated and Swift frees.
private struct CMemory: ~Copyable {
  private let start: UnsafeMutablePointer<UInt8>?
  private let count: Int

  init(owning result: png_shim_result) {
    start = result.bytes
    count = result.bytes == nil ? 0 : result.count
  }

  deinit {
    free(start)
  }

  /// Returns a copy of the memory, which holds contiguous values without padding.
  func elements<Element: BitwiseCopyable>(of type: Element.Type) -> [Element] {
    Array(UnsafeRawBufferPointer(start: start, count: count).bindMemory(to: type))
  }
}
