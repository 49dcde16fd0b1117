internal import GitClient
internal import SceneFiles

extension GitSetup {
  /// Writes the missing lines, and returns sentences.
  ///
  /// The sentences say which files were written, which existing lines were kept, and what is left
  /// to do.
  ///
  /// - Parameters:
  ///   - binary: patterns of rendered output that git must not diff or merge as text.
  ///   - command: the posemap command that git starts.
  public func enable(
    binary: [String] = [], command: OwnCommand = .find()
  ) throws(Failure) -> [String] {
    for pattern in binary where pattern.isEmpty || pattern.hasPrefix("!") {
      throw Failure(
        .usage, "--binary takes patterns as .gitattributes does, like 'out/**'; not \"\(pattern)\"")
    }
    // Everything is read and checked before anything is written.
    var changes = SetupChanges()
    var sentences = SetupSentences()
    let attributesFile = try SetupFile(attributes)
    try addAttributes(attributesFile, binary, &changes, &sentences)
    try addHook(command, &changes, &sentences)
    try addConfig(command, &changes, &sentences)
    guard !changes.isEmpty else {
      return sentences.kept + ["everything is already set up"] + sentences.advice
    }
    try changes.apply()
    let shared = changes.files.compactMap { inWorkTree($0.file.path) }
    if !shared.isEmpty {
      sentences.advice.append(
        "commit \(shared.joined(separator: " and ")), so that it applies in every clone")
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
    _ command: OwnCommand, _ changes: inout SetupChanges, _ sentences: inout SetupSentences
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
      // A global setup contains the same lines, and might be removed.
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
}

/// The sentences about a setup.
struct SetupSentences {
  /// The changes that were written.
  var written: [String] = []
  /// The existing lines that are kept although they concern posemap.
  var kept: [String] = []
  /// The steps left to the user.
  var advice: [String] = []

  /// All sentences.
  var all: [String] { written + kept + advice }
}
