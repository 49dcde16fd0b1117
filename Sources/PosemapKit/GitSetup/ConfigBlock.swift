internal import GitClient
internal import SceneFiles

/// The lines in git's configuration: what git starts for the files that the attributes name.
struct ConfigBlock {
  /// A section of git's configuration, which all belong to one thing that git does.
  enum Section: String, CaseIterable {
    case diff, merge, mergetool, difftool

    /// The key that says what git starts.
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

  /// The posemap that git starts.
  let command: OwnCommand

  /// The arguments of the merge driver, with git's placeholders.
  ///
  /// A git older than 2.44 leaves the last three as they are, which the driver knows.
  private static let driverArguments =
    "--base %O --ours %A --theirs %B --marker-size %L --path %P "
    + "--base-label %S --ours-label %X --theirs-label %Y"

  /// Returns the lines of a block.
  ///
  /// - Parameters:
  ///   - sections: those that nobody else has set.
  ///   - written: the files of the work tree that this setup put lines into.
  ///   - old: the lines that are there; keys that somebody has added to them stay.
  func lines(_ sections: [Section], written: [String], old: [String]) -> [String] {
    [Self.remark] + written.map { Self.writtenMark + JSONValue.quoted($0) }
      + sections.flatMap { section in
        [Self.head(section)]
          + settings(section).map { "\t\($0.key) = \(Self.quoted($0.value))" }
          + added(to: section, in: old)
      }
  }

  private static func head(_ section: Section) -> String { "[\(section.rawValue) \"posemap\"]" }

  /// Returns the lines of a section that are not posemap's: git adds a key to the section of its
  /// name, wherever that is.
  private func added(to section: Section, in old: [String]) -> [String] {
    let own = Set(settings(section).map { $0.key.lowercased() })
    return old.drop { $0 != Self.head(section) }.dropFirst().prefix { !$0.hasPrefix("[") }
      .filter { line in
        let key = line.split { " \t=".contains($0) }.first?.lowercased() ?? ""
        return !key.isEmpty && !own.contains(key)
      }
  }

  /// Returns the files of the work tree that a block says were written with it.
  static func written(in lines: [String]) -> [String] {
    lines.compactMap { line in
      guard line.hasPrefix(writtenMark) else { return nil }
      return (try? JSONParser.parse(Array(line.dropFirst(writtenMark.count).utf8)))?.text
    }
  }

  /// Returns the sections that a block has.
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
      // The head of each part of a diff then says whose joint it is.
      return [("textconv", start), ("xfuncname", #"("id": *"[^"]*")"#)]
    case .merge:
      // Git puts a single % instead of two.
      let driver = start.replacing("%", with: "%%")
      return [
        ("name", "poses, clips and scenes, merged by meaning"),
        ("driver", "\(driver) \(Self.driverArguments)"),
      ]
    case .mergetool:
      // Git itself stages what the tool has decided.
      return [("cmd", "\(start) --no-stage -- \"$MERGED\""), ("trustExitCode", "true")]
    case .difftool: return [("cmd", "\(start) \"$LOCAL\" \"$REMOTE\"")]
    }
  }

  /// Returns a value as git's configuration takes it.
  static func quoted(_ value: String) -> String {
    let isPlain =
      !value.contains { "\"\\;#\n\t".contains($0) } && value.first != " " && value.last != " "
    if isPlain { return value }
    let inner = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    return "\"\(inner)\""
  }
}
