internal import Foundation
internal import Glibc

/// Reads a foreign model in a child process with limits, so that a broken or hostile file harms
/// only the child.
public enum ChildImport {
  /// The hidden subcommand that the child runs.
  public static let subcommand = "read-model"
  /// The memory that the child may take, in bytes.
  static let maximumMemory: UInt = 2 << 30
  /// The seconds that the child may compute.
  static let maximumSeconds = 8
  /// The seconds after which the child is ended whatever it does.
  static let patience = 10.0
  /// The most bytes that the child may hand back.
  static let maximumOutput = 1 << 30

  /// Returns the model in a file, read by `command` (posemap itself).
  public static func read(
    _ path: String, command: String = "/proc/self/exe"
  ) throws(ForeignModelError) -> ForeignModel {
    let outcome: ChildOutcome
    do {
      outcome = try ChildOutcome.run(
        realPath(command), [subcommand, path], patience: patience, maximumOutput: maximumOutput)
    } catch {
      throw .unsupported("the process that reads models cannot be started: \(error)")
    }
    switch outcome.end {
    case .exited(0):
      guard let model = ForeignModelCodec.decode(outcome.output) else {
        throw .damaged("the file confused its reader; export it again, or in another format")
      }
      return model
    case .exited: throw .damaged(outcome.sentence)
    case .signaled(SIGXCPU), .outOfPatience:
      throw .overLimit(
        "reading it took longer than any sound file does; it is damaged or far too large")
    case .overlong: throw .overLimit("it holds more than posemap takes from one model (1 GiB)")
    case .signaled:
      throw .damaged(
        "it broke the program that reads it, or took more than 2 GiB of memory: the file is damaged; "
          + "export it again, or in another format")
    }
  }

  /// Puts the limits on this process; the child calls it first.
  public static func limitThisProcess() {
    for (resource, limit) in [
      (RLIMIT_AS, maximumMemory), (RLIMIT_CPU, UInt(maximumSeconds)), (RLIMIT_CORE, 0),
      (RLIMIT_FSIZE, 0),
    ] {
      var limits = rlimit(rlim_cur: rlim_t(limit), rlim_max: rlim_t(limit))
      setrlimit(__rlimit_resource_t(resource.rawValue), &limits)
    }
  }

  private static func realPath(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}

/// A child's end and its output.
private struct ChildOutcome {
  enum End: Equatable {
    case exited(Int32)
    case signaled(Int32)
    case outOfPatience
    case overlong
  }

  var end: End
  var output: [UInt8]
  var errors: [UInt8]

  /// The last line that the child wrote to standard error.
  var sentence: String {
    let lines = String(decoding: errors, as: UTF8.self).split(separator: "\n")
    return lines.last.map(String.init) ?? "it cannot be read"
  }

  static func run(
    _ command: String, _ arguments: [String], patience: Double, maximumOutput: Int
  ) throws -> ChildOutcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let identifier = process.processIdentifier
    let deadline = DispatchWorkItem { kill(identifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + patience, execute: deadline)
    let began = DispatchTime.now()
    // Both pipes are read at once, lest the child wait for the one while we wait for the other.
    let said = Gathering(errors.fileHandleForReading, limit: 1 << 16)
    let given = Gathering.read(output.fileHandleForReading, limit: maximumOutput) {
      kill(identifier, SIGKILL)
    }
    process.waitUntilExit()
    deadline.cancel()
    let took = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
    let signaled = process.terminationReason == .uncaughtSignal
    let end: End =
      given.count > maximumOutput
      ? .overlong
      : signaled && took >= patience
        ? .outOfPatience
        : signaled ? .signaled(process.terminationStatus) : .exited(process.terminationStatus)
    return ChildOutcome(end: end, output: given, errors: said.wait())
  }
}

/// Reads a pipe to its end on a thread of its own.
private final class Gathering: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  // Written before the semaphore is signaled, read after it was waited for.
  private var bytes: [UInt8] = []

  init(_ handle: FileHandle, limit: Int) {
    Thread.detachNewThread { [self] in
      bytes = Self.read(handle, limit: limit) {}
      done.signal()
    }
  }

  func wait() -> [UInt8] {
    done.wait()
    return bytes
  }

  /// Returns everything up to the end. Bytes beyond the limit are read and dropped; `tooMuch` is
  /// called once for them.
  static func read(_ handle: FileHandle, limit: Int, tooMuch: () -> Void) -> [UInt8] {
    var bytes: [UInt8] = []
    var over = false
    while let data = try? handle.read(upToCount: 1 << 20), !data.isEmpty {
      if !over { bytes.append(contentsOf: data) }
      if bytes.count > limit, !over {
        over = true
        tooMuch()
      }
    }
    return bytes
  }
}
