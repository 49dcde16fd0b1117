import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Characters that step toward goals out of reach.
@Suite struct StepTests {
  private func solved(_ characters: String, props: String = "") throws -> PosedScene {
    let (scene, messages) = Fixture.solved(characters: characters, props: props)
    #expect(messages.isEmpty, "\(messages)")
    return try #require(scene)
  }

  private func floor(_ character: PosedCharacter) -> Vector3 {
    let origin = character.worldFromModel.translation
    return Vector3(origin.x, 0, origin.z)
  }

  @Test("A character that may step comes just near enough to a stationary target")
  func toAThing() throws {
    let scene = try solved(
      #"""
      {"id": "a", "body": "male", "pose": {"base": "stand", "step": true, "reach": {"rightHand": "props.post.top"}}}
      """#,
      props:
        #"{"id": "post", "shape": "cylinder", "radius": 0.05, "height": 1.1, "position": [0, 0, 2]}"#
    )
    let one = try #require(scene.characters.first)
    let moved = floor(one)
    #expect(moved.z > 1.2 && moved.z < 1.8)
    let shoulder = one.position(of: .rightUpperArm)
    let length = one.body.rig.length(ofLimb: .rightHand) + one.palm(of: .rightHand).length
    let way = Vector3(0, 1.1, 2) - shoulder
    #expect(abs(way.length / length - 0.9) < 0.04)
  }

  @Test("Two characters that step toward each other meet halfway")
  func halfway() throws {
    let scene = try solved(
      #"""
      {"id": "a", "body": "male", "pose": {"base": "stand", "step": true, "reach": {"rightHand": "b.rightHand"}},
      "position": [0, 0, -2]},
      {"id": "b", "body": "male", "pose": {"base": "stand", "step": true, "reach": {"rightHand": "a.rightHand"}},
      "position": [0, 0, 2], "yaw": 180}
      """#)
    let (one, other) = (floor(scene.characters[0]), floor(scene.characters[1]))
    #expect(one.z > -0.7 && one.z < -0.35)
    #expect((one + other).length < 0.05)
    let palms = scene.characters.map { $0.frame(of: .rightHand).apply($0.palm(of: .rightHand)) }
    #expect((palms[0] - palms[1]).length < 0.01)
  }

  @Test("A character that already reaches, sits, or may not step stays in place")
  func stays() throws {
    let near = try solved(
      #"""
      {"id": "a", "body": "male", "pose": {"base": "stand", "step": true, "reach": {"rightHand": [-0.2, 1.2, 0.4]}}}
      """#)
    #expect(floor(near.characters[0]) == .zero)
    let far = #""reach": {"rightHand": [-0.2, 1.2, 2]}"#
    for pose in [
      "{\"base\": \"stand\", \(far)}",
      "{\"base\": \"sit-chair\", \"step\": true, \"seat\": [0, 0.45, 0], \(far)}",
    ] {
      let (scene, messages) = Fixture.solved(
        characters: #"{"id": "a", "body": "male", "pose": \#(pose)}"#)
      #expect(messages.contains { $0.contains("short of this point") })
      #expect(floor(try #require(scene?.characters.first)).length < 0.3)
    }
  }
}
