import ArgumentParser

/// `posemap pose`: work on pose files.
struct PoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pose", abstract: "Work on pose files.", subcommands: [FlattenCommand.self])
}
