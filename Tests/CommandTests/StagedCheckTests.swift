import Foundation
import TestSupport
import Testing

@Suite("posemap git check")
struct StagedCheckTests {
  private static let good = "{\n  \"joints\": {}\n}\n"
  private static let bad = "{\n  \"joints\": {\n    \"leftElbow\": [0, 0, 0]\n  }\n}\n"

  @Test("Staged content is checked, whatever is in the work tree, even with odd names")
  func staged() throws {
    let repository = try SetupRepository()
    let names = ["a b.pose.json", "it's \"Größe\"\n.pose.json", "-x.pose.json", "[a]*.pose.json"]
    for name in names { try repository.write(Self.good, to: name) }
    try repository.git("add", "-A")
    for name in names { try repository.write(Self.bad, to: name) }
    let fine = try repository.posemap("git", "check")
    #expect(fine.code == 0 && fine.output.isEmpty, "\(fine.output)")
    try repository.git("commit", "-q", "-m", "x")
    try repository.git("add", "-A")
    for name in names { try repository.write(Self.good, to: name) }
    let wrong = try repository.posemap("git", "check")
    #expect(wrong.code == 65)
    #expect(wrong.output.split(separator: "\n").count == names.count)
    #expect(wrong.output.contains("it's \"Größe\"\\u{a}.pose.json:3:5: error: unknown joint"))
    // Unstaged files, and files staged for deletion, play no part.
    try repository.git("rm", "-q", "-f", "--cached", "-r", ".")
    #expect(try repository.posemap("git", "check").code == 0)
  }

  @Test("An unformatted file is named with the command to run; Windows line endings are accepted")
  func layout() throws {
    let repository = try SetupRepository()
    try repository.write("{\"joints\": {}}", to: "sub/a b.pose.json")
    try repository.write(Self.good.replacing("\n", with: "\r\n"), to: "b.pose.json")
    try repository.write("{\"joints\": {}}", to: "other.json")
    try FileManager.default.createSymbolicLink(
      atPath: repository.folder + "/c.pose.json", withDestinationPath: "sub/a b.pose.json")
    try repository.git("add", "-A")
    let outcome = try repository.posemap("git", "check")
    #expect(outcome.code == 65)
    #expect(
      outcome.output == "sub/a b.pose.json: error: it is not formatted; run: "
        + "posemap fmt 'sub/a b.pose.json' && git add 'sub/a b.pose.json'\n")
  }

  @Test("A scene is read with its staged poses; a forgotten one is named")
  func references() throws {
    let repository = try SetupRepository()
    let scene = """
      {
        "canvas": [64, 64],
        "characters": [
          {
            "id": "ana",
            "body": "female",
            "pose": "a.pose.json"
          }
        ]
      }

      """
    try repository.write(scene, to: "sub/scene.json")
    try repository.write(Self.good, to: "sub/a.pose.json")
    try repository.git("add", "sub/scene.json")
    let forgotten = try repository.posemap("git", "check")
    #expect(forgotten.code == 66)
    #expect(
      forgotten.output.contains("it is not staged; run: git add sub/a.pose.json"),
      "\(forgotten.output)")
    try repository.git("add", "-A")
    try repository.write(Self.bad, to: "sub/a.pose.json")
    #expect(try repository.posemap("git", "check").code == 0)
    // Files that git ignores are meant to exist without being committed.
    try repository.git("rm", "-q", "-f", "--cached", "sub/a.pose.json")
    try repository.write(Self.good, to: "sub/a.pose.json")
    try repository.write("*.pose.json\n", to: ".gitignore")
    #expect(try repository.posemap("git", "check").code == 0)
  }

  @Test("A prop's forgotten model is named; it is found from any folder")
  func propModels() throws {
    var repository = try SetupRepository()
    let scene =
      #"{"canvas": [64, 64], "characters": [{"id": "ana", "body": "female"}], "props": [{"id": "sign", "model": "sign.gltf"}]}"#
    try repository.write(scene, to: "sub/scene.json")
    #expect(try repository.posemap("fmt", "sub/scene.json").code == 0)
    try repository.git("add", "-A")
    try repository.write(TriangleModel.gltf(meters: 1), to: "sub/sign.gltf")
    let forgotten = try repository.posemap("git", "check")
    #expect(
      forgotten.output.contains("it is not staged; run: git add sub/sign.gltf"),
      "\(forgotten.output)")
    try repository.git("add", "-A")
    repository.folder += "/sub"
    let found = try repository.posemap("git", "check")
    #expect(found.code == 0, "\(found.output)")
  }

  @Test("An unfinished merge and a Git LFS pointer are reported once")
  func remains() throws {
    let repository = try SetupRepository()
    try repository.write("{\n<<<<<<< a\n=======\n>>>>>>> b\n}\n", to: "a.pose.json")
    try repository.write("version https://git-lfs.github.com/spec/v1\n", to: "b.pose.json")
    try repository.git("add", "-A")
    let outcome = try repository.posemap("git", "check")
    #expect(outcome.code == 65)
    #expect(
      outcome.output.split(separator: "\n") == [
        "a.pose.json:2:1: error: this merge is not finished: ours (a) has nothing here, "
          + "theirs (b) has nothing here; run: posemap mergetool a.pose.json",
        "b.pose.json:1:1: error: this is a Git LFS pointer, not the file itself; run: git lfs pull",
      ])
  }
}
