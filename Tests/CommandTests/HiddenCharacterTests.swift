import Foundation
import TestSupport
import Testing

/// Text from elsewhere cannot control a terminal or add lines to the output.
@Suite struct HiddenCharacterTests {
  /// Colors, a line that looks like one of posemap's, and marks that reverse a line's direction.
  private static let evil =
    "x\u{1B}[31m\u{7}\nposemap: error: forged\r\t\u{7F}\u{9B}2J\u{85}\u{202E}\u{2066}\u{2028}\u{200F}y"
  private static let shown =
    #"x\u{1b}[31m\u{7}\u{a}posemap: error: forged\u{d}\u{9}\u{7f}\u{9b}2J\u{85}\u{202e}\u{2066}\u{2028}\u{200f}y"#
  private static let quoted: String = {
    let data = try? JSONEncoder().encode([evil])
    return String(String(decoding: data ?? Data(), as: UTF8.self).dropFirst().dropLast())
  }()

  /// Returns the hidden characters of all output except line feeds.
  private static func hidden(_ outcome: CommandRunner.Outcome) -> [Unicode.Scalar] {
    (outcome.output + outcome.errors).unicodeScalars.filter { scalar in
      scalar != "\n"
        && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          || [0x2028, 0x2029, 0x200E, 0x200F, 0x61C].contains(scalar.value)
          || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value))
    }
  }

  private static func lines(_ outcome: CommandRunner.Outcome) -> [Substring] {
    (outcome.errors + outcome.output).split(separator: "\n")
  }

  @Test(arguments: [
    #"{"canvas": [64, 64], \#(quoted): 1, "characters": [{"id": "a", "body": "male"}]}"#,
    #"{"canvas": [64, 64], "characters": [{"id": \#(quoted), "body": "male"}]}"#,
    #"{"canvas": [64, 64], "characters": [{"id": "a", "body": \#(quoted)}]}"#,
    #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "male", "pose": \#(quoted)}]}"#,
    #"{"canvas": [64, 64], "characters": [{"id": "a", "model": \#(quoted)}]}"#,
    #"{"canvas": [64, 64], "profile": \#(quoted), "characters": [{"id": "a", "body": "male"}]}"#,
    #"{"canvas": [64, 64], \#(quoted): 1, \#(quoted): 2}"#,
  ])
  func textFromAFileIsShownSafely(_ text: String) throws {
    let runner = try CommandRunner()
    try runner.write(text, to: "s.json")
    for line in [["render", "s.json"], ["check", "s.json"], ["sheet", "s.json"]] {
      let outcome = try runner.run(line)
      #expect(outcome.code == 65 || outcome.code == 66)
      #expect(Self.hidden(outcome).isEmpty)
      let told = Self.lines(outcome)
      #expect(told.count == 1 && told[0].contains(Self.shown), "\(told)")
    }
    let json = try runner.run("check", "--format", "json", "s.json")
    #expect(Self.hidden(json).isEmpty)
    let list = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    let message = try #require(list?.first?["message"] as? String)
    #expect(message.contains(Self.evil))
    let github = try runner.run("check", "--format", "github", "s.json")
    #expect(Self.hidden(github).isEmpty && Self.lines(github).count == 1)
  }

  @Test(arguments: [
    ["render", evil], ["inspect", evil], ["fmt", evil], ["check", evil], ["textconv", evil],
    ["diff", evil, evil], ["pose", "flatten", evil], ["lift", evil, "-o", "a.pose.json"],
    ["render", "--list", evil], ["body", "install", "--from", evil],
    ["import", evil, "-o", "a.json"],
    ["merge", "s.json", "a=\(evil)", "--base", evil], ["comfyui", "s.json", "--submit", evil],
    ["comfyui", "--settings", "--set", "steps=\(evil)"],
    ["comfyui", "--settings", "--model", evil],
  ])
  func argumentsAreShownSafely(_ arguments: [String]) throws {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "male"}]}"#, to: "s.json")
    let outcome = try runner.run(arguments)
    #expect(outcome.code != 0)
    #expect(Self.hidden(outcome).isEmpty)
    let told = Self.lines(outcome)
    #expect(!told.isEmpty && told.allSatisfy { !$0.hasPrefix("posemap: error: forged") })
    #expect(told.contains { $0.contains(Self.shown) }, "\(told)")
  }

  @Test(arguments: [
    [evil], ["render"] + [evil, "--maps", evil], ["render", "s.json", "--profile", evil],
    ["render", "s.json", "--size=\(evil)"], ["maps", evil, evil],
    ["render", "s.json", "--\(evil)"],
    ["render", "s.json", "--jobs", evil], ["render", "s.json", "--frames=\(evil)"],
    ["schema", evil], ["merge", "s.json", evil], ["check", "s.json", "--format", evil],
    ["glb", "s.json", "-o", evil], ["poses", "--map", evil],
  ])
  func unparsableArgumentsAreShownSafely(_ arguments: [String]) throws {
    let outcome = try CommandRunner().run(arguments)
    #expect(outcome.code == 64)
    #expect(Self.hidden(outcome).isEmpty)
    let told = Self.lines(outcome)
    #expect(told[0].hasPrefix("Error: ") && told[0].contains(Self.shown), "\(told)")
    #expect(told.dropFirst().allSatisfy { !$0.hasPrefix("posemap: ") })
    #expect(told.contains { $0.hasPrefix("Usage: ") } && told.last?.contains("See '") == true)
  }

  @Test func textFromAModelIsShownSafely() throws {
    let runner = try CommandRunner()
    try runner.write(
      try MovingModel.gltf(lasting: 1, head: "Head " + Self.evil, generator: Self.evil),
      to: "a.gltf")
    let report = try runner.run("inspect", "a.gltf")
    #expect(report.code == 0 && Self.hidden(report).isEmpty, "\(report.errors)")
    #expect(report.output.contains("head = Head \(Self.shown)\n"))
    #expect(report.output.hasPrefix("a.gltf: glTF 2.0, by \(Self.shown)\n"))
    let json = try runner.run("inspect", "--json", "a.gltf")
    #expect(Self.hidden(json).isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["bones"] as? [String: String])?["head"] == "Head " + Self.evil)
    #expect(object?["generator"] as? String == Self.evil)
    try runner.write(
      try MovingModel.gltf(lasting: 1, uri: Self.evil + ".bin"), to: "b.gltf")
    let broken = try runner.run("inspect", "b.gltf")
    #expect(broken.code == 65 && Self.hidden(broken).isEmpty)
    #expect(Self.lines(broken).count == 1, "\(broken.errors)")
  }

  @Test func namesOfWrittenFilesAreShownSafely() throws {
    let runner = try CommandRunner()
    try runner.write(try MovingModel.gltf(lasting: 1), to: "a.gltf")
    let name = Self.evil + ".json"
    let outcome = try runner.run("import", "a.gltf", "-o", name)
    #expect(outcome.code == 0 && outcome.output == Self.shown + ".json\n")
    #expect(runner.bytes(name) != nil)
  }
}
