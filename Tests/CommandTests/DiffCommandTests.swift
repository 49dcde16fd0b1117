import Foundation
import TestSupport
import Testing

/// A repository with a scene of one dancer posed by a file, isolated from the user's settings.
private final class DanceRepository {
  let runner: CommandRunner

  init(_ pose: Int = 20) throws {
    runner = try CommandRunner()
    try git("init", "-q", "-b", "main")
    try write(pose)
    try runner.write(
      #"""
      {"canvas": [96, 128], "characters": [{"id": "ana", "body": "female", "pose": "../poses/größe 'a'.pose.json"}]}
      """#, to: "scenes/dance.scene.json")
    try commit("First <b>pose</b>")
  }

  func write(_ flexion: Int, _ name: String = "größe 'a'") throws {
    let arm = #""leftLowerArm": {"flexion": \#(flexion)}"#
    try runner.write(
      #"{"joints": {"leftUpperArm": {"abduction": 10}, \#(arm)}}"#,
      to: "poses/\(name).pose.json")
  }

  func commit(_ message: String) throws {
    try git("add", "-A")
    try git("commit", "-qm", message)
  }

  private static let environment = [
    "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_AUTHOR_NAME=Ana",
    "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=Ana", "GIT_COMMITTER_EMAIL=a@example.org",
    "GIT_AUTHOR_DATE=2026-03-01T10:00:00Z", "GIT_COMMITTER_DATE=2026-03-01T10:00:00Z",
  ]

  func git(_ arguments: String...) throws {
    let outcome = try runner.run(
      executable: "/usr/bin/env", Self.environment + ["git"] + arguments)
    #expect(outcome.code == 0, "git \(arguments): \(outcome.errors)")
  }

  func posemap(_ arguments: String...) throws -> CommandRunner.Outcome { try run(arguments) }

  func run(_ arguments: [String]) throws -> CommandRunner.Outcome {
    try runner.run(
      executable: "/usr/bin/env", Self.environment + [CommandRunner.command] + arguments)
  }
}

@Suite("posemap diff and log")
struct DiffCommandTests {
  @Test("The work tree, the index and commits are distinguished, and scenes follow their poses")
  func trees() throws {
    let made = try DanceRepository()
    #expect(try made.posemap("diff", "--exit-code").code == 0)
    try made.write(60)
    try made.git("add", "-A")
    try made.write(90)
    let unstaged = try made.posemap("diff", "--exit-code")
    #expect(unstaged.code == 1)
    #expect(unstaged.output.hasPrefix("poses/größe 'a'.pose.json\n"))
    #expect(unstaged.output.contains("  left elbow: flexion 60 → 90°\n"))
    #expect(
      unstaged.output.contains(
        "\nscenes/dance.scene.json  (follows poses/größe 'a'.pose.json)\n  camera follows the characters that it frames"
      ), "\(unstaged.output)")
    #expect(unstaged.output.contains("\n  ana\n    left elbow: flexion 60 → 90°\n"))
    #expect(!unstaged.output.contains("\u{1B}"))
    #expect(try made.posemap("diff", "--staged").output.contains("flexion 20 → 60°"))
    #expect(try made.posemap("diff", "HEAD", "--color", "always").output.contains("\u{1B}[1m"))
    try made.commit("Second")
    let both = try made.posemap("diff", "HEAD~1..HEAD", "--", "poses").output
    #expect(both.contains("flexion 20 → 90°") && both.contains("scenes/dance.scene.json"))
    #expect(try made.posemap("diff", "HEAD^!", "--stat").output.contains(" | 2 changes\n"))
    let first = try made.posemap("diff", "HEAD~1^!").output
    #expect(first.contains("scenes/dance.scene.json  (new)\n  a scene of ana, 96×128\n"))
    let blobs = try made.posemap(
      "diff", "HEAD~1:poses/größe 'a'.pose.json", "poses/größe 'a'.pose.json")
    #expect(blobs.output.hasPrefix("leftLowerArm turned 70°: flexion 20 → 90\n"))
  }

  @Test("A link leads a scene to its pose, and a file that was only renamed is reported")
  func linksAndRenames() throws {
    let made = try DanceRepository()
    try FileManager.default.createSymbolicLink(
      atPath: made.runner.folder + "/linked", withDestinationPath: "poses")
    try made.runner.write(
      #"{"canvas": [96, 128], "characters": [{"id": "eva", "body": "female", "pose": "linked/größe 'a'.pose.json"}]}"#,
      to: "eva.scene.json")
    try made.commit("A link to a folder")
    try made.write(80)
    try made.commit("Bend")
    let bent = try made.posemap("diff", "HEAD~1", "HEAD")
    #expect(
      bent.output.contains("\neva.scene.json  (follows poses/größe 'a'.pose.json)\n"),
      "\(bent.output)\(bent.errors)")
    try made.git("mv", "eva.scene.json", "a.scene.json")
    #expect(
      try made.posemap("diff", "--staged").output == "eva.scene.json → a.scene.json  (renamed)\n")
  }

  @Test("Ambiguous or unknown words, and missing states, are reported in one sentence")
  func mistakes() throws {
    let made = try DanceRepository()
    try made.git("branch", "poses")
    func error(_ arguments: String...) throws -> String {
      let outcome = try made.run(arguments)
      #expect(outcome.code != 0 && outcome.output.isEmpty)
      return outcome.errors
    }
    #expect(
      try error("diff", "poses")
        == "posemap: error: \"poses\" is both a revision and a file; write poses -- for the revision, or -- poses for the file\n"
    )
    #expect(
      try error("diff", "nothing")
        == "posemap: error: \"nothing\" is neither a revision nor a file here; write -- before a file that no longer exists\n"
    )
    #expect(
      try error("diff", "HEAD~9", "--")
        == "posemap: error: there is no revision HEAD~9 in this repository\n")
    #expect(
      try error("diff", "stand", "nonesuch")
        == "posemap: error: \"nonesuch\" is not a library pose, a file or a revision here\n")
    #expect(try error("log", "none.pose.json").hasPrefix("none.pose.json: error: no commit has"))
    #expect(try made.posemap("diff", "poses", "--").code == 0)
    let outside = try CommandRunner()
    let alone = try outside.run("diff", "HEAD")
    #expect(alone.code == 66)
    #expect(
      alone.errors
        == "posemap: error: this folder is not in a git repository; git init creates one\n")
  }

  @Test("JSON, page and sheet contain the changes; text from files is plain text in the page")
  func forms() throws {
    let made = try DanceRepository()
    try made.write(100)
    try made.runner.write(
      #"{"canvas": [96, 128], "prompt": "<img src=x onerror=alert(1)>", "characters": [{"id": "ana", "body": "female", "pose": "../poses/größe 'a'.pose.json"}]}"#,
      to: "scenes/dance.scene.json")
    let outcome = try made.posemap(
      "diff", "--json", "--html", "d.html", "--sheet", "d.png", "scenes")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let files = try #require(json?["files"] as? [[String: Any]])
    #expect(files.map { $0["status"] as? String } == ["changed"])
    let ana = try #require((files[0]["characters"] as? [[String: Any]])?.first)
    #expect(ana["id"] as? String == "ana" && (ana["joints"] as? [Any])?.count == 1)
    let page = String(decoding: made.runner.bytes("d.html") ?? [], as: UTF8.self)
    #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;") && !page.contains("<img src=x"))
    #expect(!page.contains("http://") && !page.contains("https://"))
    #expect(page.contains("src=\"data:image/png;base64,iVBOR"))
    #expect((made.runner.bytes("d.png")?.count ?? 0) > 1000)
  }

  @Test("A history follows a rename, and draws each version")
  func history() throws {
    let made = try DanceRepository()
    try made.git("mv", "poses/größe 'a'.pose.json", "poses/b.pose.json")
    try made.commit("Another name")
    try made.write(70, "b")
    try made.commit("Bend")
    let outcome = try made.posemap("log", "poses/b.pose.json", "--sheet", "log.png")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("2026-03-01  Bend  Ana, ") == true)
    #expect(lines.contains("  left elbow: flexion 20 → 70°"))
    #expect(lines.contains("  renamed from poses/größe 'a'.pose.json"))
    #expect(lines.last == "  a pose")
    #expect((made.runner.bytes("log.png")?.count ?? 0) > 1000)
  }
}
