import ArgumentParser
internal import PosemapKit

/// `posemap git disable`: the setup, taken away.
struct GitDisableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable",
    abstract: "Take posemap out of git again.",
    discussion: "Every file is what it was before posemap git enable, byte for byte.")

  @OptionGroup var place: GitSetupOptions

  func run() throws {
    for sentence in try place.setup().disable() { print(sentence) }
  }
}
