internal import GitClient
internal import SceneFiles

/// The parts of the setup, each on, off or broken.
public struct GitSetupStatus: Sendable {
  /// One part of the setup.
  public struct Part: Sendable {
    /// The state of a part.
    public enum State: String, Sendable {
      case on, off
      /// Someone set it up differently.
      case own
      case broken
    }

    /// The task that git uses the part for.
    public var name: String
    /// The part's state.
    public var state: State
    /// The location of the setup, or what is wrong.
    public var detail: String
  }

  /// The parts, in the order in which people encounter them.
  public var parts: [Part]

  /// Whether a part does not work although it is set up.
  public var isBroken: Bool { parts.contains { $0.state == .broken } }

  /// The lines to show.
  public var lines: [String] {
    let width = (parts.map(\.name.count).max() ?? 0) + 1
    return parts.map { part in
      let gap = String(repeating: " ", count: width - part.name.count)
      let word = part.state.rawValue
      return "\(part.name)\(gap)\(word)" + (part.detail.isEmpty ? "" : ": \(part.detail)")
    } + (isBroken ? ["posemap git enable fixes what can be fixed"] : [])
  }
}

extension GitSetup {
  /// Examines every part of the setup.
  public func status() throws(Failure) -> GitSetupStatus {
    let sections = try ConfigBlock.Section.allCases.map { section throws(Failure) in
      try part(section)
    }
    let isUsed = sections.contains { $0.state == .on || $0.state == .broken }
    var parts = [try attributesPart(isUsed)] + sections
    if case .repository(_, _, let location) = scope { parts.append(try hookPart(location)) }
    return GitSetupStatus(parts: parts)
  }

  private func attributesPart(_ isUsed: Bool) throws(Failure) -> GitSetupStatus.Part {
    let hasBlock = try SetupFile(attributes).text().block != nil
    let name = "attributes"
    guard let repository else {
      return .init(name: name, state: hasBlock ? .on : .off, detail: shown(attributes))
    }
    let probes = AttributesBlock.patterns.map { $0.replacing("*", with: "posemap-probe.") }
    let answer = try Failure.ofGit { () throws(GitError) in
      try repository.run(["check-attr", "-z", "diff", "merge", "--"] + probes).entries
    }
    var others: [String] = []
    var isAnyOn = false
    for start in stride(from: 0, to: answer.count - 2, by: 3) {
      let value = answer[start + 2]
      if value == "posemap" {
        isAnyOn = true
      } else {
        let pattern = answer[start].replacing("posemap-probe.", with: "*")
        others.append("\(pattern) \(answer[start + 1]) is \(value)")
      }
    }
    if others.isEmpty {
      return .init(
        name: name, state: .on, detail: hasBlock ? shown(attributes) : "set elsewhere")
    }
    if hasBlock || isAnyOn {
      let isOverruled = hasBlock && !isAnyOn
      return .init(
        name: name, state: isOverruled ? .broken : .own,
        detail: "\(others.joined(separator: ", "))")
    }
    return .init(
      name: name, state: isUsed ? .broken : .off,
      detail: isUsed ? "\(shown(attributes)) does not name the files" : "")
  }

  private func part(_ section: ConfigBlock.Section) throws(Failure) -> GitSetupStatus.Part {
    guard let setting = settings.last(where: { $0.key == section.name }) else {
      let block = try SetupFile(attributes).text().block
      let isNamed = section == .diff && repository != nil && block != nil
      return .init(
        name: section.rawValue, state: .off,
        detail: isNamed ? "not in this clone; run: posemap git enable" : "")
    }
    let words = setting.value.split(separator: " ").map(String.init)
    let scope = setting.scope == "local" ? "" : " (\(setting.scope))"
    guard words.contains(section.subcommand) else {
      return .init(name: section.rawValue, state: .own, detail: setting.value + scope)
    }
    let command = section == .merge ? setting.value.replacing("%%", with: "%") : setting.value
    guard OwnCommand.path(startedBy: command) != nil else {
      return .init(name: section.rawValue, state: .broken, detail: Self.gone(command))
    }
    let start = "\(ShellWord.quoted(ShellWord.first(of: command))) \(section.subcommand)"
    return .init(name: section.rawValue, state: .on, detail: start + scope)
  }

  private static func gone(_ command: String) -> String {
    let word = ShellWord.first(of: command)
    return word.contains("/") ? "\(word) no longer exists" : "\(word) is not in PATH"
  }

  private func hookPart(_ location: HookLocation) throws(Failure) -> GitSetupStatus.Part {
    let name = "hook"
    for path in [location.path, location.path + ".legacy"] {
      let file = try SetupFile(path)
      guard let block = try file.text().block else { continue }
      let command = HookBlock.command(in: block.lines) ?? ""
      if let refusal = location.refusal { return .init(name: name, state: .own, detail: refusal) }
      if !file.isExecutable, !location.isOfHusky {
        return .init(
          name: name, state: .broken,
          detail: "\(shown(path)) is not executable; run: chmod +x \(ShellWord.quoted(shown(path)))"
        )
      }
      if OwnCommand.path(startedBy: command) == nil {
        return .init(name: name, state: .broken, detail: Self.gone(command))
      }
      return .init(name: name, state: .on, detail: shown(path))
    }
    if frameworkRunsPosemap, let bytes = try SetupFile(location.path).bytes,
      Self.isOfFramework(bytes)
    {
      return .init(name: name, state: .on, detail: "by the framework pre-commit")
    }
    for path in hooks {
      let file = try SetupFile(path)
      if try file.text().block != nil {
        return .init(
          name: name, state: .broken,
          detail: "\(shown(path)) has posemap's lines, but git runs \(shown(location.path))")
      }
    }
    return .init(name: name, state: .off, detail: location.refusal ?? "")
  }
}
