import PoseRig
import SceneFiles
import TestSupport
import Testing

private func turned(_ angle: Double, _ z: Double = 0) -> Pose {
  var pose = Pose.rest
  pose[.head] = Quaternion(angle: angle, axis: .unitY)
  pose.translation = Vector3(0, 0, z)
  return pose
}

@Suite struct PoseMotionTests {
  @Test func betweenFramesRotationsTakeTheShortWay() {
    let motion = PoseMotion(name: "", poses: [turned(-0.2), turned(0.4, 1)], frameRate: 2)
    #expect(motion.duration == 0.5 && motion.frameCount(at: 4) == 3)
    let middle = motion.pose(at: 0.25)
    #expect((middle[.head].inverse * turned(0.1)[.head]).angle < 1e-9)
    #expect(abs(middle.translation.z - 0.5) < 1e-12)
    #expect(motion.pose(at: -1) == motion.pose(at: 0) && motion.pose(at: 9) == motion.pose(at: 0.5))
  }

  @Test(arguments: [1e6, 1e300, .infinity, .nan])
  func anEndlessMotionHasEndlessFrames(_ duration: Double) {
    let motion = PoseMotion(name: "", duration: duration, frameRate: 30) { _ in .rest }
    #expect(motion.frameCount(at: 30) == (duration == 1e6 ? 30_000_001 : .max))
  }

  @Test func aPoseFileRoundTrips() throws {
    var pose = turned(0.3, 0.12345)
    pose.legLength = 0.8
    pose[.leftHand] = Quaternion(x: 0.1, y: -0.2, z: 0.3, w: -0.9).normalized
    let text = PoseWriter.text(of: pose, name: #"a "pose""#)
    let scene = Fixture.scene(character: #""pose": "a.pose.json""#)
    let read = try #require(
      Fixture.read(scene, ["a.pose.json": text])?.scene?.characters[0].pose)
    #expect(abs(read.translation.z - 0.1235) < 1e-9 && read.legLength == 0.8)
    for joint in JointName.allCases {
      #expect((read[joint].inverse * pose[joint]).angle < 1e-5, "\(joint)")
    }
    // One joint, one line.
    #expect(text.split(separator: "\n").filter { $0.contains("quaternion") }.count == 2)
  }

  @Test func aClipFileMovesACharacter() throws {
    let text = PoseWriter.text(of: [turned(0), turned(1)], frameRate: 4)
    let scene = Fixture.scene(character: #""pose": {"file": "a.clip.json", "time": 0.125}"#)
    let character = try #require(
      Fixture.read(scene, ["a.clip.json": text])?.scene?.characters[0])
    #expect(character.motion?.duration == 0.25 && character.time == 0.125)
    #expect((character.pose[.head].inverse * turned(0.5)[.head]).angle < 1e-5)
  }

  @Test(arguments: [
    (
      #"{"frames": []}"#,
      #"a.clip.json:1:1: error: a clip needs a "frameRate", in frames per second"#
    ),
    (
      #"{"frameRate": 30, "frames": []}"#,
      #"a.clip.json:1:29: error: "frames" must be a list of at least one pose"#
    ),
    (
      #"{"frameRate": 0, "frames": [{}]}"#,
      #"a.clip.json:1:15: error: "frameRate" is 0; it must be 0.01 to 1000 frames per second"#
    ),
    (
      #"{"frameRate": 30, "frames": [{"joints": {"nose": [0, 0, 0]}}]}"#,
      #"a.clip.json:1:42: error: unknown joint "nose" in "joints"; allowed: hips, spine, chest, upperChest, neck, head, jaw, and after left or right: Eye, UpperLeg, LowerLeg, Foot, Toes, Shoulder, UpperArm, LowerArm, Hand, ThumbMetacarpal, ThumbProximal, ThumbDistal, and Index, Middle, Ring or Little with Proximal, Intermediate or Distal"#
    ),
  ])
  func mistakesInAClipAreNamed(_ text: String, _ message: String) {
    let scene = Fixture.scene(character: #""pose": "a.clip.json""#)
    let found = Fixture.read(scene, ["a.clip.json": text])?.diagnostics.map(\.description)
    #expect(found == [message])
  }

  @Test func aWholeClipHasOneFloorAndOneFraming() throws {
    var jump = Pose.rest
    jump.translation = Vector3(0, 0.5, 0)
    let text = PoseWriter.text(of: [.rest, jump], frameRate: 1)
    let scene = try #require(
      Fixture.read(
        Fixture.scene(character: #""pose": "a.clip.json""#), ["a.clip.json": text])?.scene)
    var findings: [Finding] = []
    let sequence = try #require(
      SceneSequence(scene, frames: 0...1, rate: 1, findings: &findings))
    let (first, last) = (try #require(sequence.posed(0)), try #require(sequence.posed(1)))
    func lowest(_ scene: PosedScene) -> Float {
      scene.characters[0].bodySurface.positions.map(\.y).min() ?? -1
    }
    #expect(abs(lowest(first)) < 1e-5 && abs(lowest(last) - 0.5) < 1e-5)
    #expect(first.camera == last.camera)
    // Both are entirely in the picture.
    for posed in [first, last] {
      for position in posed.characters[0].bodySurface.positions {
        let pixel = try #require(posed.camera.project(Vector3(position))).pixel
        #expect(pixel.y >= 0 && pixel.y <= Double(scene.canvas.height))
      }
    }
  }
}
