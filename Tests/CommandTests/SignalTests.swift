import Foundation
import TestSupport
import Testing

/// Signals, and limits that the system reports with signals.
@Suite struct SignalTests {
  /// A list of scenes, or a scene of a moving character.
  private func runner() throws -> CommandRunner {
    let runner = try CommandRunner()
    for number in 0..<40 {
      try runner.write(
        """
        {"canvas": [256, 256], "camera": {"frame": "all", "angle": \(number * 9)},
         "characters": [{"id": "ana", "body": "female"}]}
        """, to: "scenes/s\(number).json")
    }
    try runner.write((0..<40).map { "s\($0).json\n" }.joined(), to: "scenes/list.txt")
    try runner.write(
      #"{"frameRate": 30, "frames": [{"base": "stand"}\#(String(repeating: #", {"base": "squat"}"#, count: 59))]}"#,
      to: "squat.clip.json")
    try runner.write(
      #"{"canvas": [256, 256], "characters": [{"id": "ana", "body": "female", "pose": "squat.clip.json"}]}"#,
      to: "clip.json")
    return runner
  }

  /// Whether the process that runs the tests ignores the end of a terminal, as under nohup.
  private static var ignoresHangup: Bool {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let mask = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
      .flatMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) }
    return mask.map { $0 & 1 << (UInt64(SIGHUP) - 1) != 0 } ?? false
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func startedScenesOfAListAreFinished(_ signal: Int32) throws {
    if signal == SIGHUP, Self.ignoresHangup { return }
    let runner = try runner()
    let run = try RunningCommand(
      runner, ["render", "--list", "scenes/list.txt", "-o", "out", "--jobs", "1"])
    #expect(RunningCommand.wait { !runner.files("out").isEmpty })
    run.send(signal)
    #expect(run.end()?.code == 130)
    let errors = String(decoding: runner.bytes("stderr.txt") ?? [], as: UTF8.self)
    #expect(errors.hasPrefix("posemap: interrupted with ") && errors.hasSuffix("the rest\n"))
    #expect(runner.files("out").count % 9 == 0, "scenes are whole, and nothing else is there")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func startedFramesOfAClipAreFinished(_ signal: Int32) throws {
    if signal == SIGHUP, Self.ignoresHangup { return }
    let runner = try runner()
    let run = try RunningCommand(
      runner,
      ["render", "clip.json", "-o", "out", "--frames", "all", "--maps", "mask", "--jobs", "1"])
    #expect(RunningCommand.wait { runner.files("out").count > 2 })
    run.send(signal)
    #expect(run.end()?.code == 130)
    #expect(runner.files("out").allSatisfy { $0 == "manifest.json" || $0.hasSuffix(".png") })
  }

  @Test func quittingLeavesNoTraceAndIsNotASuccess() throws {
    let runner = try runner()
    let run = try RunningCommand(
      runner, ["render", "--list", "scenes/list.txt", "-o", "out", "--jobs", "1"])
    #expect(RunningCommand.wait { !runner.files("out").isEmpty })
    run.send(SIGQUIT)
    #expect(run.end()?.signal == SIGQUIT)
    #expect(runner.bytes("stderr.txt") == [])
  }

  /// With `ulimit -f 1`, files of 512 or 1024 bytes are allowed.
  @Test(arguments: [
    "render scenes/s1.json -o out", "render --list scenes/list.txt -o out --jobs 2",
    "render clip.json -o out --frames all --jobs 2", "sheet scenes/s1.json -o out/sheet.png",
    "glb scenes/s1.json -o out/s.glb", "comfyui scenes/s1.json -o out",
    "a1111 scenes/s1.json -o out", "diffusers scenes/s1.json -o out", "schema -o out",
  ])
  func aFileThatGrowsTooLargeIsReported(_ words: String) throws {
    let runner = try runner()
    let outcome = try runner.run(
      executable: "/bin/sh", ["-c", "ulimit -f 1; exec \(CommandRunner.command) \(words)"])
    #expect(outcome.code == 74, "\(outcome)")
    #expect(
      outcome.errors.contains("cannot write '")
        && outcome.errors.contains(
          "': the file is larger than the system allows"),
      "\(outcome.errors)")
    #expect(runner.files("out").allSatisfy { !$0.contains(".posemap") })
  }

  // In a parallel test, NIO makes started programs ignore SIGPIPE.
  @Test(arguments: [
    ("/dev/full", ""), ("out.txt", "ulimit -f 1;"),
    ("/dev/full", "stdbuf -oL env --default-signal=PIPE"),
  ])
  func lostOutputIsReported(_ file: String, _ limit: String) throws {
    let runner = try CommandRunner()
    let outcome = try runner.run(
      executable: "/bin/sh", ["-c", "\(limit) \(CommandRunner.command) maps > \(file)"])
    #expect(outcome.code == 74)
    #expect(outcome.errors.hasPrefix("posemap: error: cannot write to standard output: "))
  }

  @Test func aReaderThatStopsEarlyIsNotAFault() throws {
    let runner = try runner()
    let outcome = try runner.run(
      executable: "/bin/sh",
      ["-c", "\(CommandRunner.command) render --list scenes/list.txt -o out | head -1"])
    #expect(outcome.errors == "" && outcome.output == "out/s0\n")
  }
}
