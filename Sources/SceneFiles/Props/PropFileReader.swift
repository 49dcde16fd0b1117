public import PoseRig

/// Reads the file of a prop made of shapes (`docs/props.md`).
public struct PropFileReader {
  static let keys = [
    "$schema", "name", "description", "class", "tags", "parts", "places",
  ]
  /// The keys that only this type of file has.
  static let ownKeys = ["parts", "places"]
  private static let partKeys =
    ["shape"] + ShapeReader.sizeKeys.filter { $0 != "scale" }
    + ["from", "to", "position", "rotation", "mirror"]
  private static let pointKeys = [
    "position", "direction", "axis", "palm", "knuckles", "as", "eitherWay",
  ]
  /// The points that every prop has.
  private static let givenPoints = ["top", "middle"]
  /// The maximum number of parts, including mirror images.
  private static let mostParts = 500

  let file: String
  let log: DiagnosticLog

  /// Creates a reader of the file at a path.
  public init(file: String, log: DiagnosticLog) {
    self.file = file
    self.log = log
  }

  /// Returns the prop in a file; nil, with the reasons in `log`, if it is invalid.
  public static func design(at path: String, loader: FileLoader, log: DiagnosticLog) -> PropDesign?
  {
    DesignFile.read(at: path, loader, log) { PropFileReader(file: path, log: log).design(in: $0) }
  }

  /// Returns the prop that a file describes; nil after reporting errors.
  func design(in node: JSONNode) -> PropDesign? {
    if let kind = FileKind(of: node), kind != .prop {
      log.error(.wrongKind, file, node.location, "this is a \(kind) file; a prop is needed here")
      return nil
    }
    guard let reader = ObjectReader(node, "a prop file", allowed: Self.keys, file: file, log: log)
    else { return nil }
    let before = log.diagnostics.count
    let sceneClass = PropReader.sceneClass(reader, "of a prop")
    let (parts, points, tags) = (parts(reader), points(reader), reader.tags())
    _ = reader.string("name")
    let summary = reader.string("description") ?? ""
    guard log.diagnostics.count == before, !parts.isEmpty else { return nil }
    return PropDesign(
      name: DesignFile.name(of: file), summary: summary, tags: tags, sceneClass: sceneClass ?? .box,
      parts: parts, points: points)
  }

  // MARK: Parts

  private func parts(_ reader: ObjectReader) -> [PropDesign.Part] {
    guard let node = reader.node("parts") else {
      reader.error(.missingKey, "parts", "\"parts\" is missing; a prop is made of at least one")
      return []
    }
    guard case .array(let items) = node.value, !items.isEmpty else {
      reader.error(.wrongType, "parts", "\"parts\" must be a list of at least one shape")
      return []
    }
    let parts = items.flatMap(parts)
    if parts.count > Self.mostParts {
      reader.error(
        .outOfRange, "parts",
        "a prop has at most \(Self.mostParts) parts, including mirror images; this one has \(parts.count)"
      )
      return []
    }
    return parts
  }

  /// Returns a part with its mirror images.
  private func parts(in node: JSONNode) -> [PropDesign.Part] {
    guard let reader = ObjectReader(node, "a part", allowed: Self.partKeys, file: file, log: log)
    else { return [] }
    guard let name = reader.string("shape"), let shapes = ShapeReader(reader, named: name),
      name != "plane"
    else {
      let solid = ShapeReader.names.filter { $0 != "plane" }
      reader.error(
        reader.has("shape") ? .unknownName : .missingKey, "shape",
        reader.string("shape").map { unknown("shape", $0, allowed: solid, context: "of a part") }
          ?? "a part needs a \"shape\": \(solid.joined(separator: ", "))")
      return []
    }
    let mirrors = mirrors(reader)
    let line = line(reader, name)
    guard let shape = shapes.shape(length: line?.length) else { return [] }
    let placement = line?.placement ?? placement(reader)
    return mirrors.map { PropDesign.Part(shape: shape, placement: placement, mirror: $0) }
  }

  private func placement(_ reader: ObjectReader) -> Transform {
    let angles = reader.numbers("rotation", named: ["x", "y", "z"], in: -360...360, "degrees")
    let rotation = angles.map { Vector3($0[0], $0[1], $0[2]) * (.pi / 180) } ?? .zero
    return Transform(
      rotation: Quaternion(intrinsicXYZ: rotation), translation: reader.vector("position") ?? .zero)
  }

