import PoseRig
import SceneFiles
import TestSupport
import Testing

@Suite struct PoseReaderTests {
  private func pose(_ joints: String) -> Pose? {
    Fixture.read(Fixture.scene(character: #""pose": {"joints": {\#(joints)}}"#))?
      .scene?.characters[0].pose
  }

  private func errors(_ files: [String: String]) -> [String] {
    let scene = Fixture.scene(character: #""pose": "a.pose.json""#)
    return Fixture.read(scene, files)?.diagnostics.map(\.description) ?? []
  }

  @Test func anglesEulerAndQuaternionAreEquivalent() throws {
    let named = try #require(pose(#""leftLowerLeg": {"flexion": 90}"#))
    let euler = try #require(pose(#""leftLowerLeg": [90, 0, 0]"#))
    let half = 0.5.squareRoot()
    let quaternion = try #require(
      pose(#""leftLowerLeg": {"quaternion": [\#(half), 0, 0, \#(half)]}"#))
    for other in [euler, quaternion] {
      let product = named[.leftLowerLeg].inverse * other[.leftLowerLeg]
      #expect(product.angle < 1e-6)
    }
  }

  @Test func aBaseIsOverriddenJointByJoint() throws {
    let files = [
      "a.pose.json": #"{"base": "sub/b.pose.json", "joints": {"head": {"rotation": 20}}}"#,
      "sub/b.pose.json": """
      {"translation": [0, 0.5, 0],
       "joints": {"head": {"rotation": -40}, "jaw": {"opening": 10}}}
      """,
    ]
    let scene = Fixture.scene(character: #""pose": "a.pose.json""#)
    let pose = try #require(Fixture.read(scene, files)?.scene?.characters[0].pose)
    #expect(Anatomy.of(.head).degrees(of: pose[.head], side: .middle)[.rotation] ?? 0 > 19.9)
    #expect(pose[.jaw] != .identity)
    #expect(pose.translation.y == 0.5)
  }

  @Test func aCycleOfBasesIsNamed() {
    let found = errors([
      "a.pose.json": #"{"base": "b.pose.json"}"#, "b.pose.json": #"{"base": "./a.pose.json"}"#,
    ])
    #expect(
      found == [
        "b.pose.json:1:10: error: this base leads back to the file itself: a.pose.json → b.pose.json → a.pose.json; break the cycle"
      ])
  }

  @Test func aMissingPoseFileIsReportedWhereItIsNamed() {
    let result = Fixture.read(Fixture.scene(character: #""pose": "gone.pose.json""#))
    #expect(result?.diagnostics.first?.cause == .missingInput)
    #expect(
      result?.diagnostics.map(\.description) == [
        #"scene.json:2:57: error: cannot read pose "gone.pose.json" (gone.pose.json): No such file or directory"#
      ])
    #expect(result?.scene == nil)
  }

  @Test func tagsAndTheViewAreForPeopleButChecked() {
    #expect(errors(["a.pose.json": #"{"tags": ["sit"], "view": [-30, 8], "joints": {}}"#]).isEmpty)
    #expect(
      errors(["a.pose.json": #"{"tags": "sit", "view": [30], "joints": {}}"#]) == [
        #"a.pose.json:1:10: error: "tags" must be a list of strings"#,
        #"a.pose.json:1:25: error: "view" has 1 numbers; 2 are needed: [angle, elevation]"#,
      ])
    #expect(
      errors(["a.pose.json": #"{"view": [30, 90], "joints": {}}"#]) == [
        #"a.pose.json:1:10: error: "view" elevation is 90; allowed is -89 to 89 degrees"#
      ])
  }

  @Test func anglesBeyondAJointsLimitsAreWarnings() {
    func warnings(_ joints: String) -> [String] {
      let scene = Fixture.scene(character: #""pose": {"joints": {\#(joints)}}"#)
      return Fixture.read(scene)?.diagnostics.map { "\($0.severity): \($0.message)" } ?? []
    }
    #expect(
      warnings(#""leftLowerArm": {"flexion": 200}"#) == [
        "warning: leftLowerArm flexion is 200°; this joint goes from -10° to 155°"
      ])
    #expect(
      warnings(#""leftLowerLeg": [-90, 0, 0]"#) == [
        "warning: leftLowerLeg turns farther than this joint goes: flexion -90°"
      ])
    #expect(warnings(#""leftUpperArm": [0, 0, 80]"#).isEmpty)
    #expect(warnings(#""leftLowerArm": {"flexion": 140}"#).isEmpty)
  }

  @Test func aQuaternionMustBeARotation() {
    let scene = Fixture.scene(
      character: #""pose": {"joints": {"head": {"quaternion": [0, 0, 0, 0.5]}}}"#)
    #expect(
      Fixture.read(scene)?.diagnostics.map(\.description) == [
        "scene.json:2:92: error: a rotation's quaternion has length 1; this one has 0.5"
      ])
  }
}
