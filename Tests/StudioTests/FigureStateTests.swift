import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("A figure's state on the page")
struct FigureStateTests {
  @Test(
    "Angles are the solved ones, goals and shapes are as in the text, and the base's goals count")
  func state() throws {
    let scene = try OpenedScene(
      standingScene(
        #"{"base": "base.pose.json", "joints": {"leftLowerArm": {"flexion": 40}}, "hands": {"both": "fist", "left": "open"}, "reach": {"rightHand": {"at": [-0.2, 1.3, 0.3], "palm": [0, 0, 1]}}}"#
      ),
      [
        "base.pose.json":
          "{\n  \"base\": \"stand\",\n  \"feet\": \"planted\",\n  \"look\": \"camera\"\n}\n"
      ])
    let state = try #require(FigureState(of: "ana", in: scene.session))
    let flexion = try #require(state.joints[.leftLowerArm]?.first)
    #expect(flexion.name == .flexion && flexion.degrees == 40)
    let right = try #require(state.joints[.rightLowerArm]?.first)
    #expect(abs(right.degrees - (try scene.angle(.flexion, .rightLowerArm))) < 0.01)
    #expect(state.own == [.leftLowerArm])
    #expect(state.hands == [.left: "open", .right: "fist"])
    #expect(
      state.reach[.rightHand]?.line == #"{"at": [-0.2, 1.3, 0.3], "palm": [0, 0, 1]}"#)
    #expect(state.goals["feet"] == .string("planted") && state.goals["look"] == .string("camera"))
    #expect(state.fault == nil)
    #expect(FigureState(of: "ben", in: scene.session) == nil)
  }

  @Test("A figure with a clip, or with a draft pose file, states why it cannot be edited")
  func faults() throws {
    let clip =
      #"{"frameRate": 10, "frames": [{"joints": {}}, {"joints": {"head": {"rotation": 20}}}]}"#
    let moving = try OpenedScene(standingScene(#""turn.clip.json""#), ["turn.clip.json": clip])
    let state = try #require(FigureState(of: "ana", in: moving.session))
    #expect(state.fault?.contains("turn.clip.json") == true)
    let drafted = try OpenedScene(
      standingScene(#""own.pose.json""#), ["own.pose.json": "{\n  \"base\": \"stand\"\n}\n"])
    let own = drafted.runner.folder + "/own.pose.json"
    try drafted.session.make(.text(file: own, "{\"base\": "))
    #expect(FigureState(of: "ana", in: drafted.session)?.fault?.contains("fix the text") == true)
  }

  @Test("The tables have every joint and setting with its allowed values and description")
  func tables() throws {
    let joints = JSONNode(JointTable.value)
    let elbow = try #require(joints.items?.first { $0["name"]?.text == "leftLowerArm" })
    #expect(joints.items?.count == JointName.allCases.count)
    #expect(elbow["words"]?.text == "left elbow" && elbow["parent"]?.text == "leftUpperArm")
    let flexion = try #require(elbow["freedoms"]?.items?.first)
    #expect((flexion["minimum"]?.number ?? 99) <= 0 && (flexion["maximum"]?.number ?? 0) > 120)
    let settings = try #require(JSONNode(SettingTable.value).items)
    #expect(Set(settings.map { $0["key"]?.text }) == Set(MapSettings.table.map(\.key)))
    for row in settings {
      let kind = try #require(row["kind"]?.text)
      let takes = row["choices"] != nil || row["minimum"] != nil || kind == "boolean"
      #expect(takes, "\(row["key"]?.text ?? "")")
    }
  }
}
