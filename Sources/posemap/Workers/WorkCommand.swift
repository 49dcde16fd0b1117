import ArgumentParser
internal import CMalloc
internal import Glibc
internal import PosemapKit

/// `posemap work`: a process that draws a share of frames or scenes; no one calls it by hand.
struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Worker.subcommand, abstract: "Draw what another posemap requests.",
    shouldDisplay: false)

  func run() { Self.serve() }

  /// Follows the orders on standard input.
  static func serve() {
    // One core each; llvmpipe's own threads would only fight over them.
    setenv("LP_NUM_THREADS", "0", 1)
    Worker.serve { Memory.prepare(for: $0) }
  }
}
