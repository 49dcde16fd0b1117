import Foundation
import TestSupport
import Testing

@Suite("Deciding conflicts")
struct MergeToolTests {
  /// A repository in the middle of a merge with two conflicts.
  private func conflicted() throws -> MergeRepository {
    let made = try MergeRepository()
    try made.branch(
      base: ArmPose.text(),
      ours: ArmPose.text(lower: #"{"flexion": 40}"#, right: #"{"flexion": 1}"#),
      theirs: ArmPose.text(lower: #"{"flexion": 55}"#, right: #"{"flexion": 2}"#))
    try made.git("merge", "--no-edit", "theirs", code: 1)
    return made
  }

  private func decide(
    _ made: MergeRepository, _ answers: String, _ arguments: String = "--no-draw"
  ) throws -> CommandRunner.Outcome {
    try made.write(answers, ".stdin")
    return try made.runner.run(
      executable: "/bin/sh",
      ["-c", "'\(CommandRunner.command)' mergetool \(arguments) < .stdin"])
  }

  @Test("Each conflict is decided by a key or an intermediate number, and staged if requested")
  func decided() throws {
    let made = try conflicted()
    let outcome = try decide(made, "x\n70\n48\nt\ny\n")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      outcome.errors.contains(
        "a.pose.json: 1 of 2: left elbow flexion 40 (ours) or 55 (theirs), was 30\n"
          + "  [o]urs, [t]heirs, [b]ase, or a number from 30 to 55:   \"x\" is none of these\n"))
    #expect(outcome.output == "a.pose.json: 2 conflicts decided\n")
    #expect(
      made.text("a.pose.json")
        == ArmPose.text(lower: #"{"flexion": 48}"#, right: #"{"flexion": 2}"#))
    #expect(try made.git("ls-files", "--unmerged").output.isEmpty)
  }

  @Test("Without a yes nothing is staged, and without all decisions nothing is written")
  func undecided() throws {
    let made = try conflicted()
    let before = made.text("a.pose.json")
    let short = try decide(made, "o\n")
    #expect(short.code == 66)
    #expect(
      short.errors.hasSuffix(
        "a.pose.json: error: the answers end before the conflicts do; nothing was written\n"))
    #expect(made.text("a.pose.json") == before)
    #expect(try decide(made, "o\nb\n", "--no-draw --no-stage a.pose.json").code == 0)
    #expect(
      made.text("a.pose.json")
        == ArmPose.text(lower: #"{"flexion": 40}"#, right: #"{"flexion": 10}"#))
    #expect(!(try made.git("ls-files", "--unmerged").output.isEmpty))
    let again = try decide(made, "o\nb\n")
    #expect(again.code == 1)
    #expect(again.errors.contains("it has no conflict markers, so it seems to be decided"))
  }

  @Test("Base, ours and theirs are drawn into a picture whose name is printed")
  func picture() throws {
    let made = try conflicted()
    let outcome = try decide(made, "o\nt\n", "--stage")
    let file = "\(made.runner.folder)/.git/posemap/a.pose.json.png"
    #expect(outcome.output.contains("a.pose.json: base, ours, theirs: \(file)\n"))
    #expect(FileManager.default.fileExists(atPath: file))
    let none = try decide(made, "")
    #expect(none.errors == "posemap: note: there are no files with conflicts here\n")
    #expect(none.code == 0)
  }

  @Test("A file that one side deleted is left to git, as one sentence says")
  func deleted() throws {
    let made = try MergeRepository()
    try made.commit(ArmPose.text())
    try made.git("checkout", "-q", "-b", "theirs")
    try made.git("rm", "-q", "a.pose.json")
    try made.git("commit", "-q", "-m", "Gone")
    try made.git("checkout", "-q", "main")
    try made.commit(ArmPose.text(lower: #"{"flexion": 40}"#))
    try made.git("merge", "--no-edit", "theirs", code: 1)
    let outcome = try decide(made, "")
    #expect(outcome.code == 1)
    #expect(
      outcome.errors
        == "a.pose.json: note: they deleted it and we changed it; git add keeps it, git rm removes it\n"
    )
  }
}
