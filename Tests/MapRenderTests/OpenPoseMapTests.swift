import MapRender
import PoseRig
import TestSupport
import Testing

@Suite struct OpenPoseMapTests {
  private func body(_ points: [Int: SIMD2<Double>]) -> OpenPosePerson {
    OpenPosePerson(body: (0..<18).map { points[$0] })
  }

  @Test func aPointIsADiscOf49PixelsInItsColour() {
    let map = OpenPoseMap.draw([body([0: SIMD2(20.9, 20.2)])], width: 40, height: 40)
    #expect(map.count(of: RGB8(255, 0, 0)) == 49)
    #expect(map[20, 20] == RGB8(255, 0, 0) && map[20, 16] == RGB8(255, 0, 0))
    #expect(map[20, 15] == .black)
  }

  @Test func aLimbIsSixTenthsOfItsPointsColourAndNinePixelsThick() {
    let map = OpenPoseMap.draw(
      [body([2: SIMD2(10, 30), 3: SIMD2(90, 30)])], width: 100, height: 60)
    // Limb 2 joins points 2 and 3 and has colour 2, (255, 170, 0), dimmed.
    let column = (0..<60).filter { map[50, $0] == RGB8(153, 102, 0) }
    #expect(column == Array(26...34))
  }

  @Test func aLimbWithAMissingEndIsNotDrawn() {
    let map = OpenPoseMap.draw([body([2: SIMD2(10, 30)])], width: 100, height: 60)
    #expect(map.count(of: RGB8(153, 102, 0)) == 0)
  }

  @Test func pointsAndLimbsBeyondTheCanvasAreCutOff() {
    let map = OpenPoseMap.draw(
      [body([2: SIMD2(-500, -80), 3: SIMD2(600, 140), 4: SIMD2(1e6, 3)])], width: 64, height: 48)
    #expect(map.count(of: RGB8(153, 102, 0)) > 0)
  }

  @Test func handsAndFaceCanBeLeftOut() {
    let person = OpenPosePerson(
      body: Array(repeating: nil, count: 18),
      leftHand: (0..<21).map { SIMD2(Double(5 + 2 * $0), 20) }, face: [SIMD2(30, 40)])
    let hands = OpenPoseMap.draw([person], width: 60, height: 60, parts: .hands)
    let face = OpenPoseMap.draw([person], width: 60, height: 60, parts: .face)
    #expect(hands.count(of: RGB8(0, 0, 255)) > 0 && hands.count(of: .white) == 0)
    #expect(face.count(of: .white) == 29)
  }

  @Test func aWholePersonLooksAsItDid() throws {
    let scene = try #require(Fixture.solved(Fixture.scene()))
    let buffers = try CharacterBuffers(scene)
    let points = KeypointProjection.keypoints(
      of: scene.characters[0], camera: scene.camera, in: try buffers.buffer(of: 0))
    let map = OpenPoseMap.draw([DetectorPolicy.drawn(points)], width: 256, height: 384)
    #expect(try GoldenImage.difference(map, from: "openpose") == nil)
    #expect(
      try GoldenImage.difference(NormalMap.draw(try buffers.buffer(of: 0)), from: "normal") == nil)
    let shaded = ShadedMap.draw(try buffers.buffer(of: 0))
    let canny = CannyMap.detect(shaded).map { RGB8(grey: $0) }
    #expect(try GoldenImage.difference(canny, from: "canny", share: 0.005) == nil)
  }
}
