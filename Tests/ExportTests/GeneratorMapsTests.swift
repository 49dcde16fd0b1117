import MapRender
import PoseRig
import TestSupport
import Testing

@testable import Export

@Suite struct GeneratorMapsTests {
  /// A network that was trained on light lines sees nothing but a white picture in dark ones.
  @Test func generatorsGetLightLinesWhateverTheSceneSays() throws {
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
}
