/// The lines in the hook that git runs before each commit.
enum HookBlock {
  /// The name of the hook.
  static let name = "pre-commit"
  /// The new name of a hook that is not a shell script, so that posemap's hook can start it.
  static let keptName = "pre-commit.before-posemap"
  /// The first line of posemap's own hook.
  static let head = "#!/bin/sh\n"

  /// The command that the hook runs.
  static func check(_ command: OwnCommand) -> String { "\(command.word) git check" }

  /// Returns the lines of a block.
  ///
  /// - Parameter isChained: whether another hook was renamed and must run afterward.
  static func lines(_ command: OwnCommand, isChained: Bool) -> [String] {
    [
      "# Written by \"posemap git enable\"; \"posemap git disable\" removes it.",
      "if command -v \(command.word) >/dev/null 2>&1; then",
      "  \(check(command)) || exit 1",
      "else",
      "  echo 'posemap was moved or removed, so poses are committed unchecked; see: posemap git status' >&2",
      "fi",
    ] + (isChained ? [chained] : [])
  }

  /// Returns whether a block starts a renamed hook.
  static func isChained(_ lines: [String]) -> Bool { lines.contains(chained) }

  /// Returns the command line that a block starts; nil for a block of another kind.
  static func command(in lines: [String]) -> String? {
    let start = "if command -v "
    return lines.first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
  }

  private static let chained = "exec \"${0%/*}/\(keptName)\" \"$@\""

  /// The shells that can run posemap's lines as part of a script.
  private static let shells: Set<String> = ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"]

  /// Returns the offset at which to insert lines for a shell into a script: after its first line.
  ///
  /// Nil for a script in another language, or one that hands itself over to another program.
  static func offset(in script: [UInt8]) -> Int? {
    if script.prefix(1024).contains(0) { return nil }
    let lines = BlockedText.lines(script)
    let start = lines.prefix(10).map(BlockedText.text)
    let isHandedOver = start.contains { $0.contains("exec") && $0.contains("$0") }
    guard let first = start.first, !isHandedOver else { return lines.isEmpty ? 0 : nil }
    guard first.hasPrefix("#!") else { return 0 }
    let names = first.dropFirst(2).split { $0 == " " || $0 == "\t" }
      .compactMap { $0.split(separator: "/").last.map(String.init) }
    let program =
      names.first == "env" ? names.dropFirst().first { !$0.hasPrefix("-") } : names.first
    return program.map(shells.contains) == true ? lines[0].count : nil
  }

  /// Returns whether the rest of posemap's own hook does nothing.
  static func isEmpty(_ rest: [UInt8]) -> Bool {
    rest.isEmpty || String(decoding: rest, as: UTF8.self) == head
  }
}
