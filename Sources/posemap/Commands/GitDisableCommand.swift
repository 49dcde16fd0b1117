import ArgumentParser
internal import PosemapKit

/// `posemap git disable`: the setup, taken away.
struct GitDisableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable",
    abstract: "Take posemap out of git again.",
    discussion: "Every file is what it was before posemap git enable, byte for byte.")

  @OptionGroup var options: GitSetupOptions

  func run() throws {
    for sentence in try options.setup().disable() { print(sentence) }
  }
}
