internal import CSignals
internal import Glibc
internal import Processes

/// Ctrl-C and other signals, for work that must finish what it has begun.
enum Interrupts {
  /// Makes the process end, or fail to write, like a program that a shell runs.
  ///
  /// - Parameter areHeard: whether to receive signals that the parent has blocked; a worker leaves
  ///   them to the process that distributes the work.
  static func prepare(areHeard: Bool) {
    posemap_prepare_signals()
    if areHeard { posemap_unblock_signals() }
    endWithParent()
  }

  /// Exits with the studio that started this job: without it, nobody would see the job's result.
  private static func endWithParent() {
    guard let parent = getenv(RunningChild.parentVariable) else { return }
    let number = Int32(String(cString: parent))
    // Child processes of this process have another parent.
    unsetenv(RunningChild.parentVariable)
    if let number { posemap_end_with(number) }
  }

  /// Records the first signal from now on without ending; a second one ends the process as usual.
  static func note() {
    // A long run outlives the reader of its output.
    signal(SIGPIPE, SIG_IGN)
    posemap_note_interrupts()
  }

  /// Whether the work continues when nobody reads its output any longer.
  static var outliveReaders: Bool { posemap_ignores(SIGPIPE) != 0 }

  /// Whether hangups are ignored, as under nohup.
  static var isHangupIgnored: Bool { posemap_ignores(SIGHUP) != 0 }

  /// Whether a signal was recorded.
  static var isNoted: Bool { posemap_was_interrupted() != 0 }
}
