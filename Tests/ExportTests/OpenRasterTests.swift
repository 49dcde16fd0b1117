import Export
import MapRender
import PoseRig
import TestSupport
import Testing

@Suite struct OpenRasterTests {
  private static let width = 300
  private static let height = 400

  private static func picture(_ seed: UInt64) -> Image<RGB8> {
    var random = SplitMix64(seed: seed)
    return Image(
      width: width, height: height,
      pixels: (0..<width * height).map { _ in
        RGB8(gray: UInt8.random(in: 0...255, using: &random))
      })
  }

  private static let raster = LayeredPicture(
    layers: [
      .init(name: "base", image: picture(1)),
      .init(
        name: #"a<b>&"c""#, image: picture(2),
        opacity: Inset(
          width: width, height: height, background: 0,
          bounds: PixelBounds(columns: 10..<20, rows: 30..<40),
          pixels: (0..<100).map { UInt8($0 * 2) })),
      .init(name: "merged", image: picture(3), isVisible: false),
    ], merged: picture(3))

  @Test func theKindOfFileComesFirstAndUncompressed() throws {
    let bytes = try OpenRaster.file(Self.raster)
    #expect(String(decoding: bytes[30..<38], as: UTF8.self) == "mimetype")
    #expect(String(decoding: bytes[38..<54], as: UTF8.self) == "image/openraster")
    #expect(try StoredFiles(bytes).names.first == "mimetype")
  }

  @Test func everyFileOfTheLayoutExists() throws {
    let files = try StoredFiles(try OpenRaster.file(Self.raster))
    #expect(
      files.names == [
        "mimetype", "stack.xml", "data/0-base.png", "data/1-abc.png", "data/2-merged.png",
        "mergedimage.png", "Thumbnails/thumbnail.png",
      ])
    let merged = try PNGFile.decodeRGB(try files.content("mergedimage.png"))
    #expect(merged == Self.picture(3))
    let thumbnail = try PNGFile.decodeRGB(try files.content("Thumbnails/thumbnail.png"))
    #expect(thumbnail.width == 192 && thumbnail.height == 256)
  }

  @Test func theStackNamesTheLayersFromTheTopDown() throws {
    let files = try StoredFiles(try OpenRaster.file(Self.raster))
    let stack = String(decoding: try files.content("stack.xml"), as: UTF8.self)
    #expect(stack.contains(#"<image version="0.0.3" w="300" h="400""#))
    let layers = stack.split(separator: "\n").filter { $0.contains("<layer ") }
    #expect(layers.count == 3)
    #expect(layers[0].contains(#"name="merged""#) && layers[0].contains(#"visibility="hidden""#))
    #expect(layers[1].contains(#"name="a&lt;b&gt;&amp;&quot;c&quot;""#))
    #expect(layers[1].contains(#"src="data/1-abc.png""#) && layers[1].contains(#""visible""#))
    #expect(layers[2].contains(#"name="base""#))
  }

  @Test func hiddenPixelsOfALayerAreKept() throws {
    let files = try StoredFiles(try OpenRaster.file(Self.raster))
    let layer = try files.content("data/1-abc.png")
    // Color type 6: RGB with opacity.
    #expect(layer[25] == 6)
    #expect(try PNGFile.decodeRGB(layer) == Self.picture(2))
  }

  @Test func equalLayersGiveEqualBytes() throws {
    #expect(try OpenRaster.file(Self.raster) == OpenRaster.file(Self.raster))
  }
}

/// Reads a zip archive of stored files through its directory, and checks it against the headers of
/// the files.
private struct StoredFiles {
  struct Damaged: Error {}

  private let bytes: [UInt8]
  private var offsets: [(name: String, offset: Int)] = []

  var names: [String] { offsets.map(\.name) }

  init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    let end = bytes.count - 22
    guard number(end, 4) == 0x0605_4b50 else { throw Damaged() }
    var entry = number(end + 16, 4)
    for _ in 0..<number(end + 10, 2) {
      guard number(entry, 4) == 0x0201_4b50, number(entry + 10, 2) == 0 else { throw Damaged() }
      let length = number(entry + 28, 2)
      let name = String(decoding: bytes[entry + 46..<entry + 46 + length], as: UTF8.self)
      let offset = number(entry + 42, 4)
      // Version, flags, method, date, checksum, sizes and the name's length are stored twice.
      guard Array(bytes[entry + 6..<entry + 32]) == Array(bytes[offset + 4..<offset + 30]) else {
        throw Damaged()
      }
      offsets.append((name, offset))
      entry += 46 + length
    }
    guard entry == end else { throw Damaged() }
  }

  func content(_ name: String) throws -> [UInt8] {
    guard let offset = offsets.first(where: { $0.name == name })?.offset else { throw Damaged() }
    let start = offset + 30 + number(offset + 26, 2)
    let content = Array(bytes[start..<start + number(offset + 18, 4)])
    guard checksum(content) == number(offset + 14, 4) else { throw Damaged() }
    return content
  }

  private func number(_ offset: Int, _ length: Int) -> Int {
    (0..<length).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }

  private func checksum(_ content: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in content {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return Int(~crc)
  }
}
