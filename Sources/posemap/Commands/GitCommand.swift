import ArgumentParser

/// `posemap git`: the setup that makes git use posemap.
struct GitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "git",
    abstract: "Let git diff, merge and check poses, clips and scenes by posemap.",
    discussion: """
      enable is one command a clone: .gitattributes names the files, git's configuration says what git starts for \
      them, and a hook checks what is staged before each commit. disable leaves every file as it was before.
      """,
    subcommands: [
      GitEnableCommand.self, GitDisableCommand.self, GitStatusCommand.self, GitCheckCommand.self,
      GitScenesCommand.self,
    ])
}
