internal import CSignals
internal import Glibc
internal import Processes

/// Ctrl-C and other signals, for work that finishes what was begun.
enum Interrupts {
  /// Makes the process end, or fail to write, as a program of the shell's does.
  ///
  /// - Parameter areHeard: whether signals that the parent has blocked are heard all the same; a
  ///   worker leaves them to the process that hands out the work.
  static func prepare(areHeard: Bool) {
    posemap_prepare_signals()
    if areHeard { posemap_unblock_signals() }
    endWithParent()
  }

  /// Ends with the studio that this is a job of: after it nobody would see what becomes of the job.
  private static func endWithParent() {
    guard let parent = getenv(RunningChild.parentVariable) else { return }
    let number = Int32(String(cString: parent))
    // What this process starts has another parent.
    unsetenv(RunningChild.parentVariable)
    if let number { posemap_end_with(number) }
  }

  /// From now on the first signal is only noted; another ends the process as usual.
  static func note() {
    // A long run outlives the reader of its output.
    signal(SIGPIPE, SIG_IGN)
    posemap_note_interrupts()
  }

  /// Whether the work continues when nobody reads its output any more.
  static var outliveReaders: Bool { posemap_ignores(SIGPIPE) != 0 }

  /// Whether the end of the terminal is not to be heard, as under nohup.
  static var isHangupIgnored: Bool { posemap_ignores(SIGHUP) != 0 }

  /// Whether a signal was noted.
  static var isNoted: Bool { posemap_was_interrupted() != 0 }
}
