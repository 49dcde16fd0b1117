internal import GitClient
internal import SceneFiles

extension GitSetup {
  /// Writes the lines that are missing, and returns what was written, what was kept, and what is
  /// left to do, in a sentence each.
  ///
  /// - Parameters:
  ///   - binary: patterns of rendered output that git is not to diff or merge as text.
  ///   - command: the posemap that git starts.
  public func enable(
    binary: [String] = [], command: OwnCommand = .find()
  ) throws(Failure) -> [String] {
    for pattern in binary where pattern.isEmpty || pattern.hasPrefix("!") {
      throw Failure(
        .usage, "--binary takes patterns as .gitattributes does, like 'out/**'; not \"\(pattern)\"")
    }
    // All is read and thought over before anything is written.
    var changes = SetupChanges()
    var sentences = SetupSentences()
    let attributesFile = try SetupFile(attributes)
    try addAttributes(attributesFile, binary, &changes, &sentences)
    let hook = try addHook(command, &changes, &sentences)
    try addConfig(command, hook, &changes, &sentences)
    guard !changes.isEmpty else {
      return sentences.kept + ["all is set up already"] + sentences.advice
    }
    try changes.apply()
    let shared = changes.files.compactMap { inWorkTree($0.file.path) }
    if !shared.isEmpty {
      sentences.advice.append(
        "commit \(shared.joined(separator: " and ")), so that it holds in every clone")
    }
    return sentences.all
  }

  private func addAttributes(
    _ file: SetupFile, _ binary: [String], _ changes: inout SetupChanges,
    _ sentences: inout SetupSentences
  ) throws(Failure) {
    let text = try file.text()
    let old = text.block?.lines ?? []
    let lines = AttributesBlock.lines(binary: binary, old: old)
    for line in AttributesBlock.ownLines(in: text.restored) {
      sentences.kept.append("\(shown(file.path)): kept your line: \(line)")
    }
    let new: [UInt8] =
      if file.bytes == nil {
        BlockedText.new(lines, folders: file.missingFolders)
      } else if text.block != nil {
        text.replacing(lines)
      } else {
        text.inserting(lines, at: AttributesBlock.offset(in: text.before))
      }
    guard new != file.bytes else { return }
    changes.write(new, to: file)
    sentences.written.append(
      "\(shown(file.path)): git diffs and merges \(AttributesBlock.patterns.joined(separator: " ")) by posemap"
        + (binary.isEmpty ? "" : "; \(binary.joined(separator: " ")) as binary files"))
  }

  private func addConfig(
    _ command: OwnCommand, _ hook: SetupFile?, _ changes: inout SetupChanges,
    _ sentences: inout SetupSentences
  ) throws(Failure) {
    let file = try SetupFile(config)
    let text = try file.text()
    let old = text.block?.lines ?? []
    let block = ConfigBlock(command: command)
    var sections: [ConfigBlock.Section] = []
    for section in ConfigBlock.Section.allCases {
      guard let other = others(section, block: old).last else {
        sections.append(section)
        continue
      }
      let own = block.settings(section).first { $0.key == section.mainKey }?.value
      // A setup of all repositories says the same, and may be taken away.
      if other.value == own, other.scope == "global", repository != nil {
        sections.append(section)
      } else {
        sentences.kept.append("kept your \(section.name) = \(other.value)")
      }
    }
    let written = Set(ConfigBlock.written(in: old)).union(
      changes.files.filter { $0.isNewBlock }.compactMap { inWorkTree($0.file.path) })
    let lines = block.lines(sections, written: written.sorted(), old: old)
    let new: [UInt8] =
      if file.bytes == nil {
        BlockedText.new(lines, folders: file.missingFolders)
      } else if text.block != nil {
        text.replacing(lines)
      } else {
        text.inserting(lines, at: text.before.count)
      }
    guard new != file.bytes else { return }
    changes.write(new, to: file)
    let names = sections.map { "\($0.rawValue).posemap" }.joined(separator: ", ")
    sentences.written.insert(
      "\(shown(file.path)): \(names.isEmpty ? "a note of what was written" : "\(names), by \(command.word)")",
      at: min(1, sentences.written.count))
  }

