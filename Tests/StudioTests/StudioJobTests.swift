import Foundation
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("Commands run for pages")
struct StudioJobTests {
  private let opened: OpenedScene

  init() throws { opened = try OpenedScene(pairScene) }

  private func export(
    _ maps: [String] = [], only: [String]? = nil, together: Bool = false
  ) throws -> JobOrder {
    try JobOrder(
      .init(folder: "out", maps: maps, only: only, together: together), of: opened.session.files,
      rigsFolder: nil)
  }

  /// Polls a run until its end; returns the messages that pages get about it.
  private func follow(_ job: StudioJob, seconds: Double = 60) -> [JSONValue] {
    var messages: [JSONValue] = []
    _ = RunningCommand.wait(upTo: seconds) {
      if job.poll(), case .text(let value) = JobMessage.news(of: job) { messages.append(value) }
      return !job.isRunning
    }
    return messages
  }

  @Test("While it runs, only news is reported, and at its end everything")
  func news() throws {
    let job = try StudioJob(
      1, export(),
      program: script("for n in 1 2 3 4; do echo \"$OUT/$n.png\"; sleep 0.2; done"))
    let messages = try follow(job).map { try JSONParser.parse(Array($0.line.utf8)) }
    func names(_ message: JSONNode) -> [String] {
      (message["pictures"]?.items ?? []).compactMap(\.text)
    }
    let running = messages.filter { $0["state"]?.text == "running" }
    #expect(running.count > 1 && running.flatMap(names).count <= 4)
    var told = 0
    for message in running {
      #expect(message["after"]?["pictures"]?.number == Double(told))
      told += names(message).count
    }
    let last = try #require(messages.last)
    #expect(names(last) == ["1.png", "2.png", "3.png", "4.png"])
    #expect(last["after"]?["pictures"]?.number == 0)
  }

  /// A program that replaces the command; its output folder is in `$OUT`.
  ///
  /// Another process writes it: a child that this process starts at the same time would keep the
  /// file open, and an open file cannot be executed.
  private func script(_ text: String) throws -> String {
    let whole = "#!/bin/sh\nOUT=${2#--output=}\nmkdir -p \"$OUT\"\n" + text
    _ = try opened.runner.run(
      executable: "/bin/sh", ["-c", "printf %s \"$1\" > program; chmod +x program", "sh", whole])
    return opened.runner.folder + "/program"
  }

  @Test(
    "An export writes the same files as posemap render",
    arguments: [
      ([], nil, false), (["depth", "mask", "openpose"], ["ben"], false), (["canny"], nil, true),
    ] as [([String], [String]?, Bool)])
  func equal(_ maps: [String], _ only: [String]?, _ together: Bool) throws {
    let job = try StudioJob(
      1, export(maps, only: only, together: together), program: CommandRunner.command)
    let messages = follow(job)
    #expect(job.state == .done && job.code == 0, "\(job.line) \(job.messages)")
    var words = ["render", "scene.json", "-o", "mine"]
    if !maps.isEmpty { words += ["--maps", maps.joined(separator: ",")] }
    if let only { words += ["--only", only.joined(separator: ",")] }
    if together { words.append("--together") }
    #expect(try opened.runner.run(words).code == 0)
    let files = opened.runner.files("mine")
    #expect(!files.isEmpty && opened.runner.files("out") == files)
    for file in files {
      #expect(opened.runner.bytes("out/" + file) == opened.runner.bytes("mine/" + file), "\(file)")
    }
    #expect(job.pictures.sorted() == files.filter { $0.hasSuffix(".png") })
    let last = try #require(messages.last)
    #expect(last["state"] == .string("done") && last["fraction"] == .number(1))
    #expect(messages.first?["state"] == .string("running"))
  }

  @Test("Progress is reported during the run, and only grows")
  func progress() throws {
    let job = try StudioJob(
      1, export(),
      program: try script(
        """
        for i in 0 1 2 3; do echo "progress 0.$((i * 2)) ana/depth.png"; sleep 0.1; done
        echo "$OUT/ana/depth.png"; echo "$OUT/ana/openpose.json"; echo "elsewhere/x.png"
        echo "scene.json: warning: w" >&2
        """))
    let messages = follow(job)
    let fractions = messages.compactMap { message -> Double? in
      if case .number(let value)? = message["fraction"] { value } else { nil }
    }
    #expect(fractions.count > 3 && fractions == fractions.sorted() && fractions.last == 1)
    #expect(messages.contains { $0["line"] == .string("ana/depth.png") })
    #expect(job.pictures == ["ana/depth.png"] && job.messages == ["scene.json: warning: w"])
    #expect(job.line == "1 picture in out")
  }

