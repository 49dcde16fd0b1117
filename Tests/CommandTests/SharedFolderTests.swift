import Foundation
import TestSupport
import Testing

/// Concurrent runs that write into one folder.
@Suite struct SharedFolderTests {
  private func runner() throws -> CommandRunner {
    let runner = try CommandRunner()
    for number in 0..<6 {
      try runner.write(
        """
        {"canvas": [128, 128], "camera": {"frame": "all", "angle": \(number * 9)},
         "characters": [{"id": "ana", "body": "female"}, {"id": "ben", "body": "male"}]}
        """, to: "scenes/s\(number).json")
    }
    try runner.write((0..<6).map { "s\($0).json\n" }.joined(), to: "scenes/list.txt")
    try runner.write(
      #"{"frameRate": 30, "frames": [{"base": "stand"}\#(String(repeating: #", {"base": "squat"}"#, count: 11))]}"#,
      to: "squat.clip.json")
    try runner.write(
      #"{"canvas": [128, 128], "characters": [{"id": "ana", "body": "female", "pose": "squat.clip.json"}]}"#,
      to: "clip.json")
    return runner
  }

  private func contents(_ runner: CommandRunner, _ folder: String) -> [String: [UInt8]?] {
    Dictionary(
      uniqueKeysWithValues: runner.files(folder).map { ($0, runner.bytes("\(folder)/\($0)")) })
  }

  @Test(arguments: [
    ["render", "--list", "scenes/list.txt", "--jobs", "2"],
    ["render", "clip.json", "--frames", "all", "--jobs", "2"],
    ["render", "scenes/s1.json"],
  ])
  func bothSucceedAndTheFilesBelongToOneRun(_ words: [String]) throws {
    let runner = try runner()
    #expect(try runner.run(words + ["-o", "one"]).code == 0)
    for number in 0..<4 {
      let runs = try (0..<3).map { _ in
        try RunningCommand(runner, words + ["-o", "out\(number)", "-q"])
      }
      #expect(runs.map { $0.end(within: 60)?.code } == [0, 0, 0])
      #expect(contents(runner, "out\(number)") == contents(runner, "one"))
    }
  }

  /// Frames from two runs would be mistaken for those of one.
  @Test func aClipWaitsForAnotherAndSaysSo() throws {
    let runner = try runner()
    let words = ["render", "clip.json", "--frames", "all", "--maps", "mask", "-o", "out", "-q"]
    try runner.write("", to: "out/.posemap-lock")
    // A program that holds the lock until it is told to end.
    let holder = try CommandRunner()
    let lock = "\(runner.folder)/out/.posemap-lock"
    let script = """
      import fcntl, os, sys, time
      lock = os.open(sys.argv[1], os.O_RDONLY)
      fcntl.flock(lock, fcntl.LOCK_EX)
      open("held", "w").close()
      while not os.path.exists("end"): time.sleep(0.01)
      os.unlink(sys.argv[1])
      """
    let holding = Process()
    holding.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holding.arguments = ["python3", "-c", script, lock]
    holding.currentDirectoryURL = URL(fileURLWithPath: holder.folder)
    try holding.run()
    defer { holding.terminate() }
    #expect(RunningCommand.wait { holder.bytes("held") != nil })
    let run = try RunningCommand(runner, words)
    let note = "posemap: note: another posemap is drawing into out; waiting until it ends\n"
    #expect(RunningCommand.wait { runner.bytes("stderr.txt") == Array(note.utf8) })
    #expect(runner.files("out") == [".posemap-lock"])
    try holder.write("", to: "end")
    #expect(run.end()?.code == 0)
    #expect(runner.files("out").count == 13 && runner.bytes("stderr.txt") == Array(note.utf8))
    holding.waitUntilExit()
  }
}
