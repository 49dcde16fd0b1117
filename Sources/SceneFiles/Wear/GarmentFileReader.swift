public import PoseRig

/// Reads the file of a garment (`docs/wear.md`).
public struct GarmentFileReader {
  static let keys = ["$schema", "name", "description", "tags", "layer", "parameters", "cloth"]
  /// The keys that only this type of file has.
  static let ownKeys = ["cloth"]
  /// The types of pieces.
  static let pieceKeys = ["shell", "skirt", "shoes", "cloak", "hat"]

  private let file: String
  private let log: DiagnosticLog

  /// Creates a reader of the file at a path.
  public init(file: String, log: DiagnosticLog) {
    self.file = file
    self.log = log
  }

  /// Returns the garment in a file; nil, with the reasons in `log`, if it is invalid.
  public static func design(
    at path: String, loader: FileLoader, log: DiagnosticLog
  ) -> GarmentDesign? {
    DesignFile.read(at: path, loader, log) {
      GarmentFileReader(file: path, log: log).design(in: $0)
    }
  }

  /// Returns the garment that a file describes; nil after reporting errors.
  func design(in node: JSONNode) -> GarmentDesign? {
    if let kind = FileKind(of: node), kind != .garment {
      log.error(
        .wrongKind, file, node.location, "this is a \(kind) file; a garment is needed here")
      return nil
    }
    guard let reader = ObjectReader(node, "a garment", allowed: Self.keys, file: file, log: log)
    else { return nil }
    let before = log.diagnostics.count
    _ = reader.string("name")
    var design = GarmentDesign(
      name: DesignFile.name(of: file),
      summary: reader.string("description") ?? "", tags: reader.tags(), pieces: [])
    design.layer = reader.whole("layer", in: 0...20) ?? 0
    design.choices = choices(reader)
    design.pieces = pieces(reader, design.choices)
    guard log.diagnostics.count == before, !design.pieces.isEmpty else { return nil }
    return design
  }

  // MARK: Parameters

  private func choices(_ reader: ObjectReader) -> [GarmentChoice] {
    let names = GarmentParameter.allCases.map(\.rawValue)
    guard let node = reader.node("parameters"),
      let parameters = ObjectReader(
        node, "\"parameters\"", allowed: names, file: file, log: log)
    else { return [] }
    return GarmentParameter.allCases.compactMap { parameter in
      parameters.node(parameter.rawValue).flatMap { choice(parameter, $0) }
    }
  }

  private func choice(_ parameter: GarmentParameter, _ node: JSONNode) -> GarmentChoice? {
    guard
      let reader = ObjectReader(
        node, "a parameter", allowed: ["range", "default", "description"], file: file, log: log),
      let ends = reader.numbers("range", named: ["from", "to"], in: -2...2)
    else { return nil }
    guard ends[0] < ends[1] else {
      reader.error(.invalidValue, "range", "\"range\" goes from the lower to the higher")
      return nil
    }
    let usual = reader.number("default", in: ends[0]...ends[1])
    return GarmentChoice(
      parameter, range: ends[0]...ends[1], usual: usual ?? ends[0],
      summary: reader.string("description") ?? "")
  }

  // MARK: Pieces

  private func pieces(_ reader: ObjectReader, _ choices: [GarmentChoice]) -> [GarmentPiece] {
    guard let node = reader.node("cloth") else {
      reader.error(
        .missingKey, "cloth", "\"cloth\" is missing; a garment is made of at least one piece")
      return []
    }
    guard case .array(let items) = node.value, (1...20).contains(items.count) else {
      reader.error(.wrongType, "cloth", "\"cloth\" must be a list of 1 to 20 pieces")
      return []
    }
    return items.compactMap { piece($0, choices) }
  }

  private func piece(_ node: JSONNode, _ choices: [GarmentChoice]) -> GarmentPiece? {
    guard let reader = ObjectReader(node, "a piece", allowed: Self.pieceKeys, file: file, log: log)
    else { return nil }
    let given = Self.pieceKeys.filter(reader.has)
    guard given.count == 1, let kind = given.first, let inner = reader.node(kind) else {
      log.error(
        .invalidValue, file, node.location,
        "a piece is one of \(Self.pieceKeys.joined(separator: ", "))")
      return nil
    }
    let measures = GarmentMeasureReader(file: file, log: log, choices: choices)
    switch kind {
    case "shell":
      var shell = ShellPiece()
      return measures.read(GarmentMeasureReader.shell, inner, "a shell", &shell)
        ? .shell(shell) : nil
    case "shoes":
      var shoes = ShoePiece()
      return measures.read(GarmentMeasureReader.shoes, inner, "shoes", &shoes)
        ? .shoes(shoes) : nil
    case "cloak":
      var cloak = CloakPiece()
      return measures.read(GarmentMeasureReader.cloak, inner, "a cloak", &cloak)
        ? .cloak(cloak) : nil
    case "hat":
      var hat = HatPiece()
      return measures.read(GarmentMeasureReader.hat, inner, "a hat", &hat) ? .hat(hat) : nil
    default:
      var skirt = SkirtPiece()
      return measures.read(GarmentMeasureReader.skirt, inner, "a skirt", &skirt)
        ? .skirt(skirt) : nil
    }
  }
}

