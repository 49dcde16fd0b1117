import ArgumentParser
internal import CMalloc
internal import Glibc
internal import PosemapKit

/// `posemap work`: draws a share of frames or scenes as a child process; not for users.
struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Worker.subcommand, abstract: "Draw what another posemap requests.",
    shouldDisplay: false)

  func run() { Self.serve() }

  /// Executes the orders on standard input.
  static func serve() {
    // Each worker has one core; llvmpipe's own threads would only compete for it.
    setenv("LP_NUM_THREADS", "0", 1)
    Worker.serve { Memory.prepare(for: $0) }
  }
}
