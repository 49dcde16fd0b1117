import Foundation
import TestSupport
import Testing

/// Lists and checks for scripts and agents.
@Suite struct LibraryListingTests {
  private static let rigs = ["--rigs", CommandRunner.repository + "/Rigs"]

  private func list(_ arguments: String...) throws -> [[String: Any]] {
    let outcome = try CommandRunner().run(arguments + ["--json"] + Self.rigs)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(json as? [[String: Any]])
  }

  @Test("Library lists have JSON for programs, with the same names as for people")
  func lists() throws {
    let poses = try list("poses").map { $0["name"] as? String }
    #expect(poses.contains("stand") && poses.contains("hands/fist"))
    let hands = try list("poses", "--hands").compactMap { $0["name"] as? String }
    #expect(hands.allSatisfy { $0.hasPrefix("hands/") } && hands.count >= 20)
    #expect(try list("poses", "--places").contains { $0["name"] as? String == "lowerBack" })
    #expect(try list("hair").contains { $0["name"] as? String == "bob" })
    let chair = try #require(try list("props", "chair").first)
    #expect(chair["name"] as? String == "chair")
    #expect((chair["places"] as? [String])?.contains("seat") == true)
    let size = try #require(chair["size"] as? [Double])
    #expect(size.count == 3 && size.allSatisfy { (0.3...1.5).contains($0) })
    let dress = try #require(try list("wear", "list", "dress").first)
    #expect((dress["parameters"] as? [String])?.contains("length") == true)
    #expect((dress["summary"] as? String)?.isEmpty == false)
  }

  @Test("A sheet with --json prints nothing but JSON to standard output")
  func sheet() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run(
      ["props", "chair", "--json", "--sheet", "s.png", "--side", "64"] + Self.rigs)
    #expect(outcome.code == 0 && outcome.output.hasPrefix("[") && outcome.output.hasSuffix("]\n"))
    #expect(runner.bytes("s.png") != nil)
  }

  private func checkInput(_ text: String) throws -> CommandRunner.Outcome {
    let runner = try CommandRunner()
    try runner.write(text, to: "text.json")
    try runner.write(#"{"joints": {"head": {"flexion": 10}}}"#, to: "nod.pose.json")
    let rigs = CommandRunner.repository + "/Rigs"
    return try runner.run(
      executable: "/bin/sh",
      ["-c", "'\(CommandRunner.command)' check - --rigs '\(rigs)' < text.json"])
  }

  @Test("check reads a scene from standard input; files that it names are in the working folder")
  func standardInput() throws {
    let right = try checkInput(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "male", "pose": "nod.pose.json"}]}"#
    )
    #expect(right.code == 0 && right.output.isEmpty, "\(right.output)\(right.errors)")
    let wrong = try checkInput(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "male", "pose": "bow.pose.json"}]}"#
    )
    #expect(wrong.code == 66)
    #expect(
      wrong.output
        == #"-:1:73: error: cannot read pose "bow.pose.json" (bow.pose.json): No such file or directory"#
        + "\n")
  }

  @Test("After --, files are compared outside a repository, whatever their names")
  func hyphens() throws {
    let runner = try CommandRunner()
    try runner.write(#"{"joints": {"head": {"flexion": 10}}}"#, to: "-a.pose.json")
    try runner.write(#"{"joints": {"head": {"flexion": 25}}}"#, to: "-b.pose.json")
    let outcome = try runner.run("diff", "--", "-a.pose.json", "-b.pose.json")
    #expect(outcome.code == 0 && outcome.output.contains("flexion 10 → 25"), "\(outcome)")
  }
}
