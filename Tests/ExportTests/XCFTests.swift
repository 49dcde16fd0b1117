import Export
import MapRender
import TestSupport
import Testing

@Suite struct XCFTests {
  /// Two layers of a picture that does not divide into whole GIMP tiles.
  private static let picture = LayeredPicture(
    layers: [
      .init(name: "base", image: Image(width: 130, height: 70, filling: RGB8(1, 2, 3))),
      .init(
        name: "her", image: Image(width: 130, height: 70, filling: RGB8(4, 5, 6)),
        opacity: Inset(
          width: 130, height: 70, background: 0,
          bounds: PixelBounds(columns: 128..<130, rows: 64..<66), pixels: [7, 8, 9, 10]),
        isVisible: false),
    ], merged: Image(width: 130, height: 70, filling: .black))

  private func number(_ bytes: [UInt8], _ offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  /// Returns where the pixels of a hierarchy's tiles start.
  private func tiles(_ bytes: [UInt8], _ hierarchy: Int) -> [Int] {
    var offset = number(bytes, hierarchy + 12) + 8
    var tiles: [Int] = []
    while number(bytes, offset) != 0 {
      tiles.append(number(bytes, offset))
      offset += 4
    }
    return tiles
  }

  /// Returns a layer's name, and where its pixels and its mask are.
  private func layer(_ bytes: [UInt8], _ start: Int) -> (name: String, pixels: Int, mask: Int) {
    let length = number(bytes, start + 12)
    let name = String(decoding: bytes[start + 16..<start + 15 + length], as: UTF8.self)
    var offset = start + 16 + length
    while number(bytes, offset) != 0 { offset += 8 + number(bytes, offset + 4) }
    return (name, number(bytes, offset + 8), number(bytes, offset + 12))
  }

  @Test func layersAreListedFromTheTopDownWithTheirMasks() throws {
    let bytes = try XCF.file(Self.picture)
    #expect(bytes.starts(with: Array("gimp xcf file\0".utf8)))
    #expect([14, 18, 22].map { number(bytes, $0) } == [130, 70, 0])
    // After a one-byte property and the end of the properties.
    let pointers = 26 + 9 + 8
    let (her, base) = (
      layer(bytes, number(bytes, pointers)), layer(bytes, number(bytes, pointers + 4))
    )
    #expect(her.name == "her" && base.name == "base")
    #expect(number(bytes, pointers + 8) == 0 && base.mask == 0)
    let tiles = tiles(bytes, her.pixels)
    #expect(tiles.count == 6)
    #expect(Array(bytes[tiles[0]..<tiles[0] + 3]) == [4, 5, 6])
    // The last tile is 2 × 6 pixels; the mask's hierarchy follows its name and its properties.
    let mask = her.mask + 12 + number(bytes, her.mask + 8)
    var offset = mask
    while number(bytes, offset) != 0 { offset += 8 + number(bytes, offset + 4) }
    let last = try #require(self.tiles(bytes, number(bytes, offset + 8)).last)
    #expect(Array(bytes[last..<last + 12]) == [7, 8, 9, 10, 0, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func equalLayersGiveEqualBytes() throws {
    #expect(try XCF.file(Self.picture) == XCF.file(Self.picture))
  }
}
