import Processes
import Testing

@Suite struct ChildProcessTests {
  private func run(
    _ script: String, patience: Double = 20, maximumOutput: Int = 1 << 20
  ) throws -> ChildProcess.Outcome {
    try ChildProcess("/bin/sh", ["-c", script])
      .outcome(patience: patience, maximumOutput: maximumOutput)
  }

  @Test func outputErrorsAndExitCodeAreReturned() throws {
    let outcome = try run("echo out; echo err >&2; exit 3")
    #expect(outcome.end == .exited(3))
    #expect(outcome.output == Array("out\n".utf8))
    #expect(outcome.errors == Array("err\n".utf8))
  }

  @Test func aChildThatFillsBothPipesIsNotWaitedForForever() throws {
    let script = "head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero"
    let outcome = try run(script, maximumOutput: 1 << 22)
    #expect(outcome.end == .exited(0))
    #expect(outcome.output.count == 3_000_000)
    #expect(outcome.errors.count == 1 << 16)
  }

  @Test func aSignalIsReported() throws {
    #expect(try run("kill -11 $$").end == .signaled(11))
  }

  @Test func timeAndOutputAreLimited() throws {
    #expect(try run("exec sleep 60", patience: 0.2).end == .outOfPatience)
    // A child that closes its output still has to end.
    #expect(try run("exec >&- 2>&-; exec sleep 60", patience: 0.2).end == .outOfPatience)
    #expect(try run("exec yes", maximumOutput: 1 << 16).end == .overlong)
  }

  @Test func aMissingProgramIsReported() {
    #expect {
      _ = try ChildProcess("/nowhere/posemap", [])
    } throws: {
      ($0 as? ChildProcess.StartFailure)?.reason == "No such file or directory"
    }
  }

  @Test("A program is found in PATH and gets each given variable exactly once")
  func environment() throws {
    let outcome = try ChildProcess("env", [], environment: ["HOME": "/nowhere", "NEW": "a=b"])
      .outcome(patience: 10, maximumOutput: 1 << 20)
    let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("HOME=") } == ["HOME=/nowhere"])
    #expect(lines.contains("NEW=a=b"))
    #expect(lines.contains { $0.hasPrefix("PATH=") })
  }
}
