internal import PoseRig

/// Reads a character's garments of MakeHuman's, with the files that it names.
struct WearReader {
  private let file: String
  private let log: DiagnosticLog
  private let loader: FileLoader
  /// The files of garments read, in the order in which they were named.
  private(set) var inputs: [InputFile] = []

  init(file: String, loader: FileLoader, log: DiagnosticLog) {
    self.file = file
    self.loader = loader
    self.log = log
  }

  /// Returns the garments in a character's `"wear"`, without those that have errors, which are
  /// reported.
  ///
  /// - Parameter isHuman: whether the character is a human, whose body the garments fit.
  mutating func wear(_ reader: ObjectReader, isHuman: Bool) -> [Garment] {
    clothes(reader, isHuman) + hair(reader, isHuman)
  }

  /// Returns whether the name of hair is that of a garment.
  static func isHair(_ name: String, _ loader: FileLoader) -> Bool {
    name.lowercased().hasSuffix(GarmentSource.fileEnding)
      || !loader.libraryHair().contains(name) && loader.installedGarments().contains(name)
  }

  /// Returns the garments in a character's `"hair"`.
  private mutating func hair(_ reader: ObjectReader, _ isHuman: Bool) -> [Garment] {
    guard let node = reader.node("hair") else { return [] }
    let items = (node.items ?? [node]).filter { item in
      item.text.map { Self.isHair($0, loader) } ?? false
    }
    guard isHuman || items.isEmpty else {
      report(misplaced: items[0])
      return []
    }
    return items.compactMap { garment($0) }.map { garment in
      var hair = garment
      hair.kind = .hair
      return hair
    }
  }

  private func report(misplaced node: JSONNode) {
    log.error(
      .misplacedKey, file, node.location,
      "only \"body\": \"human\" wears MakeHuman's garments: they are bound to its body")
  }

  private mutating func clothes(_ reader: ObjectReader, _ isHuman: Bool) -> [Garment] {
    guard let node = reader.node("wear") else { return [] }
    guard case .array(let items) = node.value else {
      log.error(
        .wrongType, file, node.location,
        "\"wear\" must be a list of garments, not \(node.kind): [\"shoes01\", \"my/shirt.mhclo\"]")
      return []
    }
    let theirs = items.filter { !ClothesReader.isOurs($0, isHuman: isHuman, loader) }
    guard isHuman || theirs.isEmpty else {
      report(theirs[0])
      return []
    }
    return theirs.compactMap { garment($0) }
  }

  /// Reports a garment that only a human can wear, or that does not exist.
  private func report(_ node: JSONNode) {
    guard let name = node.text, !name.lowercased().hasSuffix(GarmentSource.fileEnding),
      !loader.installedGarments().contains(name)
    else {
      if node.text == nil { reportForm(node) } else { report(misplaced: node) }
      return
    }
    _ = source(name, node)
  }

  private func reportForm(_ node: JSONNode) {
    log.error(
      .wrongType, file, node.location,
      "a garment is a name, an .mhclo file, or a name with parameters: {\"dress\": {\"length\": 0.7}}, not \(node.kind)"
    )
  }

  private mutating func garment(_ node: JSONNode) -> Garment? {
    guard let name = node.text else {
      reportForm(node)
      return nil
    }
    guard let source = source(name, node) else { return nil }
    switch loader.garment(source) {
    case .failure(let failure):
      log.missingInput(
        .unreadable, file, node.location, "cannot use the garment \"\(name)\": \(failure.reason)")
      return nil
    case .success(let loaded):
      inputs += loaded.inputs(named: name)
      for warning in loaded.warnings {
        log.warning(.doubtfulModel, file, node.location, "the garment \"\(name)\": \(warning)")
      }
      return loaded.garment
    }
  }

  private func source(_ name: String, _ node: JSONNode) -> GarmentSource? {
    if name.lowercased().hasSuffix(GarmentSource.fileEnding) {
      return .file(FilePath.resolve(name, besides: file))
    }
    let installed = loader.installedGarments()
    if installed.contains(name) { return .installed(name) }
    let known = loader.libraryGarments() + installed
    let hint = NearestName.hint(for: name, among: known)
    log.missingInput(
      .unknownName, file, node.location,
      "unknown garment \"\(name)\"; \(hint)"
        + (known.isEmpty
          ? "none is installed; run: posemap wear install FOLDER, or name an .mhclo file"
          : "posemap wear lists them; you can also name an .mhclo file"))
    return nil
  }
}
