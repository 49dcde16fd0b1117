internal import PoseRig

/// Reads a character's garments from the library: `"boots"`, `{"dress": {"length": 0.7}}`, or a
/// `.garment.json` file.
struct ClothesReader {
  private let file: String
  private let documents: DocumentStore
  private let log: DiagnosticLog
  private var designs: NamedDesigns<GarmentDesign>
  /// The files read, in the order in which they were named.
  var inputs: [InputFile] { designs.inputs }

  init(file: String, documents: DocumentStore, log: DiagnosticLog) {
    self.file = file
    self.documents = documents
    self.log = log
    designs = NamedDesigns(
      "the garment", file: file, documents: documents, log: log, libraryPath: Self.path)
  }

  /// Returns whether an entry of `"wear"` is a garment of the library rather than MakeHuman's.
  ///
  /// On a human, the name of an installed garment means MakeHuman's, since this meaning is older
  /// than the library; with parameters it means the library's.
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

  /// Returns the file of a library garment.
  static func path(of name: String, in rigsFolder: String) -> String {
    FilePath.normalized("\(rigsFolder)/garments/\(name).garment.json")
  }

  /// Returns a character's garments from the library, after reporting errors.
  mutating func clothes(_ character: ObjectReader, isHuman: Bool) -> [Clothes] {
    let items = (character.node("wear")?.items ?? []).filter {
      Self.isOurs($0, isHuman: isHuman, documents.loader)
    }
    if character.has("model"), let first = items.first {
      log.error(
        .misplacedKey, file, first.location,
        "a model comes with its own clothes; only a \"body\" takes garments")
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
        "a garment with parameters is a single name with an object: {\"dress\": {\"length\": 0.7}}")
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

  /// Returns the garment with a name; nil after reporting errors.
  private mutating func design(named name: String, at location: TextLocation) -> GarmentDesign? {
    let (file, documents, log) = (file, documents, log)
    return designs.design(
      named: name, at: location,
      unknown: { Self.reportUnknown(name, location, file, documents, log) },
      read: { GarmentFileReader(file: $0, log: log).design(in: $1.root) })
  }

  private static func reportUnknown(
    _ name: String, _ location: TextLocation, _ file: String, _ documents: DocumentStore,
    _ log: DiagnosticLog
  ) {
    let library = documents.loader.libraryGarments()
    let hint = NearestName.hint(for: name, among: library)
    log.missingInput(
      .unknownName, file, location,
      "unknown garment \"\(name)\"; \(hint)"
        + (library.isEmpty
          ? "there is no library here; give its folder with --rigs"
          : "allowed with parameters: \(library.joined(separator: ", "))"))
  }
}
