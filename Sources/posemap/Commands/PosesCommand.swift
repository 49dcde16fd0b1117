import ArgumentParser

/// `posemap poses`: the pose library.
struct PosesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "poses",
    abstract:
      "List, draw or find poses, gestures and hand shapes; list the places on a body.",
    discussion: """
      A pose file builds on one with "base": "NAME" or "blend", takes a gesture with "gesture": "NAME" and a hand shape \
      with "hands": {"left": "NAME"}.
      """,
    subcommands: [PosesListCommand.self, PosesFindCommand.self],
    defaultSubcommand: PosesListCommand.self)
}
