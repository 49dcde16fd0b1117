internal import PosemapKit
internal import Processes

/// A run of this program for a page, which is polled.
final class StudioJob {
  /// The states of a run.
  enum State: String {
    case running, done, failed
  }

  /// The number of seconds that a run has to exit after it was asked to stop.
  private static let leave = 5.0
  /// The largest number of pictures and messages to remember.
  private static let most = 2_000

  /// The number by which pages identify the run.
  let number: Int
  /// The order that it executes.
  let order: JobOrder
  private(set) var state = State.running
  /// A line about the work in progress, or about how it ended.
  private(set) var line = ""
  /// The completed share; nil while it is unknown.
  private(set) var fraction: Double?
  /// The pictures that it made, relative to its folder.
  private(set) var pictures: [String] = []
  private var seen: Set<String> = []
  /// The warnings, notes and errors that it printed.
  private(set) var messages: [String] = []
  /// The run's exit code; nil before its end.
  private(set) var code: Int32?

  /// The numbers of pictures and messages that all tabs know.
  var reported = (pictures: 0, messages: 0)

  private let child: RunningChild
  private var output = LineBuffer()
  private var errors = LineBuffer()
  private var stopped: ContinuousClock.Instant?

  /// Starts a run.
  ///
  /// - Parameter program: the path of the command.
  init(_ number: Int, _ order: JobOrder, program: String) throws(StudioFault) {
    self.number = number
    self.order = order
    do throws(ChildProcess.StartFailure) {
      child = try RunningChild(program, order.arguments)
    } catch {
      throw StudioFault("the work cannot be started: \(error.reason)")
    }
  }

  /// Whether it is in progress.
  var isRunning: Bool { state == .running }

  /// Reads new output; returns whether there is news.
  func poll() -> Bool {
    guard isRunning else { return false }
    if let stopped, ContinuousClock.now - stopped > .seconds(Self.leave) { child.send(9) }
    let news = child.read()
    var lines = output.add(news.output)
    var faults = errors.add(news.errors)
    if child.end != nil {
      lines += output.rest()
      faults += errors.rest()
    }
    lines.forEach(take)
    if messages.count < Self.most { messages += faults }
    if let end = child.end { finish(end) }
    return !lines.isEmpty || !faults.isEmpty || !isRunning
  }

  /// Asks it to stop.
  func stop() {
    guard isRunning, stopped == nil else { return }
    stopped = .now
    child.send(2)
  }

  private func take(_ text: String) {
    if let progress = ProgressLine(text) {
      (fraction, line) = (progress.fraction, progress.words)
    } else if text.hasPrefix(order.folder.path + "/") {
      let name = String(text.dropFirst(order.folder.path.count + 1))
      if isPicture(name), pictures.count < Self.most, seen.insert(name).inserted {
        pictures.append(name)
      }
    } else {
      line = text
    }
  }

  /// Returns whether a file is a picture to show: maps are not if they are made for a server.
  private func isPicture(_ name: String) -> Bool {
    name.hasSuffix(".png") && (order.kind == .export || name.contains("/generated/"))
  }

  private func finish(_ end: ChildProcess.End) {
    if case .exited(let code) = end { self.code = code }
    if end == .exited(0) {
      state = .done
      fraction = 1
      line =
        "\(pictures.count) \(pictures.count == 1 ? "picture" : "pictures") in \(order.folder.name)"
      return
    }
    state = .failed
    let reason = messages.last { !$0.contains(": note: ") && !$0.contains(": warning: ") }
    switch end {
    case _ where stopped != nil: line = reason ?? "stopped"
    case .signaled(let signal): line = reason ?? "ended by signal \(signal)"
    default: line = reason ?? "ended with code \(code ?? 0)"
    }
  }
}
