import ArgumentParser
internal import PosemapKit

/// `posemap git status`: reports which parts of the setup are on, off or broken.
struct GitStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show which parts of the setup are on, off or broken.",
    discussion: "Exits with 65 if something is broken.")

  @OptionGroup var options: GitSetupOptions

  func run() throws {
    let status = try options.setup().status()
    status.lines.forEach { print($0) }
    if status.isBroken { throw Failure(.badData) }
  }
}
