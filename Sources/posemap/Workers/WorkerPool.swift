internal import ArgumentParser
internal import CSignals
internal import Export
internal import Glibc

/// Hands pieces of work to processes, the next to whoever is free. A process that dies is replaced, and the piece it had is given up.
struct WorkerPool: ~Copyable {
  private var workers: [WorkerProcess] = []
  private let answer: (WorkerMessage) -> WorkerMessage?
  /// What each worker has to know before it draws, those that come later too.
  private var standing: [WorkerMessage] = []

  /// Processes that answer each order with `answer`; what it changes, it changes for itself.
  init(count: Int, _ answer: @escaping (WorkerMessage) -> WorkerMessage?) throws {
    // A worker that is gone is told by its pipe, not by a signal.
    signal(SIGPIPE, SIG_IGN)
    posemap_note_interrupts()
    self.answer = answer
    for _ in 0..<count { try start() }
  }

  deinit { workers.forEach { $0.end() } }

  /// Tells all workers something.
  mutating func tell(_ order: WorkerMessage) {
    standing.append(order)
    for worker in workers { worker.send(order) }
  }

  /// Whether someone wants the run to stop.
  static var isInterrupted: Bool { posemap_was_interrupted() != 0 }

  /// Hands out `orders` and passes on the answers, until all are answered, `heard` returns false, or the run is interrupted; what was
  /// begun is finished in any case.
  /// - Parameter died: which order a worker died of.
  mutating func handOut(
    _ orders: some Sequence<WorkerMessage>, heard: (WorkerMessage) throws -> Bool,
    died: (WorkerMessage) throws -> Bool
  ) throws {
    var rest = orders.makeIterator()
    var busy: [pid_t: WorkerMessage] = [:]
    var goesOn = true
    func order(_ worker: WorkerProcess) {
      busy[worker.process] = nil
      guard goesOn, !Self.isInterrupted, let next = rest.next() else { return }
      busy[worker.process] = next
      worker.send(next)
    }
    for worker in workers { order(worker) }
    while !busy.isEmpty {
      for worker in Self.ready(workers.filter { busy[$0.process] != nil }) {
        if let message = WorkerMessage(from: worker.messages) {
          goesOn = try heard(message) && goesOn
          order(worker)
        } else if let lost = busy.removeValue(forKey: worker.process) {
          goesOn = try died(lost) && goesOn
          order(try replace(worker))
        }
      }
    }
  }

  private mutating func start() throws {
    guard let worker = WorkerProcess(besides: workers, answer) else {
      printError("posemap: error: the system starts no more processes; try a smaller --jobs")
      throw ExitCode.internalFault
    }
    for order in standing { worker.send(order) }
    workers.append(worker)
  }

  private mutating func replace(_ worker: WorkerProcess) throws -> WorkerProcess {
    worker.end()
    workers.removeAll { $0.process == worker.process }
    try start()
    return workers[workers.count - 1]
  }

  /// Those who have something to say; none if a signal came first.
  private static func ready(_ workers: [WorkerProcess]) -> [WorkerProcess] {
    var polled = workers.map { pollfd(fd: $0.messages, events: Int16(POLLIN), revents: 0) }
    guard poll(&polled, nfds_t(polled.count), -1) > 0 else { return [] }
    return zip(workers, polled).filter { $0.1.revents != 0 }.map(\.0)
  }
}

extension ExitCode {
  /// Ended by Ctrl-C, as shells count it.
  static let interrupted = ExitCode(130)

  /// The code of what went wrong while files were made, and a sentence.
  static func ofFault(_ error: any Error) -> (said: String, code: ExitCode) {
    let code: ExitCode =
      switch error {
      case ExportError.cannotCreate: .cannotCreate
      case ExportError.cannotWrite: .cannotWrite
      default: .internalFault
      }
    return ("posemap: error: \(error)", code)
  }

  /// Whether trying the next piece would only fail in the same way.
  var isOfOutput: Bool { self == .cannotCreate || self == .cannotWrite }
}
