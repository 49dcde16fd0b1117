import Foundation
import TestSupport
import Testing

/// Git's own commands, with posemap as the driver of their merges.
@Suite("Merging in git")
struct MergeDriverTests {
  private let both = ArmPose.text(upper: #"{"flexion": 45}"#, lower: #"{"flexion": 80}"#)
  private let upper = ArmPose.text(upper: #"{"flexion": 45}"#)
  private let lower = ArmPose.text(lower: #"{"flexion": 80}"#)

  @Test("The documented branches merge, except for one number, which is a conflict")
  func branches() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run(
      executable: CommandRunner.repository + "/Tests/git/branches.sh",
      [CommandRunner.command, runner.folder])
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(
      outcome.output.contains(
        "wave.pose.json: conflict: left elbow flexion 60 (ours) or 95 (theirs), was 80"))
  }

  @Test("merge, cherry-pick and stash pop join lines that touch")
  func joins() throws {
    for way in ["merge", "cherry-pick", "stash"] {
      let made = try MergeRepository()
      try made.branch(base: ArmPose.text(), ours: upper, theirs: lower)
      switch way {
      case "merge": try made.git("merge", "-q", "--no-edit", "theirs")
      case "cherry-pick": try made.git("cherry-pick", "theirs")
      default:
        try made.write(both, "a.pose.json")
        try made.git("stash", "-q")
        try made.commit(ArmPose.text(upper: #"{"flexion": 45}"#, right: #"{"flexion": 15}"#))
        try made.git("stash", "pop")
      }
      let expected =
        way == "stash"
        ? ArmPose.text(
          upper: #"{"flexion": 45}"#, lower: #"{"flexion": 80}"#, right: #"{"flexion": 15}"#) : both
      #expect(made.text("a.pose.json") == expected, "\(way)")
      if way != "stash" { #expect(try made.isClean(), "\(way)") }
    }
  }

  @Test("A rebase of several commits succeeds, and a revert undoes one of them")
  func rebase() throws {
    let made = try MergeRepository()
    try made.commit(ArmPose.text())
    try made.git("checkout", "-q", "-b", "mine")
    try made.commit(ArmPose.text(lower: #"{"flexion": 50}"#))
    try made.commit(ArmPose.text(lower: #"{"flexion": 80}"#))
    try made.commit(ArmPose.text(lower: #"{"flexion": 80, "rotation": 5}"#))
    try made.git("checkout", "-q", "main")
    try made.commit(upper)
    try made.git("checkout", "-q", "mine")
    try made.git("rebase", "main")
    #expect(try made.isClean())
    #expect(try made.git("rev-list", "--count", "main..mine").output == "3\n")
    let whole = ArmPose.text(
      upper: #"{"flexion": 45}"#, lower: #"{"flexion": 80, "rotation": 5}"#)
    #expect(made.text("a.pose.json") == whole)
    try made.git("revert", "--no-edit", "main")
    #expect(
      made.text("a.pose.json") == ArmPose.text(lower: #"{"flexion": 80, "rotation": 5}"#))
    #expect(try made.isClean())
  }

  @Test("Worktrees and submodules merge like the main folder")
  func elsewhere() throws {
    let made = try MergeRepository()
    try made.branch(base: ArmPose.text(), ours: upper, theirs: lower)
    try made.git("worktree", "add", "-q", "tree", "-b", "second")
    try made.git("-C", "tree", "merge", "-q", "--no-edit", "theirs")
    #expect(made.text("tree/a.pose.json") == both)

    let outer = try MergeRepository()
    try outer.commit("x\n", "readme")
    try outer.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", made.runner.folder, "sub")
    let driver = try made.git("config", "merge.posemap.driver").output
    try outer.git("-C", "sub", "config", "merge.posemap.driver", String(driver.dropLast()))
    try outer.write("*.json merge=posemap\n", ".git/modules/sub/info/attributes")
    try outer.git("-C", "sub", "merge", "-q", "--no-edit", "origin/theirs")
    #expect(outer.text("sub/a.pose.json") == both)
  }

  @Test("A conflict has git's markers around only its own line, in each style and size")
  func styles() throws {
    let made = try MergeRepository()
    try made.branch(
      base: ArmPose.text(), ours: ArmPose.text(lower: #"{"flexion": 40}"#),
      theirs: ArmPose.text(upper: #"{"flexion": 25}"#, lower: #"{"flexion": 55}"#))
    let sentence = "a.pose.json: conflict: left elbow flexion 40 (ours) or 55 (theirs), was 30"
    for style in ["merge", "diff3", "zdiff3"] {
      try made.git("config", "merge.conflictStyle", style)
      let outcome = try made.git("merge", "--no-edit", "theirs", code: 1)
      #expect(outcome.errors.contains(sentence))
      let base =
        style == "merge" ? "" : "||||||| base\n    \"leftLowerArm\": {\"flexion\": 30},\n"
      let text = made.text("a.pose.json")
      let marked = text.replacing(#/(<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|) .*/#) {
        "\($0.1) \(Self.words["\($0.1)"]!)"
      }
      #expect(
        marked == """
          {
            "joints": {
              "leftUpperArm": {"flexion": 25},
          <<<<<<< ours
              "leftLowerArm": {"flexion": 40},
          \(base)=======
              "leftLowerArm": {"flexion": 55},
          >>>>>>> theirs

              "rightUpperArm": {"flexion": 10}
            }
          }

          """)
      try made.git("merge", "--abort")
    }
    try made.write("*.json merge=posemap conflict-marker-size=12\n", ".git/info/attributes")
    try made.git("merge", "--no-edit", "theirs", code: 1)
    #expect(made.text("a.pose.json").contains("\n<<<<<<<<<<<< "))
  }

  private static let words = ["<<<<<<<": "ours", "|||||||": "base", ">>>>>>>": "theirs"]

  @Test("A file that both sides added is merged without a base")
  func added() throws {
    let made = try MergeRepository()
    try made.branch(
      base: nil, ours: ArmPose.text(lower: #"{"flexion": 40}"#),
      theirs: ArmPose.text(lower: #"{"flexion": 55}"#))
    let outcome = try made.git("merge", "--no-edit", "theirs", code: 1)
    #expect(outcome.errors.contains("left elbow flexion 40 (ours) or 55 (theirs)\n"))
    #expect(made.text("a.pose.json").components(separatedBy: "<<<<<<<").count == 2)
  }

  @Test("Files that are not JSON are merged line by line as in git, and reported once")
  func fallback() throws {
    for (name, start) in [
      ("broken", "{\"joints\": {,\n"), ("twice", "{\"name\": \"a\", \"name\": \"b\"}\n"),
      ("pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n"),
    ] {
      let made = try MergeRepository()
      let lines = "one\n2\n3\n4\n5\n"
      try made.branch(
        base: start + lines, ours: start + lines.replacing("one", with: "ours"),
        theirs: start + lines.replacing("5", with: "theirs"))
      let outcome = try made.git("merge", "-q", "--no-edit", "theirs")
      #expect(made.text("a.pose.json") == start + "ours\n2\n3\n4\ntheirs\n", "\(name)")
      #expect(outcome.errors.components(separatedBy: "merged line by line").count == 2)
      #expect(try made.isClean())
    }
  }

  @Test("A merge with several common ancestors succeeds")
  func crissCross() throws {
    let made = try MergeRepository()
    try made.branch(base: ArmPose.text(), ours: upper, theirs: lower)
    try made.git("branch", "first", "ours")
    try made.git("merge", "-q", "--no-edit", "theirs")
    try made.commit(
      ArmPose.text(
        upper: #"{"flexion": 45}"#, lower: #"{"flexion": 80}"#, right: #"{"flexion": 15}"#))
    try made.git("checkout", "-q", "theirs")
    try made.git("merge", "-q", "--no-edit", "first")
    try made.commit(ArmPose.text(upper: #"{"flexion": 50}"#, lower: #"{"flexion": 80}"#))
    try made.git("merge", "-q", "--no-edit", "ours")
    #expect(
      made.text("a.pose.json")
        == ArmPose.text(
          upper: #"{"flexion": 50}"#, lower: #"{"flexion": 80}"#, right: #"{"flexion": 15}"#))
  }

  @Test("Only a value that two merges decided differently is a conflict")
  func undecided() throws {
    let made = try MergeRepository()
    func pose(_ elbow: Int, _ wrist: Int, _ right: Int) -> String {
      ArmPose.text(
        upper: "{\"flexion\": \(wrist)}", lower: "{\"flexion\": \(elbow)}",
        right: "{\"flexion\": \(right)}")
    }
    try made.branch(base: pose(30, 20, 10), ours: pose(40, 20, 10), theirs: pose(55, 20, 10))
    try made.git("branch", "first", "ours")
    for (branch, other, text) in [
      ("ours", "theirs", pose(40, 21, 10)), ("theirs", "first", pose(55, 20, 11)),
    ] {
      try made.git("checkout", "-q", branch)
      try made.git("merge", "--no-edit", other, code: 1)
      try made.commit(text)
    }
    let outcome = try made.git("merge", "--no-edit", "ours", code: 1)
    #expect(
      outcome.errors.contains("left elbow flexion 55 (ours) or 40 (theirs), was \"undecided\""))
    #expect(
      made.text("a.pose.json").components(separatedBy: "<<<<<<<").count == 2
        && made.text("a.pose.json").contains("\"leftUpperArm\": {\"flexion\": 21}")
        && made.text("a.pose.json").contains("\"rightUpperArm\": {\"flexion\": 11}"))
  }

  @Test("Bodies are checked: a merge that fits as text but not in space is reported once, by name")
  func bodies() throws {
    let made = try MergeRepository()
    func scene(_ ana: Double, _ ben: Double) -> String {
      """
      {
        "canvas": [512, 512],
        "characters": [
          {
            "id": "ana",
            "body": "female",
            "pose": {"joints": {"leftUpperArm": {}, "rightUpperArm": {}}},
            "position": [\(ana), 0, 0]
          },
          {
            "id": "ben",
            "body": "male",
            "pose": {"joints": {"leftUpperArm": {}, "rightUpperArm": {}}},
            "position": [\(ben), 0, 0]
          }
        ]
      }

      """
    }
    try made.branch(
      base: scene(-0.5, 0.5), ours: scene(-0.1, 0.5), theirs: scene(-0.5, 0.1), "scene.json")
    let outcome = try made.git("merge", "-q", "--no-edit", "theirs")
    let said = outcome.errors.split(separator: "\n").filter { $0.contains("merged, but") }
    #expect(said.count == 1)
    #expect(
      said.first?.hasPrefix("scene.json: note: merged, but ana and ben now run into each other, ")
        == true, "\(outcome.errors)")
  }
}
