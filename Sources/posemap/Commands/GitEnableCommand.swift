import ArgumentParser
internal import GitClient
internal import PosemapKit

/// `posemap git enable`: writes the setup.
struct GitEnableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable",
    abstract: "Set up git to diff, merge and check with posemap.",
    discussion: """
      Prints what it wrote. Your own lines, keys and hooks stay. Running it again changes nothing, \
      unless posemap has moved.
      """)

  @OptionGroup var options: GitSetupOptions

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Also mark rendered output as binary, like 'out/**'; may be repeated.",
      valueName: "pattern"))
  var binary: [String] = []

  func run() throws {
    for sentence in try options.setup().enable(binary: binary) { print(sentence) }
  }
}