  /// Returns the position and length of a part between two points; nil for a part with another
  /// position.
  private func line(
    _ reader: ObjectReader, _ name: String
  ) -> (placement: Transform, length: Double)? {
    guard reader.has("from") || reader.has("to") else { return nil }
    guard ["cylinder", "cone", "capsule"].contains(name) else {
      reader.error(
        .misplacedKey, reader.has("from") ? "from" : "to",
        "only a cylinder, a cone or a capsule goes \"from\" a point \"to\" another")
      return nil
    }
    for key in ["position", "rotation", "height"] where reader.has(key) {
      reader.error(
        .conflict, key, "a part has \"from\" and \"to\" or a \"\(key)\", not both; remove one")
    }
    for key in ["from", "to"] where !reader.has(key) {
      reader.error(.missingKey, key, "a part that goes \"from\" a point \"to\" another needs both")
    }
    guard let from = reader.vector("from"), let to = reader.vector("to") else { return nil }
    guard let way = (to - from).normalized, (to - from).length >= 0.001 else {
      reader.error(.invalidValue, "to", "\"from\" and \"to\" are the same point")
      return nil
    }
    let rotation = Quaternion(from: .unitY, to: way)
    return (Transform(rotation: rotation, translation: from), (to - from).length)
  }

  /// Returns the signs of the axes for a part and its mirror images.
  private func mirrors(_ reader: ObjectReader) -> [Vector3] {
    let images: [String: [Vector3]] = [
      "x": [Vector3(-1, 1, 1)], "z": [Vector3(1, 1, -1)],
      "xz": [Vector3(-1, 1, 1), Vector3(1, 1, -1), Vector3(-1, 1, -1)],
    ]
    let own = Vector3(1, 1, 1)
    guard let name = reader.string("mirror") else { return [own] }
    guard let found = images[name] else {
      reader.error(
        .unknownName, "mirror",
        "\"mirror\" repeats a part on the other side: \"x\" left and right, \"z\" front and back, \"xz\" both; not \"\(name)\""
      )
      return [own]
    }
    return [own] + found
  }

  // MARK: Points

  private func points(_ reader: ObjectReader) -> [String: PropDesign.NamedPoint] {
    guard let node = reader.node("places") else { return [:] }
    guard case .object(let members) = node.value else {
      reader.error(.wrongType, "places", "\"places\" must be an object in { }, not \(node.kind)")
      return [:]
    }
    var points: [String: PropDesign.NamedPoint] = [:]
    for member in members {
      if let fault = Self.fault(in: member.key) {
        log.error(.invalidValue, file, member.keyLocation, fault)
      } else if let point = point(member.node, member.key) {
        points[member.key] = point
      }
    }
    return points
  }

  private static func fault(in name: String) -> String? {
    if givenPoints.contains(name) {
      return "every prop already has the place \"\(name)\"; give this one another name"
    }
    let isPlain = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return isPlain && !name.isEmpty && name.utf8.count <= 64
      ? nil : "a place's name has at most 64 characters, letters and digits only; not \"\(name)\""
  }

  private func point(_ node: JSONNode, _ name: String) -> PropDesign.NamedPoint? {
    let reader = ObjectReader(
      node, "the place \"\(name)\"", allowed: Self.pointKeys, file: file, log: log)
    guard let reader else { return nil }
    if !reader.has("position") {
      reader.error(.missingKey, "position", "the place \"\(name)\" needs a \"position\": [x, y, z]")
    }
    let (direction, axis) = (direction("direction", reader), direction("axis", reader))
    return reader.vector("position").map {
      var point = PropDesign.NamedPoint(point: $0, direction: direction, axis: axis)
      readGrip(reader, into: &point)
      return point
    }
  }

  /// Reads how a hand holds the prop at a point.
  private func readGrip(_ reader: ObjectReader, into point: inout PropDesign.NamedPoint) {
    for key in ["palm", "knuckles", "as", "eitherWay"] where reader.has(key) && !reader.has("axis")
    {
      reader.error(
        .misplacedKey, key,
        "\"\(key)\" is for a place that a hand closes around; it needs an \"axis\" too")
    }
    if reader.has("palm"), reader.has("knuckles") {
      reader.error(
        .conflict, "knuckles",
        "a grip says where the \"palm\" faces or where the \"knuckles\" do, not both; remove one")
    }
    point.palm = direction("palm", reader)
    point.knuckles = direction("knuckles", reader)
    point.kind = Self.gripKind(reader)
    point.isEitherWay = reader.boolean("eitherWay") ?? false
  }

  /// Returns the type of grip that `"as"` names; nil if the key is absent, or after reporting an
  /// error.
  static func gripKind(_ reader: ObjectReader) -> GripKind? {
    reader.word("as", "way to hold", context: "a thing")
  }

  private func direction(_ key: String, _ reader: ObjectReader) -> Vector3? {
    guard let way = reader.vector(key) else { return nil }
    if way.normalized == nil { reader.error(.invalidValue, key, "\"\(key)\" has no direction") }
    return way.normalized
  }
}
