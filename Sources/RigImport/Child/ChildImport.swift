internal import Glibc
internal import Processes

/// Reads another program's model in a child process with limits, so that a broken or hostile file
/// harms only the child.
public enum ChildImport {
  /// The hidden subcommand that the child runs.
  public static let subcommand = "read-model"
  /// The memory limit of the child, in bytes.
  static let maximumMemory: UInt = 2 << 30
  /// The CPU time limit of the child, in seconds.
  static let maximumSeconds = 8
  /// The number of seconds after which the child is killed.
  static let patience = 10.0
  /// The largest size of the child's output, in bytes.
  static let maximumOutput = 1 << 30

  /// Reads the model in a file through the child process `command`, which is posemap itself.
  public static func read(
    _ path: String, command: String = "/proc/self/exe"
  ) throws(ForeignModelError) -> ForeignModel {
    guard let model = ForeignModelCodec.decode(try output(path, command)) else { throw confused }
    return model
  }

  /// Reads the garment in an `.mhclo` file through the child process `command`, which is posemap
  /// itself.
  package static func readGarment(
    _ path: String, command: String = "/proc/self/exe"
  ) throws(ForeignModelError) -> ImportedGarment {
    guard let garment = GarmentCodec.decode(try output(path, command)) else { throw confused }
    return garment
  }

  private static let confused = ForeignModelError.damaged(
    "the file could not be interpreted; export it again, or in another format")

  /// Returns the child's output for a file.
  private static func output(
    _ path: String, _ command: String
  ) throws(ForeignModelError) -> [UInt8] {
    let outcome: ChildProcess.Outcome
    do {
      outcome = try ChildProcess(realPath(command), [subcommand, path])
        .outcome(patience: patience, maximumOutput: maximumOutput)
    } catch {
      throw .unsupported("the process that reads models cannot be started: \(error.reason)")
    }
    switch outcome.end {
    case .exited(0): return outcome.output
    case .exited: throw .damaged(lastLine(of: outcome.errors) ?? "it cannot be read")
    case .signaled(SIGXCPU), .outOfPatience:
      throw .overLimit(
        "reading it took longer than any intact file needs; it is damaged or far too large")
    case .overlong: throw .overLimit("it contains more than posemap accepts from one model (1 GiB)")
    case .signaled:
      throw .damaged(
        "it broke the program that reads it, or took more than 2 GiB of memory: it may be damaged, "
          + "or too large; export it again, the character alone, or as glTF (.glb)")
    }
  }

  /// Applies the limits to this process; the child calls it first.
  public static func limitThisProcess() {
    for (resource, limit) in [
      (RLIMIT_AS, maximumMemory), (RLIMIT_CPU, UInt(maximumSeconds)), (RLIMIT_CORE, 0),
      (RLIMIT_FSIZE, 0),
    ] {
      var limits = rlimit(rlim_cur: rlim_t(limit), rlim_max: rlim_t(limit))
      setrlimit(__rlimit_resource_t(resource.rawValue), &limits)
    }
  }

  private static func lastLine(of bytes: [UInt8]) -> String? {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").last.map(String.init)
  }

  private static func realPath(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
