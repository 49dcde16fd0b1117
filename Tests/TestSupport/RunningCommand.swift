internal import Foundation

/// A run of the built command that continues while the test does other things, and ends with it.
public final class RunningCommand {
  private let process = Process()

  /// Starts `posemap` with arguments in a runner's folder, with its output in the files
  /// `stdout.txt` and `stderr.txt` there.
  ///
  /// - Parameter environment: variables for the command, in addition to those of the tests.
  public init(
    _ runner: CommandRunner, _ arguments: [String], environment: [String: String] = [:]
  ) throws {
    let names = ["stdout.txt", "stderr.txt"].map { "\(runner.folder)/\($0)" }
    for name in names { _ = FileManager.default.createFile(atPath: name, contents: nil) }
    let files = names.map { FileHandle(forWritingAtPath: $0) }
    process.executableURL = URL(fileURLWithPath: CommandRunner.command)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: runner.folder)
    process.standardOutput = files[0]
    process.standardError = files[1]
    try process.run()
  }

  deinit {
    guard process.isRunning else { return }
    send(SIGKILL)
    process.waitUntilExit()
  }

  /// The id of the process.
  public var identifier: Int32 { process.processIdentifier }

  /// Sends a signal to the process.
  public func send(_ signal: Int32) { _ = kill(process.processIdentifier, signal) }

  /// Waits until the process ends, at most the given number of seconds, and returns the exit code,
  /// or the number of the signal that ended it; nil if it is still running.
  public func end(within seconds: Double = 30) -> (code: Int32?, signal: Int32?)? {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while process.isRunning {
      if Date() > deadline { return nil }
      usleep(10_000)
    }
    let status = process.terminationStatus
    return process.terminationReason == .exit ? (status, nil) : (nil, status)
  }

  /// Waits until a condition holds, at most the given number of seconds; returns whether it does.
  public static func wait(
    upTo seconds: Double = 30, for condition: () throws -> Bool
  ) rethrows -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while Date() < deadline {
      if try condition() { return true }
      usleep(10_000)
    }
    return try condition()
  }
}
