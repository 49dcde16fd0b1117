import ArgumentParser

/// `posemap git`: manages the setup that makes git use posemap.
struct GitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "git",
    abstract: "Let git diff, merge and check poses, clips and scenes with posemap.",
    discussion: """
      Run enable once per clone: .gitattributes names the files, git's configuration says what git runs for \
      them, and a hook checks what is staged before each commit. disable restores every file as it was before.
      """,
    subcommands: [
      GitEnableCommand.self, GitDisableCommand.self, GitStatusCommand.self, GitCheckCommand.self,
      GitScenesCommand.self,
    ])
}
