import PoseRig
import SceneFiles
import TestSupport
import Testing

/// Suggestions for the words that people use.
@Suite struct SuggestionTests {
  private static let poses = [
    "crouch", "dance-disco", "hands-on-hips", "kneel-both", "kneel-one", "look-back", "run-contact",
    "run-flight", "sit-chair", "sit-cross-legged", "sit-floor", "stand", "stroll", "walk-contact",
    "walk-passing", "waving",
  ]
  private static let joints = JointName.allCases.map(\.rawValue)
  private static let characterKeys = [
    "id", "body", "model", "height", "hair", "pose", "position", "yaw", "ground", "wear",
  ]

  @Test(arguments: [
    ("walking", ["walk-passing", "walk-contact"]), ("running", ["run-flight", "run-contact"]),
    ("sitting", ["sit-chair", "sit-floor", "sit-cross-legged"]),
    ("Sits", ["sit-chair", "sit-floor", "sit-cross-legged"]),
    ("kneeling", ["kneel-one", "kneel-both"]), ("dancing", ["dance-disco"]),
    ("standing", ["stand"]), ("wave", ["waving"]),
    ("walk-pasing", ["walk-passing"]),
    ("swimming", []),
  ])
  func posesByTheirVerbs(_ typed: String, _ meant: [String]) {
    #expect(NearestName.suggestions(for: typed, among: Self.poses) == meant)
  }

  @Test(arguments: [
    ("hand_l", ["leftHand"]), ("Hand.R", ["rightHand"]),
    ("elbow", ["leftLowerArm", "rightLowerArm"]),
    ("shoulders", ["leftShoulder", "rightShoulder"]), ("left knee", ["leftLowerLeg"]),
    ("leftElbow", ["leftLowerArm"]), ("rightthigh", ["rightUpperLeg"]),
    ("RIGHT_WRIST", ["rightHand"]),
    ("pelvis", ["hips"]), ("feet", ["leftFoot", "rightFoot"]),
    ("calves", ["leftLowerLeg", "rightLowerLeg"]),
    ("leftLowerArn", ["leftLowerArm"]), ("xyzzy", []),
  ])
  func jointsByTheNamesOfPartsOfTheBody(_ typed: String, _ meant: [String]) {
    #expect(NearestName.suggestions(for: typed, among: Self.joints) == meant)
  }

  @Test(arguments: [
    ("facing", "yaw"), ("rotation", "yaw"), ("scale", "height"), ("size", "height"),
    ("clothes", "wear"), ("possition", "position"),
  ])
  func keysByTheirEverydayNames(_ typed: String, _ meant: String) {
    #expect(NearestName.suggestions(for: typed, among: Self.characterKeys) == [meant])
  }

  @Test(arguments: [
    ("turn", "rotation"), ("twist", "rotation"), ("nod", "flexion"), ("bend", "flexion"),
    ("tilt", "lateralFlexion"), ("lean", "lateralFlexion"),
  ])
  func anglesByWhatAHeadDoes(_ typed: String, _ meant: String) {
    let angles = ["rotation", "flexion", "lateralFlexion", "quaternion"]
    #expect(NearestName.suggestions(for: typed, among: angles) == [meant])
  }

  @Test func atMostThreeAreSuggested() {
    #expect(NearestName.question(for: "aa-", among: ["bbb"]) == nil)
    #expect(NearestName.question(for: "poses", among: ["pose"]) == #"did you mean "pose"?"#)
    #expect(
      NearestName.question(for: "sit", among: ["sit-a", "sit-b"])
        == #"did you mean "sit-a" or "sit-b"?"#)
    #expect(
      NearestName.question(for: "sit", among: ["sit-d", "sit-c", "sit-b", "sit-a"])
        == #"did you mean "sit-a", "sit-b" or "sit-c"?"#)
  }

  @Test func fileNamesAreNotSimilarByTheirEndings() {
    #expect(
      NearestName.suggestions(for: "detail.safetensors", among: ["anime-style.safetensors"]).isEmpty
    )
  }

  @Test func messagesContainSuggestions() {
    func messages(_ members: String) -> [String] {
      (Fixture.read(Fixture.scene(character: members))?.diagnostics ?? []).map(\.message)
    }
    #expect(
      messages(#""pose": {"hands": "fist"}"#) == [
        #""hands" must say which hand: {"both": "fist"}, or left and right"#
      ])
    #expect(
      messages(#""pose": {"joints": {"elbow": [0, 0, 0]}}"#).first?.contains(
        #"did you mean "leftLowerArm" or "rightLowerArm"? allowed: "#) == true)
  }
}
