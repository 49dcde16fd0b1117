internal import Glibc

/// The processes that share work: their number, what they run, and when they stop.
///
/// A program that is its own worker serves before it does anything else:
///
/// ```swift
/// if CommandLine.arguments.dropFirst().first == Worker.subcommand {
///   Worker.serve { _ in }
/// } else {
///   let force = Workforce(count: 4)
///   print(force.count, "processes")
/// }
/// ```
public struct Workforce {
  /// The number of processes that draw; the files do not depend on it.
  public var count: Int
  /// The program that each process runs: posemap, or one that calls ``Worker/serve(on:)`` when its
  /// first argument is ``Worker/subcommand``.
  public var command: String
  /// Returns whether the user wants the work to stop; called before each piece.
  public var isInterrupted: () -> Bool

  /// Creates a workforce; by default, one process of this program per core.
  public init(
    count: Int = Self.cores, command: String = "/proc/self/exe",
    isInterrupted: @escaping () -> Bool = { false }
  ) {
    self.count = count
    self.command = command
    self.isInterrupted = isInterrupted
  }

  /// The number of cores in this machine.
  public static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
