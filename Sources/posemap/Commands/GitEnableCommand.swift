import ArgumentParser
internal import GitClient
internal import PosemapKit

/// `posemap git enable`: the setup, written.
struct GitEnableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable",
    abstract: "Set git up to diff, merge and check by posemap.",
    discussion: """
      Says what it wrote. What is there stays: your own lines, keys and hooks. Running it again changes nothing, \
      unless posemap has moved.
      """)

  @OptionGroup var options: GitSetupOptions

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Also mark rendered output as binary, like 'out/**'; may be given again.",
      valueName: "pattern"))
  var binary: [String] = []

  func run() throws {
    for sentence in try options.setup().enable(binary: binary) { print(sentence) }
  }
}
