import ArgumentParser
internal import PosemapKit

/// `posemap git disable`: removes the setup.
struct GitDisableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable",
    abstract: "Remove posemap from git again.",
    discussion: "Restores every file to what it was before posemap git enable, byte for byte.")

  @OptionGroup var options: GitSetupOptions

  func run() throws {
    for sentence in try options.setup().disable() { print(sentence) }
  }
}
