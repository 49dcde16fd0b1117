import MapRender
import Synchronization

@testable import ComfyClient
@testable import Export

/// A flag that records whether something has happened.
final class Flag: Sendable {
  private let state = Mutex(false)
  private let deadline = ContinuousClock.now + .seconds(10)
  var isUp: Bool { state.withLock { $0 } || ContinuousClock.now > deadline }
  func raise() { state.withLock { $0 = true } }
}

extension ComfySubmissionTests {
  /// The server's name for the picture of ``SmallWorkflow``, which contains the SHA-256 of its
  /// content.
  static let stored = "posemap-ana-openpose-2cea274d0bed.png"

  /// A picture of one pixel.
  static let png =
    (try? PNGFile.encode(Image(width: 1, height: 1, filling: UInt8(7)))) ?? []

  /// The replies of a server that accepts pictures and queues two workflows, and other replies.
  func replies(
    _ more: [String: [StandInServer.Reply]]
  ) -> [String: [StandInServer.Reply]] {
    let usual: [String: [StandInServer.Reply]] = [
      "POST /upload/image": [.json(#"{"name": "\#(Self.stored)"}"#)],
      "POST /prompt": [.json(#"{"prompt_id": "p1"}"#), .json(#"{"prompt_id": "p2"}"#)],
      "GET /ws": [.socket([.close])],
      "GET /view": [.answer(200, Self.png)],
      "GET /queue": [.json(#"{"queue_running": [[0, "p1"]], "queue_pending": [[1, "p2"]]}"#)],
    ]
    return usual.merging(more) { $1 }
  }

  /// Returns the history of a workflow that has ended.
  func history(
    _ prompt: String, _ status: String = "success", messages: String = "", outputs: String? = nil
  ) -> StandInServer.Reply {
    .json(historyText(prompt, status, messages: messages, outputs: outputs))
  }

  func historyText(
    _ prompt: String, _ status: String = "success", messages: String = "", outputs: String? = nil
  ) -> String {
    let saved =
      outputs ?? #""3": {"images": [{"filename": "b.png", "subfolder": "f", "type": "output"}]}"#
    return #"""
      {"\#(prompt)": {"outputs": {\#(saved)},
        "status": {"status_str": "\#(status)", "messages": [["execution_start", {}]\#(messages)]}}}
      """#
  }

  /// The result of a run.
  struct Outcome {
    var sentence: String?
    /// The paths of the files received, one list per workflow.
    var files: [[String]] = []
    /// The characters of the workflows that the server has queued.
    var queued: [String] = []
    /// The characters of workflows that can be requested again.
    var incomplete: [String] = []
    /// The server's ids of workflows that were queued again.
    var queuedAgain: [String] = []
    /// The characters of workflows that the server does not know.
    var forgotten: [String] = []
    var progress: [ComfyProgress] = []
    var requests: [StandInServer.Request] = []
    /// The requests except those that only ask for progress.
    var lines: [String] {
      requests.map { String($0.line.prefix { $0 != "?" }) }
        .filter { !["GET /ws", "GET /queue"].contains($0) && !$0.hasPrefix("GET /history") }
    }
  }

  func run(
    _ ids: [String] = ["ana"], _ more: [String: [StandInServer.Reply]],
    heard: Flag = Flag(), silence: Double = 0.1, requeues: Int = 0,
    picture: (QueuedSource.Picture) -> [UInt8]? = { _ in nil }
  ) async throws -> Outcome {
    try await StandInServer.with(replies(more)) { server in
      let progress = Mutex<[ComfyProgress]>([])
      var submission = ComfySubmission(to: server.address) { step in
        progress.withLock { $0.append(step) }
        heard.raise()
      }
      submission.patience.firstPause = 0.001
      submission.patience.longestPause = 0.01
      submission.patience.absences = 5
      submission.patience.handshake = 0.2
      submission.patience.silence = silence
      submission.patience.requeues = requeues
      var outcome = Outcome()
      do {
        var queued: [QueuedWorkflow] = []
        try await submission.queue(ids.map(SmallWorkflow.character)) {
          queued.append($0)
          outcome.queued.append($0.character)
        }
        try await submission.fetch(queued, picture: picture) { workflow, ending in
          switch ending {
          case .made(let files): outcome.files.append(files.map(\.path))
          case .incomplete(let files):
            outcome.files.append(files.map(\.path))
            outcome.incomplete.append(workflow.character)
          case .queuedAgain(let again): outcome.queuedAgain.append(again.prompt)
          case .forgotten: outcome.forgotten.append(workflow.character)
          }
        }
      } catch let error as ComfyError {
        outcome.sentence = error.description.replacing("\(server.address)", with: "SERVER")
      }
      outcome.progress = progress.withLock { $0 }
      outcome.requests = server.requests
      return outcome
    }
  }
}
