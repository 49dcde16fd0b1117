internal import Glibc

/// The processes that share work: how many, what they run, and when they should stop.
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
  /// How many processes draw. Files do not depend on it.
  public var count: Int
  /// The program that each process runs: posemap, or one that calls ``Worker/serve(on:)`` when its
  /// first argument is ``Worker/subcommand``.
  public var command: String
  /// Whether the user wants the work to stop; called before each piece.
  public var isInterrupted: () -> Bool

  /// A workforce; by default a process for each core that runs this program.
  public init(
    count: Int = Self.cores, command: String = "/proc/self/exe",
    isInterrupted: @escaping () -> Bool = { false }
  ) {
    self.count = count
    self.command = command
    self.isInterrupted = isInterrupted
  }

  /// How many cores this machine has.
  public static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
