import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// Gestures and other goals in the frames of clips, and over them.
@Suite struct ClipGoalTests {
  private func sequence(
    _ pose: String, frames: String = "", rate: Double = 2, last: Int = 2, others: String = ""
  ) throws -> SceneSequence {
    let scene = """
      {"canvas": [256, 256], "characters": [{"id": "a", "body": "female", "pose": \(pose)}\(others)]}
      """
    let clip = "{\"frameRate\": 2, \"frames\": [\(frames)]}"
    let loader = Fixture.libraryLoader(["scene.json": scene, "own.clip.json": clip])
    let reading = try SceneReader.read("scene.json", loader: loader).get()
    #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
    var findings: [Finding] = []
    let read = try #require(reading.scene)
    let made = SceneSequence(read, frames: 0...last, rate: rate, findings: &findings)
    #expect(findings.isEmpty, "\(findings)")
    return try #require(made)
  }

  /// The rotations of the right arm.
  private func arm(_ posed: PosedScene?) throws -> [Quaternion] {
    let character = try #require(posed?.characters.first)
    return [.rightUpperArm, .rightLowerArm, .rightHand].map(character.rotation)
  }

  private func angle(_ one: [Quaternion], _ other: [Quaternion]) -> Double {
    zip(one, other).map { ($0.inverse * $1).angle }.max() ?? 0
  }

  @Test("A frame's gesture is that of a still, and only that frame's")
  func frame() throws {
    let made = try sequence(
      #""own.clip.json""#,
      frames: #"{"base": "stand"}, {"base": "stand", "gesture": "salute"}, {"base": "stand"}"#)
    let still = Fixture.solved(
      characters: #"{"id": "a", "body": "female", "pose": {"base": "stand", "gesture": "salute"}}"#)
    let stand = Fixture.solved(characters: #"{"id": "a", "body": "female", "pose": "stand"}"#)
    #expect(angle(try arm(made.posed(1)), try arm(still.scene)) < 1e-3)
    #expect(angle(try arm(made.posed(0)), try arm(stand.scene)) < 1e-6)
    #expect(angle(try arm(made.posed(2)), try arm(stand.scene)) < 1e-6)
  }

  @Test("Between two frames an arm is between what the body makes of both")
  func between() throws {
    let frames = #"{"base": "stand"}, {"base": "stand", "gesture": "salute"}"#
    let made = try sequence(#""own.clip.json""#, frames: frames, rate: 8, last: 4)
    let (start, end) = (try arm(made.posed(0)), try arm(made.posed(4)))
    for frame in 1...3 {
      let now = try arm(made.posed(frame))
      let wanted = zip(start, end).map { $0.mixed(with: $1, share: Double(frame) / 4) }
      #expect(angle(now, wanted) < 1e-6, "\(frame)")
    }
    // A still of such a moment is the same.
    let still = Fixture.libraryLoader([
      "own.clip.json": "{\"frameRate\": 2, \"frames\": [\(frames)]}",
      "scene.json": #"""
      {"canvas": [256, 256], "characters": [{"id": "a", "body": "female", "pose": {"file": "own.clip.json", "time": 0.25}}]}
      """#,
    ])
    let scene = try #require(try SceneReader.read("scene.json", loader: still).get().scene)
    #expect(angle(try arm(SceneSolver.solve(scene)), try arm(made.posed(2))) < 1e-3)
  }

  @Test("A moment's gesture is laid over every frame, whatever its arm did")
  func over() throws {
    let made = try sequence(
      #"{"file": "own.clip.json", "gesture": {"right": "point", "at": "camera"}}"#,
      frames: #"{"base": "walk-contact"}, {"base": "walk-contact", "mirror": true}"#, rate: 4)
    for frame in 0...2 {
      let posed = try #require(made.posed(frame))
      let character = try #require(posed.characters.first)
      let finger = try #require(character.landmark(.tip(.index, .right)))
      let shoulder = character.position(of: .rightUpperArm)
      let way = (finger - shoulder).normalized ?? .zero
      let wanted = (posed.camera.position - shoulder).normalized ?? .zero
      #expect(way.dot(wanted) > 0.98, "\(frame)")
    }
    let legs = [JointName.leftUpperLeg, .rightUpperLeg]
    let (first, last) = (made.posed(0)?.characters.first, made.posed(2)?.characters.first)
    for leg in legs {
      let moved =
        try #require(first).rotation(of: leg).inverse * (try #require(last).rotation(of: leg))
      #expect(moved.angle > 0.3, "\(leg) still walks")
    }
  }

  @Test("A frame's step is taken in that frame, and on the way there")
  func step() throws {
    let ben = #", {"id": "ben", "body": "male", "pose": "stand", "position": [1.6, 0, 0]}"#
    let reach = #"{"base": "stand", "step": true, "reach": {"leftHand": "ben.rightShoulder"}}"#
    let made = try sequence(
      #""own.clip.json""#, frames: #"{"base": "stand"}, "# + reach, rate: 4, others: ben)
    let positions = try (0...2).map { frame in
      try #require(made.posed(frame)?.characters.first).worldFromModel.translation.x
    }
    #expect(abs(positions[0]) < 1e-9 && positions[2] > 0.5, "\(positions)")
    #expect(abs(positions[1] - positions[2] / 2) < 1e-6, "\(positions)")
  }

  @Test("A goal that is missed in a clip's first frame is said where the clip has it")
  func missed() throws {
    let clip = """
      {"frameRate": 2, "frames": [
      {"base": "stand", "reach": {"leftHand": [0, 1, 3]}}]}
      """
    let scene = """
      {"canvas": [256, 256], "characters": [{"id": "a", "body": "female", "pose": "own.clip.json"}]}
      """
    let loader = Fixture.libraryLoader(["scene.json": scene, "own.clip.json": clip])
    let reading = try SceneReader.read("scene.json", loader: loader).get()
    var findings: [Finding] = []
    let read = try #require(reading.scene)
    _ = SceneSolver.solve(read, findings: &findings)
    let said = reading.source.diagnostics(of: findings, in: read).map(\.description)
    #expect(
      said.contains { $0.hasPrefix("own.clip.json:2:") && $0.contains("leftHand") }, "\(said)")
  }
}
