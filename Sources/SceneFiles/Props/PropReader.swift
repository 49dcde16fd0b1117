package import PoseRig

/// Reads a scene's `"props"`, with the files that they name.
package struct PropReader {
  private static let commonKeys = [
    "id", "shape", "model", "class", "position", "rotation", "of", "at",
  ]
  /// The keys of a prop.
  static let keys = commonKeys + ShapeReader.sizeKeys
  /// The range of factors by which a prop can be scaled.
  private static let scales = 0.001...1000.0
  /// The range of a model's size, in meters.
  private static let sizes = 0.001...1000.0

  let file: String
  let log: DiagnosticLog
  /// The files that a prop can name; nil if it must be a shape.
  private let documents: DocumentStore?
  /// The designs read; nil if there are no files.
  private var designs: NamedDesigns<PropDesign>?
  /// The files read, in the order in which they were named.
  private(set) var inputs: [InputFile] = []
  /// The locations of the props in the scene, in order.
  private(set) var origins: [FileOrigin] = []

  init(file: String, documents: DocumentStore?, log: DiagnosticLog) {
    self.file = file
    self.documents = documents
    self.log = log
    designs = documents.map {
      NamedDesigns("prop", file: file, documents: $0, log: log, libraryPath: Self.path(of:in:))
    }
  }

  /// Returns the prop that an object describes; nil if it has errors, or if it is a file's.
  package static func prop(in value: JSONValue) -> Prop? {
    let log = DiagnosticLog()
    var reader = PropReader(file: "", documents: nil, log: log)
    let props = reader.props(JSONNode(.list([value])))
    return log.hasErrors ? nil : props.first
  }

  /// Returns the file of a library prop.
  package static func path(of name: String, in rigsFolder: String) -> String {
    FilePath.normalized("\(rigsFolder)/props/\(name).prop.json")
  }

  mutating func props(_ node: JSONNode?) -> [Prop] {
    guard let node else { return [] }
    guard case .array(let items) = node.value else {
      log.error(.wrongType, file, node.location, "\"props\" must be a list, not \(node.kind)")
      return []
    }
    var props: [Prop] = []
    for item in items {
      guard let prop = prop(in: item) else { continue }
      if props.contains(where: { $0.id == prop.id }) {
        log.error(
          .duplicate, file, item.location,
          "two props have the id \"\(prop.id)\"; each needs its own")
      }
      props.append(prop)
      origins.append(FileOrigin(file: file, location: item.location))
    }
    return props
  }

  private mutating func prop(in node: JSONNode) -> Prop? {
    guard let reader = ObjectReader(node, "a prop", allowed: Self.keys, file: file, log: log) else {
      return nil
    }
    guard reader.has("shape") || reader.has("model") else {
      reader.error(
        .missingKey, "shape",
        "a prop needs a \"shape\" or a \"model\"; shapes are: \(ShapeReader.names.joined(separator: ", ")), \(Self.things)"
      )
      return nil
    }
    let shape = reader.has("model") ? model(reader) : shape(reader)
    let position = reader.vector("position") ?? .zero
    let angles = reader.numbers(
      "rotation", named: ["x", "y", "z"], in: -360...360, "degrees")
    let sceneClass = Self.sceneClass(reader, "of a prop")
    let (owner, carrier) = (reader.string("of"), carrier(reader))
    guard let id = identifier(reader), let shape else { return nil }
    let rotation = angles.map { Vector3($0[0], $0[1], $0[2]) } ?? .zero
    var prop = Prop(
      id: id, shape: shape, position: position, rotation: rotation,
      sceneClass: sceneClass ?? shape.usualClass)
    prop.owner = owner
    prop.carrier = carrier
    prop.isPlaced = reader.has("position")
    return prop
  }

  /// Returns the joint that carries a prop; nil if no joint does, or after reporting errors.
  private func carrier(_ reader: ObjectReader) -> Prop.Carrier? {
    guard let text = reader.string("at") else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[0] != "props", !parts[0].isEmpty else {
      reader.error(
        .wrongType, "at",
        "\"at\" is the joint that a prop moves with, \"character.joint\" like \"ana.rightHand\"; not \"\(text)\""
      )
      return nil
    }
    return Prop.Carrier(character: parts[0], joint: parts[1])
  }

  private mutating func shape(_ reader: ObjectReader) -> Prop.Shape? {
    guard let name = reader.string("shape") else { return nil }
    return ShapeReader(reader, named: name).map { $0.shape() } ?? thing(name, reader)
  }

  static func sceneClass(_ reader: ObjectReader, _ owner: String) -> SceneClass? {
    reader.word("class", "class", context: owner)
  }

  private func identifier(_ reader: ObjectReader) -> String? {
    guard reader.has("id") else {
      reader.error(.missingKey, "id", "a prop needs an \"id\"")
      return nil
    }
    guard let id = reader.string("id") else { return nil }
    if let fault = Identifier.fault(in: id, reserved: []) {
      reader.error(.invalidValue, "id", fault)
      return nil
    }
    return id
  }

  // MARK: Things

  /// The other values of `"shape"`, in words.
  private static let things =
    "a prop from the library (`posemap props` lists them), or a .json file"

  /// Returns the prop with a name, at the requested size; nil after reporting errors.
  private mutating func thing(_ name: String, _ reader: ObjectReader) -> Prop.Shape? {
    let (documents, log) = (documents, log)
    let known = designs?.inputs.count ?? 0
    let design = designs?.design(
      named: name, at: reader.node("shape")?.location ?? reader.location,
      unknown: { Self.reportUnknown(name, reader, documents, log) },
      read: { documents?.loader.designs.design(in: $1, at: $0, log: log) })
    inputs += designs?.inputs[known...] ?? []
    guard let design else {
      if designs == nil { Self.reportUnknown(name, reader, documents, log) }
      return nil
    }
    ShapeReader.refuseOtherKeys(reader, of: FilePath.lastName(of: name))
    return scaled(design, reader)
  }

  private func scaled(_ design: PropDesign, _ reader: ObjectReader) -> Prop.Shape? {
    let scale = reader.has("scale") ? reader.number("scale", in: Self.scales, "times") : 1
    return scale.map { .thing($0 == 1 ? design : design.scaled(by: $0)) }
  }

  /// Returns the surface of another program's model; nil after reporting errors.
  private mutating func model(_ reader: ObjectReader) -> Prop.Shape? {
    if reader.has("shape") {
      reader.error(
        .conflict, "shape", "a prop has a \"shape\" or a \"model\", not both; remove one")
    }
    guard let name = reader.string("model"), let loader = documents?.loader else { return nil }
    ShapeReader.refuseOtherKeys(reader, of: "model")
    switch loader.thing(FilePath.resolve(name, besides: file)) {
    case .failure(let failure):
      log.missingInput(
        .unreadable, file, reader.node("model")?.location,
        "cannot use the model \"\(name)\": \(failure.reason)")
      return nil
    case .success(let loaded):
      inputs.append(InputFile(name: name, bytes: loaded.bytes))
      for warning in loaded.warnings {
        log.warning(
          .doubtfulModel, file, reader.node("model")?.location,
          "the model \"\(name)\": \(warning)")
      }
      guard let shape = scaled(loaded.design, reader) else { return nil }
      let largest = shape.bounds.size.max()
      guard Self.sizes.contains(largest) else {
        reader.error(
          .outOfRange, "model",
          "the model \"\(name)\" is \(DecimalText.rounded(largest, 4)) meters large; with a \"scale\" it must be "
            + "\(plain(Self.sizes.lowerBound)) to \(plain(Self.sizes.upperBound))")
        return nil
      }
      return shape
    }
  }

  private static func reportUnknown(
    _ name: String, _ reader: ObjectReader, _ documents: DocumentStore?, _ log: DiagnosticLog
  ) {
    let library = documents?.loader.libraryProps() ?? []
    let shapes = ShapeReader.names.joined(separator: ", ")
    let hint = NearestName.hint(for: name, among: ShapeReader.names + library)
    let start = "unknown shape \"\(name)\"; \(hint)allowed: \(shapes), "
    if documents?.loader.rigsFolder != nil {
      return reader.error(.unknownName, "shape", start + things)
    }
    // The name might exist where a library is installed.
    log.missingInput(
      .unknownName, reader.file, reader.node("shape")?.location,
      start + "or a .json file; there is no library here; give its folder with --rigs")
  }
}
