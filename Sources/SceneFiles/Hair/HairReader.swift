internal import PoseRig

/// Reads a character's `"hair"`, with the files of styles that it names.
struct HairReader {
  private static let keys = ["style", "length", "volume", "curl"]
  /// The word for a bald head.
  private static let none = "bald"

  private let file: String
  private let documents: DocumentStore
  private let log: DiagnosticLog
  private var designs: NamedDesigns<HairDesign>
  /// The files read, in the order in which they were named.
  var inputs: [InputFile] { designs.inputs }

  init(file: String, documents: DocumentStore, log: DiagnosticLog) {
    self.file = file
    self.documents = documents
    self.log = log
    designs = NamedDesigns(
      "hair", file: file, documents: documents, log: log, libraryPath: Self.path)
  }

  /// Returns the hair of a character, without invalid entries, which are reported.
  mutating func hair(_ character: ObjectReader) -> [Hair] {
    guard let node = character.node("hair") else { return old(character) }
    if character.has("model") {
      character.error(
        .misplacedKey, "hair", "a model comes with its own hair; only a \"body\" takes \"hair\"")
    }
    guard case .array(let items) = node.value else { return worn(node).map { [$0] } ?? [] }
    return items.compactMap { worn($0) }
  }

  /// Returns the hair that a phenotype specifies by one of its four names.
  private mutating func old(_ character: ObjectReader) -> [Hair] {
    guard case .object(let members) = character.node("phenotype")?.value,
      let node = members.first(where: { $0.key == "hair" })?.node
    else { return [] }
    guard case .string(let name) = node.value else {
      log.error(
        .wrongType, file, node.location,
        "\"hair\" must be a string in double quotes, not \(node.kind)")
      return []
    }
    guard PhenotypeReader.hairNames.contains(name) else {
      log.error(
        .unknownName, file, node.location,
        unknown(
          "hair", name, allowed: PhenotypeReader.hairNames, context: "in \"phenotype\"")
          + "; the styles of the library (`posemap hair` lists them) are a \"hair\" of the character"
      )
      return []
    }
    return PhenotypeReader.hairStyles[name].flatMap { design(named: $0, at: node) }.map {
      [Hair($0)]
    } ?? []
  }

  private mutating func worn(_ node: JSONNode) -> Hair? {
    if case .string(let name) = node.value {
      // Hair that is a garment is read with the garments.
      if WearReader.isHair(name, documents.loader) { return nil }
      return name == Self.none ? nil : design(named: name, at: node).map { Hair($0) }
    }
    guard case .object = node.value else {
      log.error(
        .wrongType, file, node.location,
        "\"hair\" must be the name of a style, an object with \"style\", \"length\", \"volume\" and \"curl\", or a list of them, not \(node.kind)"
      )
      return nil
    }
    guard let reader = ObjectReader(node, "\"hair\"", allowed: Self.keys, file: file, log: log)
    else { return nil }
    let length = reader.number("length", in: Hair.lengths, "times the style's own")
    let volume = reader.number("volume", in: Hair.volumes, "times the style's own")
    let curl = reader.number("curl", in: 0...1)
    guard let style = reader.node("style"), let name = reader.string("style") else {
      if !reader.has("style") {
        reader.error(
          .missingKey, "style", "\"hair\" needs a \"style\"; `posemap hair` lists them")
      }
      return nil
    }
    guard name != Self.none, let design = design(named: name, at: style) else { return nil }
    return Hair(design, length: length ?? 1, volume: volume ?? 1, curl: curl)
  }

  // MARK: Styles

  /// Returns the style with a name; nil after reporting errors.
  private mutating func design(named name: String, at node: JSONNode) -> HairDesign? {
    let (file, documents, log) = (file, documents, log)
    return designs.design(
      named: name, at: node.location,
      unknown: { Self.reportUnknown(name, node.location, file, documents, log) },
      read: { HairFileReader(file: $0, log: log).design(in: $1.root) })
  }

  /// Returns the file of a library style.
  static func path(of name: String, in rigsFolder: String) -> String {
    FilePath.normalized("\(rigsFolder)/hair/\(name).hair.json")
  }

  private static func reportUnknown(
    _ name: String, _ location: TextLocation, _ file: String, _ documents: DocumentStore,
    _ log: DiagnosticLog
  ) {
    let library = [none] + documents.loader.libraryHair()
    let hint = NearestName.hint(for: name, among: library)
    let start = "unknown hair \"\(name)\"; \(hint)allowed: "
    if documents.loader.rigsFolder != nil {
      log.error(
        .unknownName, file, location,
        start + library.joined(separator: ", ") + ", or a .json file")
      return
    }
    // The name might exist where a library is installed.
    log.missingInput(
      .unknownName, file, location,
      start + "a .json file; there is no library here; give its folder with --rigs")
  }
}
