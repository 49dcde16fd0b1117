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

  @Test func aCharacterThatIsNotThereIsUsage() throws {
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

  @Test func aSceneIsPassedOverWhenItsFilesAreThere() throws {
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

  @Test func aProgramThatIsNoWorkerLosesItsPieces() throws {
    let task = try write("one")
    var lost: [Failure] = []
    let force = Workforce(count: 1, command: "/bin/true")
    try BatchRun(job(.resumable), [task]).run(force) { _, outcome in
      if case .failed(let failure) = outcome { lost.append(failure) }
      return true
    }
    #expect(
      lost == [
        Failure(.internalFault, of: task.path, "the process that rendered it died")
      ])
  }

  @Test func aClipNeedsSomeoneWhoMoves() throws {
    let task = try write("one")
    let failure = #expect(throws: Failure.self) {
      try ClipRun(job(.whole), task, frames: .all)
    }
    #expect(failure?.code == .usage)
  }
}
