public import PoseRig

/// Reads the file of a hair style (`docs/hair.md`).
public struct HairFileReader {
  static let keys = ["$schema", "name", "description", "tags", "hairline", "pieces"]
  /// The keys that only this type of file has.
  static let ownKeys = ["pieces"]
  /// The types of pieces.
  static let pieceKeys = ["cap", "locks", "tufts", "tail", "braid", "coil", "cloth"]

  let file: String
  let log: DiagnosticLog

  /// Creates a reader of the file at a path.
  public init(file: String, log: DiagnosticLog) {
    self.file = file
    self.log = log
  }

  /// Returns the style in a file; nil, with the reasons in `log`, if it is invalid.
  public static func design(at path: String, loader: FileLoader, log: DiagnosticLog) -> HairDesign?
  {
    DesignFile.read(at: path, loader, log) { HairFileReader(file: path, log: log).design(in: $0) }
  }

  /// Returns the style that a file describes; nil after reporting errors.
  func design(in node: JSONNode) -> HairDesign? {
    if let kind = FileKind(of: node), kind != .hair {
      log.error(
        .wrongKind, file, node.location, "this is a \(kind) file; a hair style is needed here")
      return nil
    }
    guard let reader = ObjectReader(node, "a hair style", allowed: Self.keys, file: file, log: log)
    else { return nil }
    let before = log.diagnostics.count
    _ = reader.string("name")
    let summary = reader.string("description") ?? ""
    let (tags, pieces) = (reader.tags(), pieces(reader))
    let hairline = hairline(reader)
    guard log.diagnostics.count == before, !pieces.isEmpty else { return nil }
    return HairDesign(
      name: DesignFile.name(of: file), summary: summary, tags: tags,
      hairline: hairline, pieces: pieces)
  }

  private func pieces(_ reader: ObjectReader) -> [HairPiece] {
    guard let node = reader.node("pieces") else {
      reader.error(.missingKey, "pieces", "\"pieces\" is missing; hair is made of at least one")
      return []
    }
    guard case .array(let items) = node.value, (1...100).contains(items.count) else {
      reader.error(.wrongType, "pieces", "\"pieces\" must be a list of 1 to 100 pieces")
      return []
    }
    return items.compactMap(piece)
  }

  private func piece(_ node: JSONNode) -> HairPiece? {
    guard let reader = ObjectReader(node, "a piece", allowed: Self.pieceKeys, file: file, log: log)
    else { return nil }
    let given = Self.pieceKeys.filter(reader.has)
    guard given.count == 1, let kind = given.first, let inner = reader.node(kind) else {
      log.error(
        .invalidValue, file, node.location,
        "a piece is one of \(Self.pieceKeys.joined(separator: ", "))")
      return nil
    }
    let pieces = HairPieceReader(file: file, log: log)
    return switch kind {
    case "cap": pieces.cap(inner).map(HairPiece.cap)
    case "locks": pieces.locks(inner).map(HairPiece.locks)
    case "tufts": pieces.tufts(inner).map(HairPiece.tufts)
    case "tail": pieces.tail(inner, "a tail").map(HairPiece.tail)
    case "braid": pieces.tail(inner, "a braid").map(HairPiece.braid)
    case "cloth": pieces.cloth(inner).map(HairPiece.cloth)
    default: pieces.coil(inner).map(HairPiece.coil)
    }
  }

  /// Returns the lower edge of the scalp; empty if the file does not specify one.
  func hairline(_ reader: ObjectReader) -> [SIMD2<Double>] {
    guard let node = reader.node("hairline") else { return [] }
    guard let items = node.items, (2...100).contains(items.count) else {
      reader.error(
        .wrongType, "hairline",
        "\"hairline\" must be a list of at least two points [longitude, latitude]")
      return []
    }
    let points = items.compactMap { item in
      reader.numbers(
        item, "a point of \"hairline\"", named: ["longitude", "latitude"], in: -180...180, "degrees"
      ).map { SIMD2($0[0], $0[1]) }
    }
    let isRising = zip(points, points.dropFirst()).allSatisfy { $0.x < $1.x }
    if points.count == items.count, !isRising || points[0].x < 0 {
      reader.error(
        .invalidValue, "hairline",
        "the longitudes of \"hairline\" go from 0 (straight ahead) to 180 (behind)")
    }
    return points
  }
}
