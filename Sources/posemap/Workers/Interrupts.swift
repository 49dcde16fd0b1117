internal import CSignals
internal import Glibc

/// Ctrl-C, for work that finishes what was begun.
enum Interrupts {
  /// From now on the first signal is only noted; another ends the process as usual.
  static func note() {
    // A long run outlives the reader of its output.
    signal(SIGPIPE, SIG_IGN)
    posemap_note_interrupts()
  }

  /// Whether a signal was noted.
  static var isNoted: Bool { posemap_was_interrupted() != 0 }
}
