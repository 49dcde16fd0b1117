internal import PoseRig

/// Reads a scene's `"lights"`.
struct LightsReader {
  static let roles = Lights.Role.allCases.map(\.rawValue)
  static let keys = roles + ["lamps", "ambient", "backdrop", "floor"]
  /// The keys that say where a far light comes from, in the order of the layout.
  static let headingKeys = ["side", "angle", "azimuth", "of"]
  static let heightKeys = ["hour", "elevation", "height"]
  static let lightKeys = ["strength", "color"]
  static let studioKeys = ["side", "angle", "of", "height"] + lightKeys + ["size"]
  static let sunKeys = ["hour", "elevation", "azimuth", "side"] + lightKeys + ["size"]
  static let lampKeys = ["at", "offset"] + lightKeys + ["radius"]
  static let keysInOrder =
    heightKeys + headingKeys + ["at", "offset"] + lightKeys + ["size", "radius"]

  private static let strengths = 0.0...100

  let file: String
  let log: DiagnosticLog
  let characterIds: [String]

  func lights(in node: JSONNode) -> Lights? {
    guard let reader = ObjectReader(node, "\"lights\"", allowed: Self.keys, file: file, log: log)
    else { return nil }
    var lights = Lights()
    for role in Lights.Role.allCases {
      guard let node = reader.node(role.rawValue) else { continue }
      lights.far[role] = role == .sun ? sun(node, &lights.hour) : studio(node, role)
    }
    if let node = reader.node("lamps") { readLamps(node, &lights) }
    if let node = reader.node("ambient") {
      lights.ambient = ambient(node, of: reader, lights.usualAmbient)
    }
    lights.backdrop = color("backdrop", reader, takesKelvin: false)
    lights.floor = floor(reader)
    return lights
  }

  /// Returns the height of the floor; nil if there is no floor.
  private func floor(_ reader: ObjectReader) -> Double? {
    switch reader.node("floor")?.value {
    case nil: return 0
    case .boolean(false): return nil
    case .number: return reader.number("floor", in: -1000...1000, "meters")
    default:
      reader.error(
        .wrongType, "floor", "\"floor\" must be a height in meters, or false for no floor")
      return nil
    }
  }

