internal import Synchronization

/// The messages of a server's websocket, passed to the workflows that they are about.
///
/// A server reports its work only to clients that are listening at the time. The websocket is
/// therefore opened before anything is queued, and messages that arrive before it is known which
/// workflows to follow are kept.
final class ProgressFeed: Sendable {
  private struct State {
    /// The task of the open websocket; nil before the first, and after the last has ended.
    var listening: Task<Void, Never>?
    /// The messages that arrived before the workflows were known.
    var early: [String] = []
    var readers: [ProgressReader] = []
  }

  /// The maximum number of messages kept; if a server sends more before it has queued everything,
  /// some progress is lost, but the memory stays bounded.
  private static let mostEarly = 10_000

  /// nil for a server that is only asked.
  private let socket: ProgressSocket?
  private let report: @Sendable (ComfyProgress) -> Void
  private let state = Mutex(State())

  init(_ socket: ProgressSocket?, report: @escaping @Sendable (ComfyProgress) -> Void) {
    self.socket = socket
    self.report = report
  }

  /// Opens the websocket unless it is open, and returns when the server has accepted it.
  ///
  /// - Parameter seconds: the longest time to wait for that; a websocket that opens later still
  ///   reports the rest.
  func open(within seconds: Double) async {
    guard let socket else { return }
    let (answers, answer) = AsyncStream.makeStream(of: Void.self)
    let isNew = state.withLock { state in
      if state.listening != nil { return false }
      state.listening = Task {
        await socket.listen(opened: { answer.finish() }) { take($0) }
        answer.finish()
        self.state.withLock { $0.listening = nil }
      }
      return true
    }
    guard isNew else { return }
    let limit = Task {
      try await Task.sleep(for: .seconds(seconds))
      answer.finish()
    }
    for await _ in answers {}
    limit.cancel()
  }

  /// Closes the websocket, and returns when nothing is listening any longer.
  func close() async {
    let listening = state.withLock { $0.listening }
    listening?.cancel()
    await listening?.value
  }

  /// Reports the progress of these workflows from now on, starting with how far they have come.
  func follow(_ workflows: [QueuedWorkflow]) {
    state.withLock { state in
      state.readers = workflows.map(ProgressReader.init)
      let early = state.early
      state.early = []
      for index in state.readers.indices {
        // All messages are read: the progress is their sum.
        let taken = early.filter { state.readers[index].take($0) }
        // Reported under the lock, so that no later message is reported before it.
        if !taken.isEmpty { report(state.readers[index].progress) }
      }
    }
  }

  /// Follows a workflow in another's place, which the server has lost.
  func follow(_ workflow: QueuedWorkflow, insteadOf lost: QueuedWorkflow) {
    state.withLock { state in
      for index in state.readers.indices where state.readers[index].workflow == lost {
        state.readers[index] = ProgressReader(workflow)
      }
    }
  }

  /// Reports how many workflows the server runs before this one, if it has not reported its nodes.
  func report(_ ahead: Int, before workflow: QueuedWorkflow) {
    state.withLock { state in
      for index in state.readers.indices
      where state.readers[index].workflow == workflow && state.readers[index].take(ahead: ahead) {
        report(state.readers[index].progress)
      }
    }
  }

  private func take(_ message: String) {
    state.withLock { state in
      if state.readers.isEmpty {
        if state.early.count < Self.mostEarly { state.early.append(message) }
        return
      }
      for index in state.readers.indices where state.readers[index].take(message) {
        return report(state.readers[index].progress)
      }
    }
  }
}
