import Export
import MapRender
import Testing

@Suite struct PNGFileTests {
  private static let picture = Image<RGB8>(
    width: 5, height: 3, pixels: (0..<15).map { RGB8(UInt8($0), UInt8(255 - $0), UInt8($0 * 17)) })

  @Test func pictureRoundTrips() throws {
    #expect(try PNGFile.decodeRGB(PNGFile.encode(Self.picture)) == Self.picture)
  }

  @Test func grayIsReadAsEqualChannels() throws {
    let gray = Image<UInt8>(width: 4, height: 2, pixels: [0, 1, 2, 127, 128, 200, 254, 255])
    #expect(try PNGFile.decodeRGB(PNGFile.encode(gray)) == gray.map(RGB8.init(gray:)))
  }

  @Test func sixteenBitsAreStoredBigEndianAndScaledDownWhenRead() throws {
    let deep = Image<UInt16>(width: 3, height: 1, pixels: [0, 0x0102, 0xFFFF])
    let bytes = try PNGFile.encode(deep)
    // The width and height, then the bit depth and color type of IHDR.
    #expect(bytes[16..<26] == [0, 0, 0, 3, 0, 0, 0, 1, 16, 0])
    #expect(try PNGFile.decodeRGB(bytes).pixels == [.black, RGB8(gray: 1), .white])
  }

  @Test func invisibleColorsAreKept() throws {
    let pixels = Self.picture.pixels.enumerated().map { RGBA8($1, opacity: UInt8($0 % 3 * 127)) }
    let bytes = try PNGFile.encode(Image(width: 5, height: 3, pixels: pixels))
    // Bit depth and color type of IHDR: RGB with opacity.
    #expect(bytes[24..<26] == [8, 6])
    // Reading drops the opacity, and does not multiply by it.
    #expect(try PNGFile.decodeRGB(bytes) == Self.picture)
  }

  @Test(arguments: [(0, 0), (2, 1), (3, 2)])
  func aRectangleOnOneColorEqualsTheFileOfTheWhole(_ left: Int, _ top: Int) throws {
    for background in [RGB8.black, RGB8(127, 128, 255)] {
      let inset = Inset(
        width: 8, height: 5, background: background,
        bounds: PixelBounds(columns: left..<left + 5, rows: top..<top + 3),
        pixels: Self.picture.pixels)
      #expect(try PNGFile.encode(inset) == PNGFile.encode(inset.image))
      #expect(try PNGFile.decodeRGB(PNGFile.encode(inset)) == inset.image)
    }
  }

  @Test func samePictureGivesSameBytesWithoutADate() throws {
    let bytes = try PNGFile.encode(Self.picture)
    #expect(try PNGFile.encode(Self.picture) == bytes)
    #expect(chunkNames(bytes) == ["IHDR", "IDAT", "IEND"])
  }

  @Test func pictureWithoutPixelsIsRejected() {
    #expect(throws: ExportError.self) {
      try PNGFile.encode(Image<RGB8>(width: 0, height: 4, filling: .black))
    }
  }

  @Test func everyTruncatedFileIsRejected() throws {
    let bytes = try PNGFile.encode(Self.picture)
    for count in bytes.indices {
      #expect(throws: ExportError.self) { try PNGFile.decodeRGB(Array(bytes.prefix(count))) }
    }
  }

  @Test func everyDamagedBitIsDetected() throws {
    let bytes = try PNGFile.encode(Self.picture)
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        #expect(throws: ExportError.self) { try PNGFile.decodeRGB(damaged) }
      }
    }
  }

  @Test func hugePictureIsRejectedBeforeMemoryIsAllocated() throws {
    let header: [UInt8] = [0, 0, 0x20, 0, 0, 0, 0x20, 1, 8, 2, 0, 0, 0]  // 8192 × 8193
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    bytes += Array("IHDR".utf8) + header
    bytes += crc32(Array("IHDR".utf8) + header)
    bytes += [0, 0, 0, 0] + Array("IDAT".utf8) + [0x35, 0xAF, 0x06, 0x1E]
    #expect(throws: ExportError.cannotDecodePNG(reason: "picture too large")) {
      try PNGFile.decodeRGB(bytes)
    }
  }

  private func chunkNames(_ bytes: [UInt8]) -> [String] {
    var names: [String] = []
    var offset = 8
    while offset + 8 <= bytes.count {
      let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      names.append(String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self))
      offset += 12 + length
    }
    return names
  }

  private func crc32(_ bytes: [UInt8]) -> [UInt8] {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return (0..<4).map { UInt8(truncatingIfNeeded: ~crc >> (24 - 8 * $0)) }
  }
}
