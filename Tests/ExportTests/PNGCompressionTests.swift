import Export
import MapRender
import TestSupport
import Testing

/// Pictures that exercise each way of writing bytes: as runs, with rare and with frequent codes,
/// and with several codes in turn.
@Suite struct PNGCompressionTests {
  @Test func noiseRoundTripsAndHardlyGrows() throws {
    let noise = Self.noise(width: 301, height: 200)
    let bytes = try PNGFile.encode(noise)
    #expect(try PNGFile.decodeRGB(bytes) == noise)
    #expect(bytes.count < 301 * 200 * 3 * 101 / 100)
  }

  @Test func blackTakesAlmostNoSpace() throws {
    let black = Image<RGB8>(width: 2000, height: 1500, filling: .black)
    let bytes = try PNGFile.encode(black)
    #expect(try PNGFile.decodeRGB(bytes) == black)
    #expect(bytes.count < 9_000_000 / 1000)
  }

  @Test func runsOfEveryLengthRoundTrip() throws {
    // A run of 1 and one of 600, then 2 and 599, and so on, each with a level different from its
    // neighbors.
    var levels: [UInt8] = []
    for length in 1...600 {
      let level = UInt8(truncatingIfNeeded: 7 * length)
      levels += Array(repeating: level, count: length)
      levels += Array(repeating: level &+ 3, count: 601 - length)
    }
    for width in [1, 601, levels.count] {
      try expectBack(Image(width: width, height: levels.count / width, pixels: levels))
    }
  }

  @Test func codesThatWouldBeTooLongRoundTrip() throws {
    // Together with the end of the block and the filter's number, once each, these are Fibonacci
    // numbers: a code for them takes up to 18 bits, of which deflate allows 15.
    var counts = [2, 3]
    while counts.count < 17 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
    let sorted = counts.reversed().enumerated().flatMap { index, count in
      Array(repeating: UInt8(index * 13), count: count)
    }
    // Distributed by the golden section, without runs.
    let levels = sorted.indices.map { sorted[$0 * 6763 % sorted.count] }
    try expectBack(Image(width: levels.count, height: 1, pixels: levels))
  }

  @Test func sixteenBitsAreReadRounded() throws {
    var random = SplitMix64(seed: 4)
    for (width, height) in [(1, 1), (1, 50), (200, 99)] {
      // Rows that repeat, shift and are blank: everything that filters distinguish.
      let samples = (0..<width * height).map { index in
        index / width % 5 == 0 ? 0 : UInt16.random(in: 0...UInt16(index % 7 * 9000), using: &random)
      }
      let deep = Image<UInt16>(width: width, height: height, pixels: samples)
      #expect(
        try PNGFile.decodeRGB(PNGFile.encode(deep))
          == deep.map { RGB8(gray: UInt8((Int($0) * 255 + 32_895) >> 16)) })
    }
  }

  @Test(arguments: [(1, 1), (2, 1), (1, 3), (1, 3000), (20_000, 3), (21, 22), (333, 77)])
  func everySizeRoundTrips(width: Int, height: Int) throws {
    let noise = Self.noise(width: width, height: height)
    #expect(try PNGFile.decodeRGB(PNGFile.encode(noise)) == noise)
    // A shape in front of a background that is not black, with different edges in every row.
    var shape = Image<RGB8>(width: width, height: height, filling: RGB8(128, 128, 255))
    for y in 0..<height {
      for x in width / 3..<max(width / 3 + 1, width - y % 9) where x < width {
        shape[x, y] = RGB8(UInt8(x / 3 & 255), UInt8(y / 2 & 255), UInt8((x + y) & 255))
      }
    }
    #expect(try PNGFile.decodeRGB(PNGFile.encode(shape)) == shape)
  }

  @Test func samePictureGivesSameBytes() throws {
    let noise = Self.noise(width: 301, height: 200)
    #expect(try PNGFile.encode(noise) == PNGFile.encode(noise))
  }

  private static func noise(width: Int, height: Int) -> Image<RGB8> {
    var random = SplitMix64(seed: 2)
    return Image(
      width: width, height: height,
      pixels: (0..<width * height).map { _ in
        let bits = UInt32.random(in: 0...UInt32.max, using: &random)
        return RGB8(UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16 & 255))
      })
  }

  private func expectBack(_ gray: Image<UInt8>) throws {
    #expect(try PNGFile.decodeRGB(PNGFile.encode(gray)) == gray.map(RGB8.init(gray:)))
  }
}
