internal import GitClient
internal import SceneFiles

/// The lines in git's configuration that tell git what to start for the files in the attributes.
struct ConfigBlock {
  /// A section of git's configuration, for one task of git.
  enum Section: String, CaseIterable {
    case diff, merge, mergetool, difftool

    /// The key that names what git starts.
    var mainKey: String {
      switch self {
      case .diff: "textconv"
      case .merge: "driver"
      case .mergetool, .difftool: "cmd"
      }
    }

    /// The subcommand that git starts.
    var subcommand: String {
      switch self {
      case .diff: "textconv"
      case .merge: "merge-driver"
      case .mergetool: "mergetool"
      case .difftool: "diff"
      }
    }

    /// The full name of the main key, as git lists it.
    var name: String { "\(rawValue).posemap.\(mainKey)" }
  }

  /// The posemap command that git starts.
  let command: OwnCommand

  /// The arguments of the merge driver, with git's placeholders.
  ///
  /// A version of git older than 2.44 leaves the last three as they are, which the driver
  /// recognizes.
  private static let driverArguments =
    "--base %O --ours %A --theirs %B --marker-size %L --path %P "
    + "--base-label %S --ours-label %X --theirs-label %Y"

  /// Returns the lines of a block.
  ///
  /// - Parameters:
  ///   - sections: the sections that nobody else has set.
  ///   - written: the files of the work tree that this setup wrote lines into.
  ///   - old: the existing lines; keys that someone has added to them are kept.
  func lines(_ sections: [Section], written: [String], old: [String]) -> [String] {
    [Self.remark] + written.map { Self.writtenMark + JSONValue.quoted($0) }
      + sections.flatMap { section in
        [Self.head(section)]
          + settings(section).map { "\t\($0.key) = \(Self.quoted($0.value))" }
          + added(to: section, in: old)
      }
  }

  private static func head(_ section: Section) -> String { "[\(section.rawValue) \"posemap\"]" }

  /// Returns the lines of a section that are not posemap's: git adds a key to the section with its
  /// name, wherever that section is.
  private func added(to section: Section, in old: [String]) -> [String] {
    let own = Set(settings(section).map { $0.key.lowercased() })
    return old.drop { $0 != Self.head(section) }.dropFirst().prefix { !$0.hasPrefix("[") }
      .filter { line in
        let key = line.split { " \t=".contains($0) }.first?.lowercased() ?? ""
        return !key.isEmpty && !own.contains(key)
      }
  }

  /// Returns the files of the work tree that a block lists as written with it.
  static func written(in lines: [String]) -> [String] {
    lines.compactMap { line in
      guard line.hasPrefix(writtenMark) else { return nil }
      return (try? JSONParser.parse(Array(line.dropFirst(writtenMark.count).utf8)))?.text
    }
  }

  /// Returns the sections in a block.
  static func sections(in lines: [String]) -> [Section] {
    Section.allCases.filter { lines.contains(head($0)) }
  }

  private static let remark =
    "# Written by \"posemap git enable\"; \"posemap git disable\" removes it."
  private static let writtenMark = "# Written with it: "

  /// Returns the keys of a section in order.
  func settings(_ section: Section) -> [(key: String, value: String)] {
    let start = "\(command.word) \(section.subcommand)"
    switch section {
    case .diff:
      // The head of each part of a diff then names the character that the joint belongs to.
      return [("textconv", start), ("xfuncname", #"("id": *"[^"]*")"#)]
    case .merge:
      // Git prints a single % for two.
      let driver = start.replacing("%", with: "%%")
      return [
        ("name", "poses, clips and scenes, merged by meaning"),
        ("driver", "\(driver) \(Self.driverArguments)"),
      ]
    case .mergetool:
      // Git itself stages the tool's result.
      return [("cmd", "\(start) --no-stage -- \"$MERGED\""), ("trustExitCode", "true")]
    case .difftool: return [("cmd", "\(start) \"$LOCAL\" \"$REMOTE\"")]
    }
  }

  /// Returns a value in the syntax of git's configuration.
  static func quoted(_ value: String) -> String {
    let isPlain =
      !value.contains { "\"\\;#\n\t".contains($0) } && value.first != " " && value.last != " "
    if isPlain { return value }
    let inner = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    return "\"\(inner)\""
  }
}
