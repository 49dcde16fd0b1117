import Glibc
import MapRender
import PoseRig
import PosemapKit
import TestSupport
import Testing

@Suite struct RenderTests {
  private let runner: CommandRunner
  private let choices = SceneChoices(rigsFolder: CommandRunner.repository + "/Rigs")

  init() throws { runner = try CommandRunner() }

  private func write(_ name: String, body: String = "female") throws -> SceneTask {
    try runner.write(
      #"{"canvas": [64, 64], "characters": [{"id": "a", "body": "\#(body)", "pose": "stand"}]}"#,
      to: "\(name).json")
    return SceneTask(path: "\(runner.folder)/\(name).json", folder: "\(runner.folder)/\(name)")
  }

  private func job(
    _ writing: RenderJob.Writing, only: [String]? = nil
  ) -> RenderJob {
    RenderJob(choices: choices, maps: [.mask], only: only, writing: writing, version: "1")
  }

  @Test func anUnknownCharacterIsUsage() throws {
    let renderer = try SceneRenderer(job(.whole, only: ["b"]))
    let task = try write("one")
    #expect(
      throws: Failure(.usage, "--only b: no character has this id; there are: a")
    ) { try renderer.render(task) }
  }

  @Test func aFileInTheWayCannotBeCreated() throws {
    var task = try write("one")
    task.folder = task.path
    let renderer = try SceneRenderer(job(.whole))
    let failure = #expect(throws: Failure.self) { try renderer.render(task) }
    #expect(failure?.code == .cannotCreate)
    #expect(failure?.code.isOfOutput == true)
  }

  @Test func aSceneIsSkippedIfItsFilesExist() throws {
    let task = try write("one")
    let renderer = try SceneRenderer(job(.resumable))
    #expect(try renderer.render(task).isNew)
    #expect(try renderer.render(task).isNew == false)
    #expect(try SceneRenderer(job(.whole)).render(task).isNew)
  }

  @Test func workersDrawTheBytesOfASingleProcess() throws {
    let tasks = [try write("one"), try write("two", body: "male"), try write("bad", body: "femle")]
    var codes: [Int: Failure.Code?] = [:]
    let force = Workforce(count: 2, command: CommandRunner.command)
    try BatchRun(job(.resumable), tasks).run(force) { index, outcome in
      if case .failed(let failure) = outcome {
        codes[index] = failure.code
      } else {
        codes[index] = nil as Failure.Code?
      }
      return true
    }
    #expect(codes == [0: nil, 1: nil, 2: .badData])
    var alone = tasks[1]
    alone.folder = "\(runner.folder)/alone"
    _ = try SceneRenderer(job(.whole)).render(alone)
    #expect(runner.bytes("two/a/mask.png") != nil)
    #expect(runner.bytes("two/a/mask.png") == runner.bytes("alone/a/mask.png"))
  }

  @Test func aProgramThatIsNotAWorkerLosesItsPieces() throws {
    let task = try write("one")
    var lost: [Failure] = []
    let force = Workforce(count: 1, command: "/bin/true")
    try BatchRun(job(.resumable), [task]).run(force) { _, outcome in
      if case .failed(let failure) = outcome { lost.append(failure) }
      return true
    }
    #expect(
      lost == [
        Failure(
          .internalFault, of: task.path,
          "two processes that rendered it died, one after the other")
      ])
  }

  /// A worker program that is killed in its first processes; the others are the command.
  private func program(killed count: Int) throws -> String {
    let mark = "\(runner.folder)/killed"
    try runner.write(
      """
      #!/bin/sh
      for number in $(seq \(count)); do
        if mkdir "\(mark)-$number" 2>/dev/null; then kill -KILL $$; fi
      done
      exec "\(CommandRunner.command)" "$@"
      """, to: "worker")
    let path = "\(runner.folder)/worker"
    #expect(chmod(path, 0o755) == 0)
    return path
  }

  @Test func aSceneIsRetriedOnceAfterItsProcessIsKilled() throws {
    let tasks = [try write("one"), try write("two", body: "male")]
    var failures: [Failure] = []
    let force = Workforce(count: 1, command: try program(killed: 1))
    try BatchRun(job(.resumable), tasks).run(force) { _, outcome in
      if case .failed(let failure) = outcome { failures.append(failure) }
      return true
    }
    #expect(failures.isEmpty)
    #expect(runner.bytes("one/a/mask.png") != nil && runner.bytes("two/a/mask.png") != nil)
  }

  @Test func aSceneThatKillsTwoProcessesIsNamedAndTheOthersFinish() throws {
    let tasks = [try write("one"), try write("two", body: "male")]
    var failures: [Int: Failure] = [:]
    let force = Workforce(count: 1, command: try program(killed: 2))
    try BatchRun(job(.resumable), tasks).run(force) { index, outcome in
      if case .failed(let failure) = outcome { failures[index] = failure }
      return true
    }
    #expect(
      failures == [
        0: Failure(
          .internalFault, of: tasks[0].path,
          "two processes that rendered it died, one after the other")
      ])
    #expect(runner.bytes("one/a/mask.png") == nil && runner.bytes("two/a/mask.png") != nil)
  }

  private func writeClip() throws -> SceneTask {
    try runner.write(
      """
      {"frameRate": 8, "frames": [
        {"joints": {"leftUpperArm": {"abduction": 10}}}, {"joints": {"leftUpperArm": {"abduction": 60}}}]}
      """, to: "arm.clip.json")
    try runner.write(
      """
      {"canvas": [64, 64], "characters": [{"id": "a", "body": "female", "pose": "arm.clip.json"}]}
      """, to: "clip.json")
    return SceneTask(path: "\(runner.folder)/clip.json", folder: "\(runner.folder)/clip")
  }

  /// Measuring a depth map's range and drawing distribute the frames separately.
  @Test(arguments: [[MapName.mask], [.depth]])
  func aFrameIsRetriedOnceAfterItsProcessIsKilled(_ maps: [MapName]) throws {
    var job = job(.resumable)
    job.maps = maps
    var clip = try ClipRun(job, try writeClip(), frames: .all)
    let result = try clip.run(Workforce(count: 1, command: try program(killed: 1)))
    #expect(result.drawn == 2 && result.before == 0)
  }

  @Test func aFrameThatKillsTwoProcessesIsNamedAndTheOthersAreDrawn() throws {
    var clip = try ClipRun(job(.resumable), try writeClip(), frames: .all)
    var lines: [String] = []
    let force = Workforce(count: 1, command: try program(killed: 2))
    let failure = #expect(throws: Failure.self) {
      try clip.run(force) { if case .failed(let said) = $0 { lines += said } }
    }
    #expect(failure?.code == .internalFault)
    #expect(
      lines == [
        "posemap: error: two worker processes died at frame 0, one after the other; "
          + "run the same command again to draw what is missing"
      ])
    #expect(runner.bytes("clip/a/mask/00000.png") == nil)
    #expect(runner.bytes("clip/a/mask/00001.png") != nil)
  }

  @Test func aClipNeedsAMovingCharacter() throws {
    let task = try write("one")
    let failure = #expect(throws: Failure.self) {
      try ClipRun(job(.whole), task, frames: .all)
    }
    #expect(failure?.code == .usage)
  }
}
