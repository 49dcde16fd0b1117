import MapRender
import PoseRig
import TestSupport
import Testing

/// The maps of a whole character, compared with pictures that someone has looked at.
@Suite struct CharacterMapsTests {
  @Test func theMapsOfAStandingWomanAreUnchanged() throws {
    let scene = try #require(Fixture.solved(Fixture.scene()))
    let buffers = try CharacterBuffers(scene)
    let buffer = try buffers.buffer(of: 0)
    let points = KeypointProjection.keypoints(
      of: scene.characters[0], camera: scene.camera, in: buffer)
    let skeleton = OpenPoseMap.draw([DetectorPolicy.drawn(points)], width: 256, height: 384)
    try GoldenImage.expect(skeleton, named: "openpose", tolerance: .rendered)
    try GoldenImage.expect(NormalMap.draw(buffer).image, named: "normal", tolerance: .rendered)
    let canny = CannyMap.detect(ShadedMap.draw(buffer, camera: scene.camera)).image.map {
      RGB8(gray: $0)
    }
    // An edge pixel is present or absent, and another Mesa can shift one.
    let edges = ImageTolerance(pixelShare: 0.002, channelDistance: 255)
    try GoldenImage.expect(canny, named: "canny", tolerance: edges)
  }
}
