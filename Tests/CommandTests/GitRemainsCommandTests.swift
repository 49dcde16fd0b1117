import TestSupport
import Testing

@Suite("Commands on files with traces of git")
struct GitRemainsCommandTests {
  private static let pointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:1f\nsize 12\n"
  private static let sentence = "this is a Git LFS pointer, not the file itself; run: git lfs pull"

  @Test(
    "A pointer is reported wherever a file is read: lists, pictures, skeletons, bones, models"
  )
  func pointers() throws {
    let runner = try CommandRunner()
    for name in ["list.txt", "a.png", "b.png", "skeleton.json", "m.glb", "x.bones.json"] {
      try runner.write(Self.pointer, to: name)
    }
    try runner.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "female"}, {"id": "b", "body": "male"}]}"#,
      to: "scene.json")
    for arguments in [
      ["render", "--list", "list.txt", "-o", "out"],
      ["merge", "scene.json", "a=a.png", "--base", "b=b.png"],
      ["lift", "skeleton.json", "-o", "x.pose.json"], ["inspect", "m.glb"],
      ["inspect", "m.glb", "--bones", "x.bones.json"], ["check", "x.bones.json"],
    ] {
      let outcome = try runner.run(arguments)
      #expect(outcome.code == 65 || outcome.code == 66, "\(arguments)")
      #expect((outcome.output + outcome.errors).contains(Self.sentence), "\(arguments)")
    }
    // Git's diff of a pointer is one of its lines.
    #expect(try runner.run("textconv", "m.glb").output == Self.pointer)
  }

  @Test(
    "A list can have a byte order mark and Windows line endings, but not conflict markers")
  func lists() throws {
    let runner = try CommandRunner()
    try runner.write("\u{FEFF}none.scene.json\r\n", to: "list.txt")
    let missing = try runner.run("render", "--list", "list.txt", "-o", "out")
    #expect(missing.errors.contains("none.scene.json: error: cannot read this scene: No such file"))
    try runner.write("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", to: "list.txt")
    let outcome = try runner.run("render", "--list", "list.txt", "-o", "out")
    #expect(
      outcome.errors == "posemap: error: --list list.txt: this merge is not finished: ours (HEAD) "
        + "has line 3, theirs (x) has line 5; run git checkout --ours list.txt, or --theirs (line 2)\n"
    )
  }
}
