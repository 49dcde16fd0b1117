internal import Glibc

/// Hands pieces of work to processes, the next piece to the first free process.
///
/// A process that dies is replaced, and its successor retries the piece: most often, the system was
/// short of memory, and the piece is not the cause. A piece on which the successor dies too is
/// given up.
struct WorkerPool: ~Copyable {
  private var workers: [WorkerProcess] = []
  private let force: Workforce
  /// The orders that each worker needs before its first piece, including workers started later.
  private var standing: [WorkerOrder]

  /// Starts as many processes as there are pieces, up to the workforce's count.
  init(_ force: Workforce, pieces: Int, _ standing: [WorkerOrder]) throws(Failure) {
    self.force = force
    self.standing = standing
    for _ in 0..<min(force.count, pieces) { try start() }
    for worker in workers { for order in standing { worker.send(order) } }
  }

  deinit { workers.forEach { $0.end() } }

  /// Ends all processes; afterward no work can be handed out.
  mutating func end() {
    workers.forEach { $0.end() }
    workers = []
  }

  /// Sends an order to all workers.
  mutating func tell(_ order: WorkerOrder) {
    standing.append(order)
    for worker in workers { worker.send(order) }
  }

  /// Hands out `orders` and passes on the answers until all are answered, `heard` returns false, or
  /// the work is interrupted; pieces that were started are finished in any case.
  ///
  /// - Parameter died: called with an order on which two workers died in succession; returns false
  ///   to end the work.
  mutating func handOut(
    _ orders: some Sequence<WorkerOrder>, heard: (WorkerAnswer) throws(Failure) -> Bool,
    died: (WorkerOrder) throws(Failure) -> Bool
  ) throws(Failure) {
    var rest = orders.makeIterator()
    var busy: [pid_t: WorkerOrder] = [:]
    var triedAgain: Set<Int> = []
    var continues = true
    let isInterrupted = force.isInterrupted
    func order(_ worker: WorkerProcess) {
      busy[worker.process] = nil
      guard continues, !isInterrupted(), let next = rest.next() else { return }
      busy[worker.process] = next
      worker.send(next)
    }
    for worker in workers { order(worker) }
    while !busy.isEmpty {
      for worker in Self.ready(workers.filter { busy[$0.process] != nil }) {
        if let message = WorkerAnswer(from: worker.socket) {
          continues = try heard(message) && continues
          order(worker)
        } else if let lost = busy.removeValue(forKey: worker.process) {
          let isFirstDeath = lost.piece.map { triedAgain.insert($0).inserted } ?? false
          if !isFirstDeath { continues = try died(lost) && continues }
          let successor = try replace(worker)
          if isFirstDeath {
            busy[successor.process] = lost
            successor.send(lost)
          } else {
            order(successor)
          }
        }
      }
    }
  }

  private mutating func start() throws(Failure) {
    guard let worker = WorkerProcess(force.command) else {
      throw Failure(
        .internalFault, "the system cannot start more processes; try a smaller --jobs")
    }
    workers.append(worker)
  }

  private mutating func replace(_ worker: WorkerProcess) throws(Failure) -> WorkerProcess {
    worker.end()
    workers.removeAll { $0.process == worker.process }
    try start()
    let new = workers[workers.count - 1]
    for order in standing { new.send(order) }
    return new
  }

  /// Returns the workers that have sent something; an empty list if a signal came first.
  private static func ready(_ workers: [WorkerProcess]) -> [WorkerProcess] {
    var polled = workers.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
    guard poll(&polled, nfds_t(polled.count), -1) > 0 else { return [] }
    return zip(workers, polled).filter { $0.1.revents != 0 }.map(\.0)
  }
}
