import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// The key `"ground"` for a moment of motion, in scene files.
@Suite struct GroundedSceneTests {
  /// A clip file of a walk in which feet slide by 4 cm.
  private static let walk: String = {
    let motion = MadeUpSteps.walk(slide: 0.04)
    return PoseWriter.text(
      of: (0..<motion.frameCount(at: 30)).map { motion.pose(at: Double($0) / 30) }, frameRate: 30)
  }()

  private func read(_ pose: String) -> SceneReader.Result? {
    Fixture.read(
      Fixture.scene(character: "\"pose\": \(pose)"),
      ["walk.clip.json": Self.walk, "stand.pose.json": "{}"])
  }

  @Test func aSceneHoldsFeetForTheBodyThatItNames() throws {
    let free = try #require(read(#"{"file": "walk.clip.json", "time": 1.2}"#)?.scene)
    let held = try #require(
      read(#"{"file": "walk.clip.json", "time": 1.2, "ground": true}"#)?.scene)
    #expect(free.characters[0].motion?.isGrounded == false)
    let motion = try #require(held.characters[0].motion)
    #expect(motion.isGrounded && held.characters[0].pose == motion.pose(at: 1.2))
    let body = Mannequin.female.body
    let before = SoleCourse(try #require(free.characters[0].motion), on: body)
    #expect(before.slide(0, 66...90) > 0.02)
    #expect(SoleCourse(motion, on: body).slide(0, 66...90) < 0.001)
  }

  @Test func goalsStayWhenFeetAreHeld() throws {
    let scene = try #require(
      read(#"{"file": "walk.clip.json", "ground": true, "look": "camera"}"#)?.scene)
    #expect(scene.characters[0].pose.goals.look == .camera)
  }

  @Test func aMotionWithNothingToHoldIsReported() {
    let pose = read(#"{"file": "stand.pose.json", "ground": true}"#)?.diagnostics.map(\.description)
    #expect(
      pose == [
        #"scene.json:2:95: warning: "ground" is for motion, but this is a pose; it does nothing"#
      ])
    let wrong = read(#"{"file": "walk.clip.json", "ground": 1}"#)?.diagnostics
    #expect(wrong?.map(\.code) == [.wrongType])
  }
}