  @Test("A failure is reported with its reason")
  func failure() throws {
    try opened.write("{\"canvas\": 3}")
    let job = try StudioJob(7, export(), program: CommandRunner.command)
    let last = try #require(follow(job).last)
    #expect(last["state"] == .string("failed") && last["code"] == .int(65))
    #expect(job.messages.contains { $0.contains("scene.json:1:") } && job.line.contains("error"))
    #expect(opened.runner.files("out").isEmpty)
    #expect(throws: StudioFault.self) { try StudioJob(1, export(), program: "/nowhere/posemap") }
  }

  @Test("A stopped run ends by itself, or is killed")
  func stop() throws {
    let polite = try StudioJob(
      1, export(),
      program: try script("trap 'echo bye >&2; exit 130' INT; while :; do sleep 0.05; done"))
    usleep(300_000)
    polite.stop()
    _ = follow(polite, seconds: 4)
    #expect(polite.state == .failed && polite.line == "bye" && polite.code == 130)
    let plain = try StudioJob(2, export(), program: try script("exec sleep 60"))
    usleep(100_000)
    plain.stop()
    _ = follow(plain, seconds: 4)
    #expect(plain.state == .failed && plain.line == "stopped" && plain.code == nil)
  }

  @Test("A run that ignores the request is killed after five seconds")
  func deaf() throws {
    let job = try StudioJob(
      1, export(), program: try script("trap '' INT; while :; do sleep 0.05; done"))
    usleep(300_000)
    job.stop()
    let start = ContinuousClock.now
    _ = follow(job, seconds: 20)
    #expect(job.state == .failed)
    #expect((4.0...9.0).contains((ContinuousClock.now - start) / .seconds(1)))
  }

  @Test("One run of each kind is active at a time; later pages learn about it and the last end")
  func list() throws {
    var jobs = JobList()
    let waiting = try script("[ $1 = comfyui ] && exec sleep 60; exit 0")
    let first = try jobs.start(export(), program: waiting)
    #expect(throws: StudioFault.self) { try jobs.start(export(), program: waiting) }
    let sent = try jobs.start(
      JobOrder(
        comfyUI: "http://127.0.0.1:1", folder: "c", of: opened.session.files, rigsFolder: nil),
      program: waiting)
    #expect(RunningCommand.wait { jobs.poll().contains { $0 === first } })
    #expect(jobs.current.map(\.number) == [1, 2] && jobs.isBusy)
    let third = try jobs.start(export(), program: waiting)
    #expect(
      RunningCommand.wait {
        _ = jobs.poll(); return !third.isRunning
      })
    #expect(jobs.current.map(\.number) == [2, 3])
    try jobs.stop(2)
    #expect(
      RunningCommand.wait {
        _ = jobs.poll(); return !sent.isRunning
      })
    #expect(throws: StudioFault.self) { try jobs.stop(2) }
    #expect(!jobs.isBusy)
  }

  @Test("Only pictures made by a run are served, and only from its folder")
  func pictures() throws {
    try opened.write("secret", to: "secret.png")
    var jobs = JobList()
    let job = try jobs.start(
      export(),
      program: try script(
        """
        mkdir "$OUT/ana"; printf '\\211PNG\\r\\n\\032\\nxyz' > "$OUT/ana/a.png"
        printf 'text' > "$OUT/ana/b.png"; ln -s ../../secret.png "$OUT/ana/c.png"
        mkfifo "$OUT/ana/d.png"; ln -s /dev/zero "$OUT/ana/e.png"
        for f in ana/a ana/b ana/c ana/d ana/e ../secret; do echo "$OUT/$f.png"; done
        """))
    #expect(
      RunningCommand.wait {
        _ = jobs.poll(); return !job.isRunning
      })
    let served = try #require(jobs.picture(1, "ana/a.png")?.read())
    #expect(served.type == "image/png" && served.bytes.count == 11)
    for name in ["ana/b.png", "ana/c.png", "ana/d.png", "ana/e.png", "../secret.png"] {
      #expect(jobs.picture(1, name)?.read() == nil, "\(name)")
    }
    for name in ["ana/f.png", "", "ana", "ana/../ana/a.png", "/etc/passwd"] {
      #expect(jobs.picture(1, name) == nil, "\(name)")
    }
    #expect(jobs.picture(2, "ana/a.png") == nil)
  }
}

extension JSONValue {
  /// The value of a member, if there is one with this name.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}
