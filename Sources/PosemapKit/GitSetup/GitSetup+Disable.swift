internal import GitClient
internal import SceneFiles

extension GitSetup {
  /// Removes posemap's lines, which restores each file, and returns a sentence about each.
  public func disable() throws(Failure) -> [String] {
    var changes = SetupChanges()
    var sentences: [String] = []
    let configFile = try SetupFile(config)
    let own = try configFile.text().block?.lines
    for path in [attributes] + hooks {
      let file = try SetupFile(path)
      guard let block = try file.text().block else { continue }
      // Lines that came with a clone also belong to the other contributors.
      let isWritten = own.map { ConfigBlock.written(in: $0).contains(inWorkTree(path) ?? "") }
      if isWritten != true, isCommitted(path) {
        sentences.append(
          "\(shown(path)): kept, because its lines came with the repository; on their own they do nothing"
        )
        continue
      }
      sentences.append(try removeBlock(block, from: file, &changes))
    }
    if let block = try configFile.text().block {
      sentences.append(try removeBlock(block, from: configFile, &changes))
    }
    guard !changes.isEmpty else { return sentences + ["posemap is not set up here"] }
    try changes.apply()
    return sentences
  }

  /// The files that might contain the hook's lines.
  var hooks: [String] {
    guard case .repository(_, let common, let hook) = scope else { return [] }
    // Git might have looked for hooks elsewhere when the lines were written.
    let paths = [hook.path, "\(common)/hooks/\(HookBlock.name)"].flatMap { [$0, $0 + ".legacy"] }
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }

  private func removeBlock(
    _ block: MarkedBlock, from file: SetupFile, _ changes: inout SetupChanges
  ) throws(Failure) -> String {
    let rest = try file.text().restored
    let name = shown(file.path)
    if HookBlock.isChained(block.lines), HookBlock.isEmpty(rest) {
      let kept = FileIdentity.folder(of: file.path) + "/" + HookBlock.keptName
      if try SetupFile(kept).bytes != nil {
        changes.remove(file, folders: 0, kept: kept)
        return "\(name): restored to what it was before"
      }
    }
    if case .nothing(let folders) = block.origin, HookBlock.isEmpty(rest) {
      changes.remove(file, folders: folders)
      return "\(name): removed"
    }
    changes.write(rest, to: file)
    return "\(name): posemap's lines are gone"
  }
}
