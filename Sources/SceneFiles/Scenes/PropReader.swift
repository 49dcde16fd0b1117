package import PoseRig

/// Reads a scene's `"props"`.
package struct PropReader {
  /// The keys of each shape beside those all props have.
  static let shapeKeys: [(shape: String, keys: [String])] = [
    ("box", ["size"]), ("cylinder", ["radius", "height"]), ("plane", ["size"]),
  ]
  static let commonKeys = ["id", "shape", "position", "rotation", "class"]

  let file: String
  let log: DiagnosticLog

  /// Returns the prop that an object describes; nil for one with mistakes.
  package static func prop(in value: JSONValue) -> Prop? {
    let log = DiagnosticLog()
    let props = PropReader(file: "", log: log).props(JSONNode(.list([value])))
    return log.hasErrors ? nil : props.first
  }

  func props(_ node: JSONNode?) -> [Prop] {
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
    }
    return props
  }

  private func prop(in node: JSONNode) -> Prop? {
    let allKeys = Self.commonKeys + ["size", "radius", "height"]
    guard let reader = ObjectReader(node, "a prop", allowed: allKeys, file: file, log: log) else {
      return nil
    }
    let shapes = Self.shapeKeys.map(\.shape)
    guard let name = reader.string("shape"),
      let keys = Self.shapeKeys.first(where: { $0.shape == name })?.keys
    else {
      let written =
        reader.string("shape").map { "unknown shape \"\($0)\"" } ?? "a prop needs a \"shape\""
      reader.error(.unknownName, "shape", "\(written); allowed: \(shapes.joined(separator: ", "))")
      return nil
    }
    for key in ["size", "radius", "height"] where reader.has(key) && !keys.contains(key) {
      reader.error(
        .misplacedKey, key, "a \(name) has no \"\(key)\"; it has \(keys.joined(separator: " and "))"
      )
    }
    let position = reader.vector("position") ?? .zero
    let angles = reader.numbers(
      "rotation", named: ["x", "y", "z"], in: -360...360, "degrees")
    let sceneClass = sceneClass(reader)
    let (id, readShape) = (identifier(reader), shape(name, reader))
    guard let id, let shape = readShape else { return nil }
    let rotation = angles.map { Vector3($0[0], $0[1], $0[2]) } ?? .zero
    return Prop(
      id: id, shape: shape, position: position, rotation: rotation,
      sceneClass: sceneClass ?? shape.usualClass)
  }

  private func sceneClass(_ reader: ObjectReader) -> SceneClass? {
    guard let name = reader.string("class") else { return nil }
    guard let sceneClass = SceneClass(rawValue: name) else {
      reader.error(
        .unknownName, "class",
        unknown("class", name, allowed: SceneClass.allCases.map(\.rawValue), place: "of a prop"))
      return nil
    }
    return sceneClass
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

  private func shape(_ name: String, _ reader: ObjectReader) -> Prop.Shape? {
    let lengths = 0.001...1000.0
    func length(_ key: String) -> Double? {
      if !reader.has(key) { reader.error(.missingKey, key, "a \(name) needs \"\(key)\" in metres") }
      return reader.number(key, in: lengths, "metres")
    }
    func size(_ names: [String]) -> [Double]? {
      if !reader.has("size") {
        reader.error(
          .missingKey, "size",
          "a \(name) needs \"size\": [\(names.joined(separator: ", "))] in metres")
      }
      return reader.numbers("size", named: names, in: lengths, "metres")
    }
    switch name {
    case "box":
      return size(["width", "height", "depth"]).map { .box(size: Vector3($0[0], $0[1], $0[2])) }
    case "cylinder":
      let radius = length("radius")
      let height = length("height")
      guard let radius, let height else { return nil }
      return .cylinder(radius: radius, height: height)
    default:
      return size(["width", "depth"]).map { .plane(width: $0[0], depth: $0[1]) }
    }
  }
}
