import Foundation
import TestSupport
import Testing

@testable import SceneFiles

@Suite struct DiagnosticTests {
  private struct Mark: Equatable {
    var code: DiagnosticCode
    var path: String?
  }

  private func marks(_ scene: String) throws -> [Mark] {
    let loader = Fixture.loader([
      "scene.json": scene, "a.pose.json": #"{"reach": {"leftHand": "b.rightHand"}}"#,
    ])
    return try CheckedFile.read("scene.json", loader: loader).get().map {
      Mark(code: $0.code, path: $0.path?.description)
    }
  }

  private func scene(_ character: String) -> String {
    #"{"canvas": [128, 128], "characters": [{"id": "a", "body": "female", \#(character)}]}"#
  }

  @Test(arguments: [
    (
      #""pose": {"joints": {"leftLowerArm": {"flexion": 400}}}"#, DiagnosticCode.outOfRange,
      "characters[0].pose.joints.leftLowerArm.flexion"
    ),
    (
      #""pose": {"joints": {"leftLowerArm": {"flexion": 200}}}"#, .beyondLimits,
      "characters[0].pose.joints.leftLowerArm.flexion"
    ),
    (
      #""pose": {"reach": {"leftHand": "b.rightHand"}}"#, .unknownGoal,
      "characters[0].pose.reach.leftHand"
    ),
    (
      #""pose": {"reach": {"leftHand": {"at": "b.rightHand"}}}"#, .unknownGoal,
      "characters[0].pose.reach.leftHand.at"
    ),
    (
      #""pose": {"reach": {"leftHand": "props.box.top"}}"#, .unknownGoal,
      "characters[0].pose.reach.leftHand"
    ),
    (#""yaw": "90""#, .wrongType, "characters[0].yaw"),
    (#""posse": 1"#, .unknownKey, "characters[0].posse"),
    (#""keypoints": {"hide": ["leftWrst"]}"#, .unknownName, "characters[0].keypoints.hide[0]"),
    (#""position": [0, 1, 0], "ground": false"#, .floats, "characters[0]"),
  ])
  func aFindingHasACodeAndThePathOfItsValue(
    _ character: String, _ code: DiagnosticCode, _ path: String
  ) throws {
    let marks = try marks(scene(character))
    #expect(marks.contains(Mark(code: code, path: path)), "\(marks)")
  }

  /// A goal from a pose file is shown in that file.
  @Test func aGoalIsLocatedInTheFileThatDefinesIt() throws {
    let loader = Fixture.loader([
      "scene.json": scene(#""pose": {"base": "a.pose.json", "joints": {}}"#),
      "a.pose.json": #"{"reach": {"leftHand": "b.rightHand"}}"#,
    ])
    let found = try CheckedFile.read("scene.json", loader: loader).get()
    let unknown = try #require(found.first { $0.code == .unknownGoal })
    #expect(unknown.file == "a.pose.json")
    #expect(unknown.path?.description == "reach.leftHand")
    #expect(unknown.location == TextLocation(line: 1, column: 24))
  }

  /// A hand that reaches for its own body is solved in several rounds.
  @Test func aGoalWithAnUnknownNameIsReportedOnce() throws {
    let marks = try marks(scene(#""pose": {"reach": {"leftHand": "a.rightHnd"}}"#))
    #expect(marks == [Mark(code: .unknownGoal, path: "characters[0].pose.reach.leftHand")])
  }

  @Test func aFileIsReadOnceHoweverOftenItIsNamed() throws {
    let files = [
      "scene.json": #"""
      {"canvas": [128, 128], "characters": [
        {"id": "a", "body": "female", "pose": "p.pose.json"},
        {"id": "b", "body": "male", "pose": {"base": "p.pose.json"}, "position": [1, 0, 0]}]}
      """#,
      "p.pose.json": #"{"joints": {}}"#,
    ]
    var reads: [String] = []
    var loader = Fixture.loader(files)
    let read = loader.read
    loader.read = {
      reads.append($0)
      return read($0)
    }
    _ = try CheckedFile.read("scene.json", loader: loader).get()
    #expect(reads == ["scene.json", "p.pose.json"])
  }
}

@Suite struct DiagnosticCodeTests {
  @Test func everyCodeIsInTheDocumentation() throws {
    let page = try String(contentsOfFile: "docs/findings.md", encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.suffix(
      DiagnosticCode.allCases.count)
    #expect(
      rows.map(String.init)
        == DiagnosticCode.allCases.map { "| `\($0.rawValue)` | \($0.summary) |" })
  }
}
