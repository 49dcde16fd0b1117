import MapRender
import PoseRig
import TestSupport
import Testing

@testable import Export

@Suite struct GeneratorMapsTests {
  /// To a network trained on light lines, a map with dark lines is just a white picture.
  @Test func generatorsGetLightLinesWhateverTheSceneSpecifies() throws {
    let text = """
      {"canvas": [64, 64], "camera": {"position": [0, 1, 6], "target": [0, 1, 0]},
       "maps": {"lines": "dark-on-light", "lineart": "dark-on-light"},
       "characters": [{"id": "a", "body": "female"}]}
      """
    let scene = try #require(Fixture.solved(text))
    let own = try #require(
      try GeneratorMaps.draw(scene, maps: [.canny, .lineart, .softedge], only: nil).first)
    for file in own.files {
      #expect(try PNGFile.decodeRGB(file.bytes).pixels.first?.red == 0, "\(file.path)")
    }
  }

  /// ComfyUI's reader rounds when it converts 8-bit gray: no 8-bit gray PNG may be written.
  @Test func noEightBitGrayIsWritten() throws {
    let text = """
      {"canvas": [64, 64], "characters": [{"id": "a", "body": "female"}]}
      """
    let scene = try #require(Fixture.solved(text))
    let own = try #require(
      try GeneratorMaps.draw(scene, maps: MapName.allCases, only: nil).first)
    let drawing = try MapDrawing(
      .character(0), of: scene, buffers: CharacterBuffers(scene), maps: MapName.allCases)
    #expect(own.files.count == MapName.allCases.count && own.blank.isEmpty)
    for (map, file) in zip(MapName.allCases, own.files) {
      // A PNG's bit depth and color type are in its bytes 24 and 25; 0 is gray, 2 is color.
      let kind = file.bytes[24...25]
      guard case .gray = drawing.picture(map) else { continue }
      #expect(Array(kind) == [8, 2], "\(file.path)")
      let plain = try PNGFile.decodeRGB(try drawing.picture(map).png())
      #expect(try PNGFile.decodeRGB(file.bytes) == plain, "\(file.path)")
    }
  }

  @Test func aMapWithoutItsCharacterIsBlank() throws {
    // One stands behind the camera; of the other, only the feet are in the picture, and no face.
    let text = """
      {"canvas": [128, 64], "camera": {"position": [0, 0.1, 3], "target": [0, 0.1, 0]},
       "characters": [{"id": "behind", "body": "male", "position": [0, 0, 9]},
                      {"id": "feet", "body": "female"}]}
      """
    let scene = try #require(Fixture.solved(text))
    let maps: [MapName] = [.openpose, .depth, .normal, .canny, .segmentation, .mask]
    let drawn = try GeneratorMaps.draw(scene, maps: maps, only: nil)
    #expect(drawn.map(\.blank) == [maps, []])
    #expect(
      drawn[0].warning(onBlank: [.canny], "it is left out")
        == #"the map canny shows nothing of "behind"; it is left out"#)
    #expect(
      drawn[0].warning(onBlank: [.openpose, .depth], "they are left out")
        == #"the maps openpose, depth show nothing of "behind"; they are left out"#)
    #expect(drawn[1].warning(onBlank: maps, "they are left out") == nil)
  }
}
