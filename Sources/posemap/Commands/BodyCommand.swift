import ArgumentParser

/// `posemap body`: the parametric human.
struct BodyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "body",
    abstract: "Install, measure and look at the parametric human.",
    subcommands: [BodyInstallCommand.self, BodyMeasureCommand.self, BodySheetCommand.self])
}
