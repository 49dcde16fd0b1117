import Foundation
import Processes
import Testing

@Suite("Children that are polled")
struct RunningChildTests {
  /// Polls a child until it has ended; returns everything that it wrote.
  private func follow(
    _ child: RunningChild, _ look: (Int) -> Void = { _ in }
  ) -> (output: String, errors: String) {
    var (output, errors): ([UInt8], [UInt8]) = ([], [])
    for turn in 0..<6000 {
      let isOver = child.end != nil
      let news = child.read()
      output += news.output
      errors += news.errors
      if isOver { break }
      look(turn)
      usleep(5_000)
    }
    return (String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self))
  }

  @Test("Output arrives as it is written, and the end with its exit code")
  func output() throws {
    let child = try RunningChild(
      "/bin/sh", ["-c", "echo one; sleep 0.2; echo two; echo x >&2; exit 3"])
    var seen: [String] = []
    var text = ""
    while child.end == nil {
      text += String(decoding: child.read().output, as: UTF8.self)
      if seen.last != text { seen.append(text) }
      usleep(5_000)
    }
    text += String(decoding: child.read().output, as: UTF8.self)
    #expect(seen.contains("one\n") && text == "one\ntwo\n")
    #expect(child.end == .exited(3))
  }

  @Test("Everything that a child wrote before its end is read, however much")
  func much() throws {
    let child = try RunningChild("/bin/sh", ["-c", "head -c 3000000 /dev/zero; echo last >&2"])
    let all = follow(child)
    #expect(all.output.utf8.count == 3_000_000 && all.errors == "last\n")
    #expect(child.end == .exited(0))
  }

  @Test("A signal reaches a child even if its parent ignores it")
  func signals() throws {
    let before = signal(SIGINT, SIG_IGN)
    defer { signal(SIGINT, before) }
    let child = try RunningChild("/bin/sleep", ["60"])
    _ = follow(child) { turn in if turn == 2 { child.send(SIGINT) } }
    #expect(child.end == .signaled(SIGINT))
  }

  @Test("A child ends when its value is destroyed")
  func abandoned() throws {
    let folder = NSTemporaryDirectory() + "posemap-child-" + UUID().uuidString
    var child: RunningChild? = try RunningChild(
      "/bin/sh", ["-c", "echo $$ > \(folder); exec sleep 60"])
    var number: pid_t = 0
    for _ in 0..<1000 where number == 0 {
      number =
        (try? String(contentsOfFile: folder, encoding: .utf8)).flatMap {
          pid_t($0.trimmingCharacters(in: .newlines))
        } ?? 0
      usleep(5_000)
    }
    try? FileManager.default.removeItem(atPath: folder)
    #expect(number > 0 && kill(number, 0) == 0)
    child = nil
    #expect(kill(number, 0) != 0)
    _ = child
  }

  @Test("A missing program is reported")
  func missing() {
    #expect(throws: ChildProcess.StartFailure.self) { try RunningChild("/nowhere/posemap", []) }
  }
}
