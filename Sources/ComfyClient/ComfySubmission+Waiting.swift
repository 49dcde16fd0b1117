internal import SceneFiles
internal import Synchronization

/// Whether a server has failed to answer.
final class Outages: Sendable {
  private let count = Mutex(0)

  var wereSeen: Bool { count.withLock { $0 > 0 } }
  func note() { count.withLock { $0 += 1 } }
}

extension ComfySubmission {
  /// The limits on waiting for a prompt.
  package struct Patience {
    /// The seconds before the server is asked again; each pause is 1.5 times as long as the last.
    var firstPause = 0.1
    /// The longest pause, in seconds.
    var longestPause = 1.0
    /// The number of times in a row that the server may not know the prompt.
    var absences = 10
    /// The seconds to wait for the websocket before anything is queued.
    var handshake = 5.0
    /// The seconds for which the server may fail to respond.
    package var silence = 60.0
    /// How many times a workflow is queued again that a restarted server has lost.
    package var requeues = 2

    /// Creates the usual limits.
    package init() {}
  }

  /// Returns the history of a prompt that has ended; nil if the server does not know of it.
  func history(of workflow: QueuedWorkflow) async throws -> JSONNode? {
    var pause = patience.firstPause
    var absences = 0
    while absences <= patience.absences {
      if let history = try await patiently({ try await server.history(workflow.prompt) }) {
        return history
      }
      let ahead = try await patiently { try await server.promptsAhead(of: workflow.prompt) }
      // Between the queue and the history, a prompt is briefly in neither.
      absences = ahead == nil ? absences + 1 : 0
      if let ahead { feed.report(ahead, before: workflow) }
      try await Task.sleep(for: .seconds(pause))
      pause = min(pause * 1.5, patience.longestPause)
    }
    return nil
  }

  /// Repeats a request while the server fails to respond, as one that loads a model, runs out of
  /// memory or restarts, until it has failed for too long.
  ///
  /// - Parameter isPassing: whether a failure might not occur the next time.
  func patiently<Answer>(
    isPassing: (any Error) -> Bool = { _ in true }, _ ask: () async throws -> Answer
  ) async throws -> Answer {
    let began = ContinuousClock.now
    var pause = patience.firstPause
    while true {
      do {
        return try await ask()
      } catch {
        let isOver = ContinuousClock.now - began >= .seconds(patience.silence)
        if isOver || !isPassing(error) { throw error }
        outages.note()
        try await Task.sleep(for: .seconds(pause))
        pause = min(pause * 1.5, patience.longestPause)
      }
    }
  }
}
