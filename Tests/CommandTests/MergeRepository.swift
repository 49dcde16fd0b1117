import Foundation
import TestSupport
import Testing

/// A repository in a temporary folder in which git merges JSON files with posemap's driver.
final class MergeRepository {
  let runner: CommandRunner

  init() throws {
    runner = try CommandRunner()
    try git("init", "-q", "-b", "main")
    let driver =
      "'\(CommandRunner.command)' merge-driver --base %O --ours %A --theirs %B --marker-size %L "
      + "--path %P --base-label %S --ours-label %X --theirs-label %Y"
    try git("config", "merge.posemap.driver", driver)
    try write("*.json merge=posemap\n", ".git/info/attributes")
    // The runner writes these beside the repository's folder.
    try write(".std*\n", ".git/info/exclude")
  }

  /// Runs git and requires an exit code.
  @discardableResult
  func git(_ arguments: String..., code: Int32 = 0) throws -> CommandRunner.Outcome {
    let identity = ["AUTHOR", "COMMITTER"].flatMap {
      ["GIT_\($0)_NAME=Ana", "GIT_\($0)_EMAIL=ana@example.org"]
    }
    let outcome = try runner.run(
      executable: "/usr/bin/env",
      ["-u", "GIT_DIR", "HOME=\(runner.folder)", "GIT_CONFIG_GLOBAL=/dev/null"]
        + ["GIT_CONFIG_SYSTEM=/dev/null", "GIT_EDITOR=true"] + identity + ["git"] + arguments)
    #expect(outcome.code == code, "git \(arguments): \(outcome.output)\(outcome.errors)")
    return outcome
  }

  func write(_ text: String, _ name: String) throws { try runner.write(text, to: name) }

  func text(_ name: String) -> String {
    String(decoding: runner.bytes(name) ?? [], as: UTF8.self)
  }

  /// Commits a file's new content, with a modification time years ago: git then trusts the time to
  /// detect changes.
  func commit(_ text: String, _ name: String = "a.pose.json") throws {
    try write(text, name)
    let old = Date(timeIntervalSince1970: 1_500_000_000)
    try FileManager.default.setAttributes(
      [.modificationDate: old], ofItemAtPath: "\(runner.folder)/\(name)")
    try git("add", "-A")
    try git("commit", "-q", "-m", name)
  }

  /// Creates a branch with two people's versions of a file, with ours checked out.
  func branch(
    base: String?, ours: String, theirs: String, _ name: String = "a.pose.json"
  ) throws {
    try commit(base ?? "a file\n", base == nil ? "other" : name)
    try git("checkout", "-q", "-b", "theirs")
    try commit(theirs, name)
    try git("checkout", "-q", "-b", "ours", "main")
    try commit(ours, name)
  }

  /// Whether nothing is left to commit or decide.
  func isClean() throws -> Bool { try git("status", "--porcelain").output.isEmpty }
}

/// Poses of two arms that merge tests change.
enum ArmPose {
  static func text(
    upper: String = #"{"flexion": 20}"#, lower: String = #"{"flexion": 30}"#,
    right: String = #"{"flexion": 10}"#
  ) -> String {
    """
    {
      "joints": {
        "leftUpperArm": \(upper),
        "leftLowerArm": \(lower),

        "rightUpperArm": \(right)
      }
    }

    """
  }
}
