internal import PoseRig

/// Reads what a character wears of the library: `"boots"`, `{"dress": {"length": 0.7}}`, or a
/// `.garment.json` file.
struct ClothesReader {
  private let file: String
  private let documents: DocumentStore
  private let log: DiagnosticLog
  /// The garments read, by path.
  private var designs: [String: GarmentDesign?] = [:]
  /// Their files, in the order met.
  private(set) var inputs: [InputFile] = []

  init(file: String, documents: DocumentStore, log: DiagnosticLog) {
    self.file = file
    self.documents = documents
    self.log = log
  }

  /// Whether an entry of `"wear"` is a garment of the library, not one of MakeHuman's.
  ///
  /// A name that is installed is MakeHuman's on a human, as it was before there was a library; with
  /// parameters it is the library's.
  static func isOurs(_ node: JSONNode, isHuman: Bool, _ loader: FileLoader) -> Bool {
    guard let name = node.text else {
      if case .object = node.value { return true }
      return false
    }
    if name.hasSuffix(".json") { return true }
    if name.lowercased().hasSuffix(GarmentSource.fileEnding) { return false }
    if isHuman, loader.installedGarments().contains(name) { return false }
    return loader.libraryGarments().contains(name)
  }

  /// Returns the file of a garment of the library.
  static func path(of name: String, in rigsFolder: String) -> String {
    FilePath.normalized("\(rigsFolder)/garments/\(name).garment.json")
  }

  /// Returns what a character wears of the library; what is wrong has been reported.
  mutating func clothes(_ character: ObjectReader, isHuman: Bool) -> [Clothes] {
    let items = (character.node("wear")?.items ?? []).filter {
      Self.isOurs($0, isHuman: isHuman, documents.loader)
    }
    if character.has("model"), let first = items.first {
      log.error(
        .misplacedKey, file, first.location,
        "a model wears what it wears; only a \"body\" takes garments")
      return []
    }
    return items.compactMap { worn($0) }
  }

  private mutating func worn(_ node: JSONNode) -> Clothes? {
    guard case .object(let members) = node.value else {
      return node.text.flatMap { design(named: $0, at: node.location) }.map { Clothes($0) }
    }
    guard members.count == 1, let member = members.first else {
      log.error(
        .wrongType, file, node.location,
        "a garment with parameters is one name with an object: {\"dress\": {\"length\": 0.7}}")
      return nil
    }
    guard let design = design(named: member.key, at: member.keyLocation) else { return nil }
    let allowed = design.choices.map(\.parameter.rawValue)
    guard
      let reader = ObjectReader(
        member.node, "\"\(member.key)\"", allowed: allowed, file: file, log: log)
    else { return nil }
    var chosen: [GarmentParameter: Double] = [:]
    for choice in design.choices {
      chosen[choice.parameter] = reader.number(choice.parameter.rawValue, in: choice.range)
    }
    return Clothes(design, chosen)
  }

  // MARK: Garments

  /// The garment of a name; nil, after reporting what is wrong.
  private mutating func design(named name: String, at location: TextLocation) -> GarmentDesign? {
    guard let path = path(of: name) else {
      reportUnknown(name, location)
      return nil
    }
    if let known = designs[path] { return known }
    var design: GarmentDesign?
    switch documents.document(at: path) {
    case .success(let document):
      inputs.append(InputFile(name: name, bytes: document.bytes))
      design = GarmentFileReader(file: path, log: log).design(in: document.root)
    case .failure(.malformed(let diagnostic)): log.add(diagnostic)
    case .failure(.unreadable(let failure)):
      if name.hasSuffix(".json") {
        log.missingInput(
          .unreadable, file, location,
          "cannot read the garment \"\(name)\" (\(path)): \(failure.reason)")
      } else {
        reportUnknown(name, location)
      }
      return nil
    }
    designs[path] = .some(design)
    return design
  }

  private func path(of name: String) -> String? {
    if name.hasSuffix(".json") { return FilePath.resolve(name, besides: file) }
    // A name is no path.
    guard !name.isEmpty, !name.contains("/"), let folder = documents.loader.rigsFolder else {
      return nil
    }
    return Self.path(of: name, in: folder)
  }

  private func reportUnknown(_ name: String, _ location: TextLocation) {
    let library = documents.loader.libraryGarments()
    let hint = NearestName.hint(for: name, among: library)
    log.missingInput(
      .unknownName, file, location,
      "unknown garment \"\(name)\"; \(hint)"
        + (library.isEmpty
          ? "there is no library here, give its folder with --rigs"
          : "allowed with parameters: \(library.joined(separator: ", "))"))
  }
}
