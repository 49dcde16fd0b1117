import Foundation
import TestSupport
import Testing

@Suite struct LiftCommandTests {
  /// A dancer's skeleton, drawn by posemap itself.
  private func skeleton(_ runner: CommandRunner) throws {
    let drawn = try runner.run(
      "render", CommandRunner.repository + "/Examples/dancer/scene.json", "-o", "out", "--maps",
      "openpose", "-q")
    #expect(drawn.code == 0, "\(drawn.errors)")
  }

  @Test func aSkeletonBecomesAPoseInASceneThatShowsIt() throws {
    let runner = try CommandRunner()
    try skeleton(runner)
    let outcome = try runner.run(
      "lift", "out/dancer/openpose.json", "-o", "guess.pose.json", "--candidates", "3",
      "--write-scene", "guess.scene.json")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("guess.pose.json: median error 0."))
    #expect(outcome.output.contains("guess-3.pose.json"))
    let again = try runner.run(
      "render", "--strict", "guess.scene.json", "-o", "again", "--maps", "openpose", "-q")
    #expect(again.code == 0, "\(again.errors)")
    let (a, b) = (try body(runner, "out/dancer"), try body(runner, "again/person"))
    let near = zip(a, b).filter { abs($0.0 - $1.0) < 6 && abs($0.1 - $1.1) < 6 }.count
    #expect(near >= 14, "\(near) of 18 points within 6 pixels of 1024")
  }

  @Test func detectorsFilesOfTwentyFivePointsAndLowConfidenceAreRead() throws {
    let runner = try CommandRunner()
    try skeleton(runner)
    let points = try body(runner, "out/dancer")
    let order = Array(0...7) + [-1] + Array(8...17) + Array(repeating: -1, count: 6)
    let numbers = order.map { index in
      index < 0 ? "0, 0, 0" : "\(points[index].0), \(points[index].1), 0.62"
    }
    try runner.write(
      #"{"canvas_width": 1024, "canvas_height": 1024, "people": [{"pose_keypoints_2d": [\#(numbers.joined(separator: ", "))]}]}"#,
      to: "25.json")
    let outcome = try runner.run("lift", "25.json", "-o", "g.pose.json")
    #expect(outcome.code == 0 && outcome.output.contains("median error 0."), "\(outcome)")
  }

  /// A detector's points, off by a few pixels: for an arm raised sideways, flexion and rotation are
  /// hardly distinguishable, and the search let both exceed their ranges.
  @Test func candidatesStayWithinTheJointsRanges() throws {
    let runner = try CommandRunner()
    let points = [
      221, 93, 1, 258, 124, 1, 205, 126, 1, 269, 168, 1, 270, 234, 1, 264, 150, 1,
      303, 155, 1, 283, 246, 1, 208, 240, 1, 206, 301, 1, 205, 369, 1, 241, 247, 1,
      270, 361, 1, 266, 458, 1, 231, 99, 1, 199, 75, 1, 0, 0, 0, 220, 82, 1,
    ]
    try runner.write(
      #"{"canvas_width": 512, "canvas_height": 512, "people": [{"pose_keypoints_2d": \#(points)}]}"#,
      to: "s.json")
    let outcome = try runner.run("lift", "s.json", "-o", "g.pose.json", "--candidates", "8")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let files = runner.files("").filter { $0.hasSuffix(".pose.json") }
    #expect(files.count > 2)
    for file in files {
      let checked = try runner.run("check", file, "--format", "json")
      #expect(!checked.output.contains("beyond-limits"), "\(file): \(checked.output)")
    }
  }

  @Test(arguments: [
    (
      "{}",
      #"s.json: error: this is not OpenPose JSON: it has no "people" with "pose_keypoints_2d" each"#
    ),
    (
      #"{"canvas_width": 64, "canvas_height": 64, "people": [{"pose_keypoints_2d": [1, 2, 1]}]}"#,
      "s.json: error: a person needs 17 to 25 body points (COCO's or OpenPose's), six of them found; person 1 has 1 point in \"pose_keypoints_2d\""
    ),
    (
      #"{"canvas_width": 64, "canvas_height": 64, "people": []}"#,
      "s.json: error: there is no person in it"
    ),
  ])
  func filesOtherThanSkeletonsAreReported(_ text: String, _ message: String) throws {
    let runner = try CommandRunner()
    try runner.write(text, to: "s.json")
    let outcome = try runner.run("lift", "s.json", "-o", "g.pose.json")
    #expect(outcome.code == 65)
    #expect(outcome.errorLines == [message])
    #expect(runner.files("") == ["s.json"])
  }

  private func body(_ runner: CommandRunner, _ folder: String) throws -> [(Double, Double)] {
    let data = Data(try #require(runner.bytes("\(folder)/keypoints.json")))
    let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let people = document?["people"] as? [[String: Any]]
    let flat = try #require(people?.first?["body_18"] as? [Double])
    return stride(from: 0, to: flat.count, by: 4).map { (flat[$0], flat[$0 + 1]) }
  }
}
