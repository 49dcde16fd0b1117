import Export
import MapRender
import TestSupport
import Testing

@Suite struct PNGFileTests {
  private func noise(_ width: Int, _ height: Int) -> Image<RGB8> {
    var random = SplitMix64(seed: 3)
    return Image(
      width: width, height: height,
      pixels: (0..<width * height).map { _ in
        RGB8(.random(in: 0...255, using: &random), .random(in: 0...255, using: &random), 7)
      })
  }

  @Test(arguments: [(1, 1), (3, 7), (64, 1), (33, 65)])
  func coloursComeBack(_ width: Int, _ height: Int) throws {
    let image = noise(width, height)
    #expect(try PNGFile.decodeRGB(try PNGFile.encode(image)) == image)
  }

  @Test func greysComeBackAsEqualChannels() throws {
    let grey = Image<UInt8>(width: 4, height: 2, pixels: [0, 1, 2, 3, 252, 253, 254, 255])
    let back = try PNGFile.decodeRGB(try PNGFile.encode(grey))
    #expect(back == grey.map { RGB8(grey: $0) })
  }

  @Test func sixteenBitsAreWrittenMostSignificantFirst() throws {
    let deep = Image<UInt16>(width: 2, height: 1, pixels: [0x0102, 0xFE00])
    let back = try PNGFile.decodeRGB(try PNGFile.encode(deep))
    // Scaled to 8 bits, 0x0102 is 1 and 0xFE00 is 253 or 254; swapped bytes would give 2 and 0.
    #expect(back.pixels[0].red == 1 && back.pixels[1].red >= 253)
  }

  @Test func brokenFilesAreErrorsInWords() throws {
    let whole = try PNGFile.encode(noise(40, 40))
    for bytes in [[], Array("not a png at all".utf8), Array(whole.prefix(200))] {
      #expect(throws: ExportError.self) { try PNGFile.decodeRGB(bytes) }
    }
  }
}