/// Reads the measures of a garment's pieces: numbers, or `{"length": [0.2, 1]}` for one that
/// depends on a parameter.
struct GarmentMeasureReader {
  let file: String
  let log: DiagnosticLog
  let choices: [GarmentChoice]

  /// A measure of a piece by its key.
  typealias Field<Piece> = (
    key: String, set: @Sendable (inout Piece, GarmentMeasure) -> Void, range: ClosedRange<Double>
  )

  static let shell: [Field<ShellPiece>] = [
    ("neck", { $0.neck = $1 }, 0.04...0.3), ("scoop", { $0.scoop = $1 }, 0...0.3),
    ("top", { $0.top = $1 }, 0...0.95), ("bottom", { $0.bottom = $1 }, -0.3...0.95),
    ("sleeves", { $0.sleeves = $1 }, -0.3...1.1), ("legs", { $0.legs = $1 }, 0.02...1.1),
    ("ease", { $0.ease = $1 }, 0...0.15), ("sleeveEase", { $0.sleeveEase = $1 }, 0...0.2),
    ("legEase", { $0.legEase = $1 }, 0...0.2), ("hang", { $0.hang = $1 }, 0...1),
    ("thickness", { $0.thickness = $1 }, 0.001...0.03), ("trim", { $0.trim = $1 }, 0...0.2),
    ("placket", { $0.placket = $1 }, 0...0.2), ("vee", { $0.vee = $1 }, 0.2...1),
    ("lapel", { $0.lapel = $1 }, 0...0.2), ("collar", { $0.collar = $1 }, 0...0.15),
  ]
  static let skirt: [Field<SkirtPiece>] = [
    ("top", { $0.top = $1 }, 0...0.9), ("length", { $0.length = $1 }, 0.05...1.15),
    ("flare", { $0.flare = $1 }, -10...70), ("folds", { $0.folds = $1 }, 0...40),
    ("depth", { $0.depth = $1 }, 0...0.5), ("ease", { $0.ease = $1 }, 0...0.15),
    ("opening", { $0.opening = $1 }, 0...180),
  ]

  static let shoes: [Field<ShoePiece>] = [
    ("shaft", { $0.shaft = $1 }, 0...0.95), ("sole", { $0.sole = $1 }, 0.002...0.1),
    ("ease", { $0.ease = $1 }, 0...0.05), ("shaftEase", { $0.shaftEase = $1 }, 0...0.1),
  ]

  static let cloak: [Field<CloakPiece>] = [
    ("length", { $0.length = $1 }, -0.6...1.15), ("flare", { $0.flare = $1 }, 0...60),
    ("folds", { $0.folds = $1 }, 0...40), ("depth", { $0.depth = $1 }, 0...0.5),
    ("ease", { $0.ease = $1 }, 0.002...0.1), ("opening", { $0.opening = $1 }, 10...200),
    ("collar", { $0.collar = $1 }, 0...0.15),
  ]
  static let hat: [Field<HatPiece>] = [
    ("level", { $0.level = $1 }, -0.02...0.1), ("tilt", { $0.tilt = $1 }, -30...40),
    ("height", { $0.height = $1 }, 0.02...0.8), ("top", { $0.top = $1 }, 0...1.5),
    ("round", { $0.round = $1 }, 0...1), ("bend", { $0.bend = $1 }, -0.3...0.3),
    ("brim", { $0.brim = $1 }, 0...0.4), ("droop", { $0.droop = $1 }, -1...1),
    ("ease", { $0.ease = $1 }, 0.004...0.05),
  ]

  /// Reads a piece's measures into it; returns whether it is an object with known keys.
  func read<Piece>(
    _ fields: [Field<Piece>], _ node: JSONNode, _ what: String, _ piece: inout Piece
  ) -> Bool {
    guard
      let reader = ObjectReader(node, what, allowed: fields.map(\.key), file: file, log: log)
    else { return false }
    for field in fields {
      guard let node = reader.node(field.key) else { continue }
      if let measure = measure(node, "\"\(field.key)\"", field.range, in: reader) {
        field.set(&piece, measure)
      }
    }
    return true
  }

  private func measure(
    _ node: JSONNode, _ name: String, _ range: ClosedRange<Double>, in owner: ObjectReader
  ) -> GarmentMeasure? {
    guard case .object = node.value else {
      return owner.number(node, name, in: range, "").map(GarmentMeasure.fixed)
    }
    let names = choices.map(\.parameter.rawValue)
    guard let reader = ObjectReader(node, name, allowed: names, file: file, log: log) else {
      return nil
    }
    guard let choice = choices.first(where: { reader.has($0.parameter.rawValue) }) else {
      log.error(
        .invalidValue, file, node.location,
        "\(name) must be a number, or follow one of the garment's parameters: {\"length\": [0.2, 1]}"
      )
      return nil
    }
    let key = choice.parameter.rawValue
    return reader.numbers(key, named: ["from", "to"], in: range).map {
      .by(choice.parameter, $0[0], $0[1])
    }
  }
}
