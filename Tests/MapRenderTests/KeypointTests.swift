import MapRender
import PoseRig
import TestSupport
import Testing

private func keypoints(_ angle: Double, character: String = "") throws -> PersonKeypoints {
  let keys = "\"camera\": {\"frame\": \"all\", \"angle\": \(angle)}"
  let scene = try #require(Fixture.solved(Fixture.scene(character: character, keys: keys)))
  let buffers = try CharacterBuffers(scene)
  return KeypointProjection.keypoints(
    of: scene.characters[0], camera: scene.camera, in: try buffers.buffer(of: 0))
}

@Suite struct KeypointTests {
  @Test func everyLayoutHasItsNumberOfPoints() throws {
    let points = try keypoints(0)
    let counts = [points.body, points.leftHand, points.rightHand, points.face, points.feet]
    #expect(counts.map(\.count) == [18, 21, 21, 70, 6])
  }

  @Test func facingTheCameraEverythingIsDrawnAndHerRightIsOnTheLeft() throws {
    let points = try keypoints(0)
    let drawn = DetectorPolicy.drawn(points)
    #expect(drawn.body.allSatisfy { $0 != nil })
    #expect(points.body[2].position.x < points.body[5].position.x)
    #expect(points.body[0].position.y < points.body[1].position.y)
    let face = try #require(drawn.face)
    #expect(face.filter { $0 != nil }.count > 60)
    // The neck is halfway between the shoulders in the picture.
    let middle = (points.body[2].position + points.body[5].position) / 2
    #expect(abs(points.body[1].position.x - middle.x) < 0.01)
  }

  @Test func fromBehindNoseEyesAndFaceAreLeftOut() throws {
    let drawn = DetectorPolicy.drawn(try keypoints(180))
    #expect(drawn.body[0] == nil && drawn.body[14] == nil && drawn.body[15] == nil)
    #expect(drawn.face == nil)
    #expect(drawn.body[2...13].allSatisfy { $0 != nil })
  }

  @Test func inProfileTheFarEyeAndEarAreLeftOut() throws {
    let drawn = DetectorPolicy.drawn(try keypoints(90))
    // Seen from her left.
    #expect(drawn.body[15] != nil && drawn.body[17] != nil)
    #expect(drawn.body[14] == nil && drawn.body[16] == nil)
  }

  @Test func anArmBehindTheTrunkStaysInTheDrawing() throws {
    let behind = """
      "pose": {"joints": {"leftUpperArm": {"flexion": -40, "rotation": 60},
      "leftLowerArm": {"flexion": 80}}}
      """
    let points = try keypoints(0, character: behind)
    #expect(points.body[7].visibility == .occluded)
    #expect(DetectorPolicy.drawn(points).body[7] != nil)
  }

  @Test func thePolicyDecidesWhatBecomesOfHiddenPoints() throws {
    let points = try keypoints(180)
    let nose = { (policy: OccludedPolicy) in
      DetectorPolicy.drawn(points, occluded: policy).body[0]
    }
    #expect(nose(.draw) != nil && nose(.drop) == nil && nose(.faceOnly) == nil)
    #expect(DetectorPolicy.drawn(points, occluded: .draw).face?.contains { $0 != nil } == true)
    let behind = """
      "pose": {"joints": {"leftUpperArm": {"flexion": -40, "rotation": 60},
      "leftLowerArm": {"flexion": 80}}}
      """
    let hidden = try keypoints(0, character: behind)
    let wrist = { (policy: OccludedPolicy) in
      DetectorPolicy.drawn(hidden, occluded: policy).body[7]
    }
    #expect(wrist(.draw) != nil && wrist(.drop) == nil && wrist(.faceOnly) != nil)
  }

  @Test func pointsOutsideThePictureAreAbsent() throws {
    let keys = "\"camera\": {\"position\": [0, 1.5, 1], \"target\": [0, 1.5, 0], \"fovY\": 30}"
    let scene = try #require(Fixture.solved(Fixture.scene(keys: keys)))
    let buffers = try CharacterBuffers(scene)
    let points = KeypointProjection.keypoints(
      of: scene.characters[0], camera: scene.camera, in: try buffers.buffer(of: 0))
    #expect(points.body[0].visibility == .visible)
    #expect(points.body[10].visibility == .absent)
    #expect(DetectorPolicy.drawn(points).leftHand == nil)
  }
}