  private func addHook(
    _ command: OwnCommand, _ changes: inout SetupChanges, _ sentences: inout SetupSentences
  ) throws(Failure) -> SetupFile? {
    guard case .repository(_, _, let place) = scope else { return nil }
    let check = HookBlock.check(command)
    if let refusal = place.refusal {
      sentences.advice.append("no hook: \(refusal); let your hook run \"\(check)\"")
      return nil
    }
    // The framework `pre-commit` gives a hook that it finds another name, and runs it.
    let legacy = try SetupFile(place.path + ".legacy")
    if legacy.bytes != nil, let block = try legacy.text().block {
      changes.writeIfOther(
        try legacy.text().replacing(
          HookBlock.lines(command, isChained: HookBlock.isChained(block.lines))), to: legacy)
      return legacy
    }
    let file = try SetupFile(place.path)
    guard let bytes = file.bytes else {
      let head = place.isOfHusky ? "" : HookBlock.head
      changes.write(
        BlockedText.new(
          head: head, HookBlock.lines(command, isChained: false), folders: file.missingFolders),
        to: file, isExecutable: true)
      sentences.written.append("\(shown(file.path)): checks what is staged before each commit")
      return file
    }
    let text = try file.text()
    if let block = text.block {
      let lines = HookBlock.lines(command, isChained: HookBlock.isChained(block.lines))
      if changes.writeIfOther(text.replacing(lines), to: file) {
        sentences.written.append("\(shown(file.path)): starts \(command.word) now")
      }
      if !file.isExecutable, !place.isOfHusky {
        sentences.advice.append("git does not run the hook: chmod +x \(shown(file.path))")
      }
      return file
    }
    if Self.isOfFramework(bytes), frameworkRunsPosemap {
      sentences.kept.append("no hook of its own: pre-commit runs posemap's already")
      return nil
    }
    guard file.isExecutable || place.isOfHusky else {
      sentences.advice.append(
        "no hook: \(shown(file.path)) is there and not executable, so that git does not run it; "
          + "make it executable or remove it, and run this again")
      return nil
    }
    if !file.isLink, let offset = HookBlock.offset(in: bytes) {
      changes.write(
        text.inserting(HookBlock.lines(command, isChained: false), at: offset), to: file)
      sentences.written.append(
        "\(shown(file.path)): checks what is staged first, and then does what it did")
    } else {
      let kept = FileIdentity.folder(of: file.path) + "/" + HookBlock.keptName
      guard try SetupFile(kept).bytes == nil else {
        sentences.advice.append("no hook: \(shown(kept)) is in the way")
        return nil
      }
      changes.chain(file.path, kept: kept, HookBlock.lines(command, isChained: true))
      sentences.written.append(
        "\(shown(file.path)): checks what is staged, and then runs what was there, now \(HookBlock.keptName)"
      )
    }
    if Self.isOfFramework(bytes) {
      sentences.advice.append(
        "pre-commit install writes its hook anew; posemap's hooks for .pre-commit-config.yaml outlast that (docs/git.md)"
      )
    }
    return file
  }

  /// Whether a hook is that of the framework `pre-commit`.
  static func isOfFramework(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).contains("File generated by pre-commit")
  }

  /// Whether the framework `pre-commit` is told to run posemap's hooks.
  var frameworkRunsPosemap: Bool {
    guard case .repository(let top, _, _) = scope,
      case .success(let bytes) = FileLoader.bytes("\(top)/.pre-commit-config.yaml")
    else { return false }
    return String(decoding: bytes, as: UTF8.self).contains("posemap-check")
  }
}

/// What is to be said of a setup.
struct SetupSentences {
  /// What is written.
  var written: [String] = []
  /// What is left as it is, though it concerns posemap.
  var kept: [String] = []
  /// What is left for people to do.
  var advice: [String] = []

  /// All of them.
  var all: [String] { written + kept + advice }
}
