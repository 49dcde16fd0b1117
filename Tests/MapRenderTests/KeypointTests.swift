import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

private func keypoints(_ angle: Double, character: String = "") throws -> PersonKeypoints {
  try keypoints(camera: #""frame": "all", "angle": \#(angle)"#, character: character)
}

private func keypoints(camera: String, character: String = "") throws -> PersonKeypoints {
  let keys = #""camera": {\#(camera)}"#
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

  @Test func thePolicyDeterminesHowHiddenPointsAreDrawn() throws {
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
    let points = try keypoints(
      camera: #""position": [0, 1.5, 1], "target": [0, 1.5, 0], "fovY": 30"#)
    #expect(points.body[0].visibility == .visible)
    #expect(points.body[10].visibility == .absent)
    #expect(DetectorPolicy.drawn(points).leftHand == nil)
  }

  private static let handBehind = """
    "pose": {"joints": {"leftUpperArm": {"flexion": -40, "rotation": 35}, "leftLowerArm": {"flexion": 60}}}
    """

  /// A detector marks a hand completely or not at all: no fan of fingers appears on a chest that
  /// hides it.
  @Test func aHandBehindTheTrunkIsLeftOutAndTheArmIsNot() throws {
    let points = try keypoints(0, character: Self.handBehind)
    #expect(points.leftHandSeen == 0 && points.rightHandSeen == 1)
    let drawn = DetectorPolicy.drawn(points)
    #expect(drawn.leftHand == nil && drawn.body[7] != nil && drawn.rightHand?.count == 21)
    #expect(DetectorPolicy.drawn(points, occluded: .faceOnly).leftHand?.count == 21)
    #expect(DetectorPolicy.drawn(points, occluded: .draw).leftHand?.count == 21)
    #expect(DetectorPolicy.drawn(points, occluded: .drop).leftHand == nil)
    // From behind, it is plainly visible.
    #expect(DetectorPolicy.drawn(try keypoints(180, character: Self.handBehind)).leftHand != nil)
  }

  @Test func aHandIsDrawnIfSixTenthsOfItsPointsAreVisible() throws {
    var points = try keypoints(0)
    for (seen, isDrawn) in [(0.0, false), (12.0 / 21, false), (13.0 / 21, true), (1, true)] {
      points.rightHandSeen = seen
      #expect((DetectorPolicy.drawn(points).rightHand != nil) == isDrawn, "\(seen)")
    }
  }

  @Test func aHandCutByTheFrameIsDrawnIfMostOfItIsLeft() throws {
    var drawn: Set<Bool> = []
    for target in stride(from: 0.3, through: 0.7, by: 0.02) {
      let points = try keypoints(
        camera: #""position": [\#(target), 1.4, 1.5], "target": [\#(target), 1.4, 0], "fovY": 20"#
      )
      let left = points.leftHand.count { $0.visibility != .absent }
      guard points.leftHand[0].visibility != .absent, left < 21 else { continue }
      let hand = DetectorPolicy.drawn(points).leftHand
      #expect((hand != nil) == (points.leftHandSeen >= DetectorPolicy.leastOfHand))
      if hand != nil { #expect(left >= 13, "\(target)") }
      drawn.insert(hand != nil)
    }
    #expect(drawn == [false, true])
  }

  @Test func explicitlyShownPointsNeedNoDetector() throws {
    let points = try keypoints(
      camera: #""position": [0, 1.6, 0.8], "target": [0.135, 1.6, 0], "fovY": 20"#,
      character: #""keypoints": {"show": ["face"]}"#)
    let inPicture = points.face.count { $0.visibility != .absent }
    #expect(0 < inPicture && inPicture < 35)
    let drawn = DetectorPolicy.drawn(points).face ?? []
    #expect(drawn.count { $0 != nil } == inPicture)
  }

  /// The midpoint with a point that is nowhere would be halfway to the picture's corner.
  @Test func thereIsNoMidpointWithAPointThatIsNowhere() throws {
    let points = try keypoints(
      0, character: #""keypoints": {"hide": ["leftShoulder", "leftBigToe"]}"#)
    let gone = points.body[5]
    let neck = Keypoint(between: gone, points.body[2])
    #expect(neck.depth == 0 && neck.position == .zero && neck.visibility == .absent)
  }

  /// A fist hides its own fingers, but is still a hand.
  @Test func fingersInFrontOfFingersHideNoHand() throws {
    let fist = ["Index", "Middle", "Ring", "Little"].flatMap { finger in
      ["Proximal", "Intermediate", "Distal"].map { #""left\#(finger)\#($0)": {"flexion": 80}"# }
    }.joined(separator: ", ")
    for angle in [0.0, 60, 90, 120] {
      let pose = #""pose": {"joints": {"leftUpperArm": {"flexion": 80}, \#(fist)}}"#
      #expect(try keypoints(angle, character: pose).leftHandSeen > 0.85, "\(angle)")
    }
  }

  @Test func aHandWithoutAllItsFingersIsLeftOut() throws {
    var points = try keypoints(0)
    points.leftHand[8] = Keypoint(position: .zero, depth: 0, visibility: .absent)
    for policy in OccludedPolicy.allCases {
      #expect(DetectorPolicy.drawn(points, occluded: policy).leftHand == nil)
    }
  }

  @Test func keypointsAreHiddenAndShownExplicitly() throws {
    let choice = """
      \(Self.handBehind), "keypoints": {"hide": ["rightHand", "rightWrist", "face", "leftFoot"], "show": ["leftHand", "leftElbow"]}
      """
    let points = try keypoints(0, character: choice)
    let drawn = DetectorPolicy.drawn(points, occluded: .drop)
    #expect(drawn.rightHand == nil && drawn.body[4] == nil && drawn.face == nil)
    #expect(drawn.leftHand?.allSatisfy { $0 != nil } == true && drawn.body[6] != nil)
    #expect(points.rightHand.allSatisfy { $0.visibility == .absent && $0.depth == 0 })
    #expect(drawn.feet.prefix(3).allSatisfy { $0 == nil } && drawn.feet[3] != nil)
    // The other points are unchanged.
    #expect(drawn.body[3] != nil && drawn.body[0] != nil)
  }
}

@Suite struct KeypointChoiceTests {
  private func messages(_ keypoints: String) -> [String] {
    let found = Fixture.read(Fixture.scene(character: #""keypoints": \#(keypoints)"#))
    return found?.diagnostics.map(\.message) ?? []
  }

  @Test(arguments: [
    (
      #"{"hide": ["leftWrst"]}"#,
      #"unknown keypoint "leftWrst" in "hide"; did you mean "leftWrist"?"#
    ),
    (#"{"hid": []}"#, #"did you mean "hide"?"#),
    (#"{"show": "face"}"#, "must be a list of keypoints"),
    (
      #"{"hide": ["leftArm"], "show": ["leftElbow"]}"#,
      #""leftElbow" in "show" is in "hide" as well"#
    ),
    ("[]", "must be an object"),
  ])
  func mistakesAreReported(_ keypoints: String, _ sentence: String) {
    let found = messages(keypoints)
    #expect(found.count == 1 && found[0].contains(sentence), "\(found)")
  }

  @Test func everyNameHasAMeaning() {
    for name in KeypointSet.names { #expect(KeypointSet(named: name)?.isEmpty == false) }
    let body = KeypointSet.names.prefix(18).compactMap { KeypointSet(named: $0)?.body.first }
    #expect(body == Array(0..<18))
  }
}