  /// Returns the locations of lamps' points, for findings about them.
  static func lamps(in node: JSONNode, file: String) -> [String: FileOrigin] {
    Dictionary(
      (node["lamps"]?.members ?? []).map { lamp in
        (lamp.key, FileOrigin(file: file, location: (lamp.node["at"] ?? lamp.node).location))
      }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Far lights

  private func studio(_ node: JSONNode, _ role: Lights.Role) -> Lights.Far? {
    let name = "\"\(role.rawValue)\""
    // A side alone is written without braces.
    if case .string(let word) = node.value {
      guard let side = LightSide(rawValue: word) else {
        log.error(
          .unknownName, file, node.location,
          unknown("side", word, allowed: LightSide.names, context: "for \(name)"))
        return nil
      }
      return Lights.Far(role, from: .side(side.degrees, of: nil))
    }
    guard
      let reader = ObjectReader(node, name, allowed: Self.studioKeys, file: file, log: log)
    else { return nil }
    if reader.has("side"), reader.has("angle") {
      reader.error(
        .conflict, "angle", "\"side\" and \"angle\" both say where \(name) comes from: remove one")
    }
    let side: LightSide? = reader.word("side", "side", context: "for \(name)")
    let degrees = reader.number("angle", in: -360...360, "degrees") ?? side?.degrees
    let id = character(reader)
    var light = Lights.Far(role)
    if case .side(let usual, _) = light.heading {
      light.heading = .side(degrees ?? usual, of: id)
    }
    if let height = reader.number("height", in: -90...90, "degrees") { light.height = height }
    read(reader, onto: &light)
    return light
  }

  /// Returns the id of the character that defines the sides of a light; nil for the camera.
  private func character(_ reader: ObjectReader) -> String? {
    guard let id = reader.string("of"), id != "camera" else { return nil }
    if characterIds.contains(id) { return id }
    reader.error(
      .unknownName, "of",
      unknown("character", id, allowed: characterIds + ["camera"], context: "in \"of\""))
    return nil
  }

  private func sun(_ node: JSONNode, _ hour: inout Double?) -> Lights.Far? {
    guard
      let reader = ObjectReader(node, "\"sun\"", allowed: Self.sunKeys, file: file, log: log)
    else { return nil }
    for (one, other) in [("hour", "elevation"), ("azimuth", "side")]
    where reader.has(one) && reader.has(other) {
      reader.error(
        .conflict, other, "\"\(one)\" and \"\(other)\" both place the sun: remove one of them")
    }
    let hours = Daylight.hours
    hour = reader.number("hour", in: hours, "o'clock, from sunrise to sunset")
    let side: LightSide? = reader.word("side", "side", context: "for \"sun\"")
    var light = Lights.Far(.sun)
    if let azimuth = reader.number("azimuth", in: -360...360, "degrees") {
      light.heading = .azimuth(azimuth)
    } else if let side {
      light.heading = .side(side.degrees, of: nil)
    }
    if let elevation = reader.number("elevation", in: 0...90, "degrees") {
      light.height = elevation
    } else if let hour {
      light.height = Daylight.height(atHour: hour)
    }
    light.color = Daylight.color(atHeight: light.height)
    read(reader, onto: &light)
    return light
  }

  private func read(_ reader: ObjectReader, onto light: inout Lights.Far) {
    if let strength = reader.number("strength", in: Self.strengths) { light.strength = strength }
    if let color = color("color", reader) { light.color = color }
    if let size = reader.number("size", in: 0...90, "degrees") { light.size = size }
  }

  // MARK: Other lights

  private func readLamps(_ node: JSONNode, _ lights: inout Lights) {
    guard case .object(let members) = node.value else {
      log.error(
        .wrongType, file, node.location,
        "\"lamps\" must be an object in { } with a name for each lamp, not \(node.kind)")
      return
    }
    for member in members { lights.lamps[member.key] = lamp(member.node, member.key) }
  }

  private func lamp(_ node: JSONNode, _ name: String) -> Lights.Lamp? {
    let what = "lamp \"\(name)\""
    guard let reader = ObjectReader(node, what, allowed: Self.lampKeys, file: file, log: log)
    else { return nil }
    guard let node = reader.node("at") else {
      reader.error(
        .missingKey, "at", "\(what) needs an \"at\": [x, y, z] or a place like \"props.lamp.top\"")
      return nil
    }
    let goals = GoalReader(file: file, log: log)
    let offset = reader.vector("offset", in: -10...10)
    guard let point = goals.point(node, offset: offset, what: "\"at\"", allowsCamera: false) else {
      return nil
    }
    var lamp = Lights.Lamp(at: point)
    if let strength = reader.number("strength", in: Self.strengths) { lamp.strength = strength }
    if let color = color("color", reader) { lamp.color = color }
    if let radius = reader.number("radius", in: 0...5, "meters") { lamp.radius = radius }
    return lamp
  }

  private func ambient(
    _ node: JSONNode, of reader: ObjectReader, _ usual: Lights.Ambient
  ) -> Lights.Ambient? {
    // A strength alone is written without braces.
    if case .number = node.value {
      return reader.number("ambient", in: 0...10).map {
        Lights.Ambient(strength: $0, color: usual.color)
      }
    }
    guard
      let reader = ObjectReader(
        node, "\"ambient\"", allowed: Self.lightKeys, file: file, log: log)
    else { return nil }
    var ambient = usual
    if let strength = reader.number("strength", in: 0...10) { ambient.strength = strength }
    if let color = color("color", reader) { ambient.color = color }
    return ambient
  }

  // MARK: Colors

  private func color(
    _ key: String, _ reader: ObjectReader, takesKelvin: Bool = true
  ) -> LightColor? {
    guard let node = reader.node(key) else { return nil }
    if takesKelvin, case .number = node.value {
      return reader.number(key, in: LightColor.kelvins, "kelvins").map(LightColor.init(kelvin:))
    }
    if case .string(let text) = node.value, let color = LightColor(hex: text) { return color }
    let other = takesKelvin ? ", or a temperature in kelvins like 3200" : ""
    reader.error(
      .wrongType, key, "\"\(key)\" must be a color like \"#ffd9b0\"\(other)")
    return nil
  }
}

/// The side that a light comes from, in the view of the camera or of a figure.
enum LightSide: String, CaseIterable {
  case front, frontLeft, left, backLeft, back, backRight, right, frontRight

  static let names = allCases.map(\.rawValue)

  /// The direction in degrees from the front, positive toward the right of the picture.
  var degrees: Double {
    switch self {
    case .front: 0
    case .frontLeft: -45
    case .left: -90
    case .backLeft: -135
    case .back: 180
    case .backRight: 135
    case .right: 90
    case .frontRight: 45
    }
  }
}

extension LightColor {
  /// Reads a color in the form `#ffd9b0`; nil for any other text.
  init?(hex text: String) {
    guard text.utf8.count == 7, text.first == "#", let number = UInt32(text.dropFirst(), radix: 16),
      text.dropFirst().first != "+"
    else { return nil }
    self.init(
      red: UInt8(number >> 16), green: UInt8(number >> 8 & 255), blue: UInt8(number & 255))
  }
}
