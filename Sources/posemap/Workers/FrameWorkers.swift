internal import ArgumentParser
internal import Export
internal import Glibc
internal import MapRender

/// Draws a sequence's frames in several processes: each measures and draws every so-manieth, this one hands on what they must agree on.
struct FrameWorkers {
  private var sequence: SequenceRun
  private let count: Int

  init(_ run: SequenceRun, count: Int) {
    sequence = run
    self.count = count
  }

  /// How many frames were drawn.
  mutating func run() throws -> Int {
    // A worker that is gone is told by its pipe, not by a signal.
    signal(SIGPIPE, SIG_IGN)
    var workers: [WorkerProcess] = []
    defer { workers.forEach { $0.end() } }
    for share in 0..<count {
      let run = sequence
      let count = count
      let worker = WorkerProcess(besides: workers) { orders, messages in
        var own = Worker(run: run, share: share, of: count, orders: orders, messages: messages)
        own.work()
      }
      guard let worker else { throw ExitCode.internalFault }
      workers.append(worker)
    }
    sequence.export.range = try ranges(of: workers)
    let isSame = try sequence.prepare()
    let left = sequence.left(isSame: isSame).count
    for worker in workers { worker.send(.go(sequence.export.range, isSame: isSame)) }
    return try frames(of: workers, left)
  }

  private func ranges(of workers: [WorkerProcess]) throws -> DepthRange? {
    var range: DepthRange?
    var measured = 0
    let total = sequence.export.needsRange ? sequence.frames.count : 0
    let progress = ProgressBar("Measuring", total: total, quiet: sequence.quiet)
    var waiting = workers
    while !waiting.isEmpty {
      for worker in Self.ready(waiting) {
        switch WorkerMessage(from: worker.messages) {
        case .measured:
          measured += 1
          progress.show(measured)
        case .range(let own):
          range = range.union(own)
          waiting.removeAll { $0.process == worker.process }
        case .failed(let text, let code):
          progress.finish()
          printError(text)
          throw ExitCode(code)
        default: throw died(nil)
        }
      }
    }
    progress.finish()
    return range
  }

  /// Waits for the frames of all workers; one that dies is named with its frame, and the others finish theirs.
  private func frames(of workers: [WorkerProcess], _ left: Int) throws -> Int {
    let progress = ProgressBar("Rendering", total: left, quiet: sequence.quiet)
    var waiting = workers
    var drawn = 0
    var current: [pid_t: Int] = [:]
    var failure: ExitCode?
    while !waiting.isEmpty {
      for worker in Self.ready(waiting) {
        switch WorkerMessage(from: worker.messages) {
        case .began(let frame): current[worker.process] = frame
        case .finished:
          drawn += 1
          progress.show(drawn)
        case .done: waiting.removeAll { $0.process == worker.process }
        case .failed(let text, let code):
          progress.finish()
          printError(text)
          failure = ExitCode(code)
          waiting.removeAll { $0.process == worker.process }
        default:
          progress.finish()
          failure = died(current[worker.process])
          waiting.removeAll { $0.process == worker.process }
        }
      }
    }
    progress.finish()
    if let failure { throw failure }
    return drawn
  }

  private func died(_ frame: Int?) -> ExitCode {
    let place = frame.map { " at frame \($0)" } ?? ""
    printError(
      "posemap: error: a worker process died\(place); run the same command again to draw what is missing"
    )
    return .internalFault
  }

  /// Those who have something to say.
  private static func ready(_ workers: [WorkerProcess]) -> [WorkerProcess] {
    var polled = workers.map { pollfd(fd: $0.messages, events: Int16(POLLIN), revents: 0) }
    while poll(&polled, nfds_t(polled.count), -1) < 0, errno == EINTR {}
    return zip(workers, polled).filter { $0.1.revents != 0 }.map(\.0)
  }
}

/// A worker's own side.
private struct Worker {
  var run: SequenceRun
  let share: Int
  let count: Int
  let orders: Int32
  let messages: Int32

  init(run: SequenceRun, share: Int, of count: Int, orders: Int32, messages: Int32) {
    self.run = run
    self.share = share
    self.count = count
    self.orders = orders
    self.messages = messages
  }

  mutating func work() {
    do {
      try measure()
      guard case .go(let range, let isSame) = WorkerMessage(from: orders) else { return }
      run.export.range = range
      // Shares are of all frames: which are left changes while others draw.
      for frame in share(of: run.frames) where !isSame || !run.isDone(frame) {
        WorkerMessage.began(frame).send(to: messages)
        try run.draw(frame)
        WorkerMessage.finished(frame).send(to: messages)
      }
      WorkerMessage.done.send(to: messages)
    } catch {
      let code: ExitCode
      switch error {
      case ExportError.cannotCreate: code = .cannotCreate
      case ExportError.cannotWrite: code = .cannotWrite
      default: code = .internalFault
      }
      WorkerMessage.failed("posemap: error: \(error)", code: code.rawValue).send(to: messages)
    }
  }

  private func share(of frames: ClosedRange<Int>) -> StrideThrough<Int> {
    stride(from: frames.lowerBound + share, through: frames.upperBound, by: count)
  }

  private func measure() throws {
    var range: DepthRange?
    if run.export.needsRange {
      for frame in share(of: run.frames) {
        range = try run.export.range(of: frame, and: range)
        WorkerMessage.measured.send(to: messages)
      }
    }
    WorkerMessage.range(range).send(to: messages)
  }
}
