public import PoseRig

/// Reads a scene's `"maps"`, or what the command line says of them, onto settings.
struct MapSettingsReader {
  /// The settings' keys.
  static let keys = [
    "openpose", "openposeParts", "openposeDiscs", "occluded", "depth", "depthRange", "depthFloor",
    "depthBits", "normal", "canny", "cannyThresholds", "cannyAperture", "cannyNorm", "cannyGrey",
    "grow", "feather", "lines", "lineart", "segmentation", "identityGround", "densepose", "props",
  ]

  /// Those that take a list of names.
  static let listKeys = ["openposeParts", "props"]

  let reader: ObjectReader

  /// Reports what is not an object, and unknown keys.
  init?(_ node: JSONNode, file: String, log: DiagnosticLog) {
    guard
      let reader = ObjectReader(node, "\"maps\"", allowed: Self.keys, file: file, log: log)
    else { return nil }
    self.reader = reader
  }

  /// Sets what is given; what is wrong is reported and left as it was.
  func read(onto settings: inout MapSettings) {
    choose("openpose", &settings.openpose)
    choose("openposeDiscs", &settings.openposeDiscs)
    choose("occluded", &settings.occluded)
    choose("depth", &settings.depth)
    choose("normal", &settings.normal)
    choose("canny", &settings.canny)
    choose("lines", &settings.lines)
    settings.lineart = choice("lineart") ?? settings.lineart
    choose("segmentation", &settings.segmentation)
    choose("identityGround", &settings.identityGround)
    choose("densepose", &settings.densepose)
    if let parts = names("openposeParts", of: OpenPosePart.allCases) {
      settings.openposeParts = Set(parts)
    }
    depth(&settings)
    masks(&settings)
    canny(&settings.cannyDetector)
    props(&settings)
  }

  private func depth(_ settings: inout MapSettings) {
    if let floor = reader.whole("depthFloor", in: 0...254, "levels") { settings.depthFloor = floor }
    if let bits = number("depthBits", among: [8, 16]) { settings.depthBits = bits }
    guard let node = reader.node("depthRange") else { return }
    switch node.value {
    case .string("scene"): settings.depthRange = .scene
    case .string("characters"): settings.depthRange = .characters
    case .string("character"): settings.depthRange = .character
    case .array:
      guard
        let range = reader.numbers(
          "depthRange", named: ["near", "far"], in: 0.01...10_000, "metres")
      else { return }
      guard range[0] < range[1] else {
        reader.error(
          .invalidValue, "depthRange", "\"depthRange\" is [near, far]; near must be the smaller")
        return
      }
      settings.depthRange = .fixed(near: range[0], far: range[1])
    default:
      reader.error(
        .wrongType, "depthRange",
        "\"depthRange\" must be \"characters\", \"scene\", \"character\" or [near, far] in metres")
    }
  }

  private func canny(_ detector: inout CannyDetector) {
    if let thresholds = reader.numbers(
      "cannyThresholds", named: ["low", "high"], in: 0...100_000)
    {
      if thresholds[0] > thresholds[1] {
        reader.error(
          .invalidValue, "cannyThresholds",
          "\"cannyThresholds\" is [low, high]; low must not be the larger")
      } else {
        (detector.low, detector.high) = (thresholds[0], thresholds[1])
      }
    }
    if let aperture = number("cannyAperture", among: [3, 5, 7]) { detector.aperture = aperture }
    choose("cannyNorm", &detector.norm)
    detector.gray = reader.boolean("cannyGrey") ?? detector.gray
  }

  private func masks(_ settings: inout MapSettings) {
    settings.grow = reader.whole("grow", in: MapSettings.growRange, "pixels") ?? settings.grow
    settings.feather =
      reader.whole("feather", in: MapSettings.featherRange, "pixels") ?? settings.feather
  }

  private func props(_ settings: inout MapSettings) {
    guard let node = reader.node("props") else { return }
    switch node.value {
    case .boolean(let all): settings.props = all ? Set(MapName.showingProps) : []
    case .array:
      if let maps = names("props", of: MapName.showingProps) { settings.props = Set(maps) }
    default: reader.error(.wrongType, "props", "\"props\" must be true, false or a list of maps")
    }
  }

  /// One of the names of an enumeration.
  private func choose<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ value: inout Choice
  ) where Choice.RawValue == String {
    value = choice(key) ?? value
  }

  /// What a key names; nil without one, or after reporting an unknown name.
  private func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
  where Choice.RawValue == String {
    guard let name = reader.string(key) else { return nil }
    let choice = Choice(rawValue: name)
    if choice == nil {
      reader.error(
        .unknownName, key,
        unknown("value", name, allowed: Choice.allCases.map(\.rawValue), place: "of \"\(key)\""))
    }
    return choice
  }

  /// A list of names.
  private func names<Choice: RawRepresentable>(_ key: String, of choices: [Choice]) -> [Choice]?
  where Choice.RawValue == String {
    guard let node = reader.node(key) else { return nil }
    let allowed = choices.map(\.rawValue)
    guard case .array(let items) = node.value else {
      reader.error(
        .wrongType, key, "\"\(key)\" must be a list of: \(allowed.joined(separator: ", "))")
      return nil
    }
    var chosen: [Choice] = []
    for item in items {
      guard case .string(let name) = item.value, let index = allowed.firstIndex(of: name) else {
        let written = if case .string(let name) = item.value { name } else { item.kind }
        reader.log.error(
          .unknownName, reader.file, item.location,
          unknown("name", written, allowed: allowed, place: "in \"\(key)\""))
        return nil
      }
      chosen.append(choices[index])
    }
    return chosen
  }

  private func number(_ key: String, among allowed: [Int]) -> Int? {
    guard let node = reader.node(key) else { return nil }
    guard case .number(let value) = node.value,
      let found = allowed.first(where: { Double($0) == value })
    else {
      reader.error(
        .wrongType, key, "\"\(key)\" must be \(allowed.map(String.init).joined(separator: " or "))")
      return nil
    }
    return found
  }
}

extension MapSettings {
  /// Sets what `assignments` say, as the command line has it: a key of `"maps"` and its value, in JSON or bare
  /// (`zoe`, `50,200`, `depth,normal`). What is wrong is reported under `source`.
  public mutating func set(
    _ assignments: [(key: String, value: String)], source: String, log: DiagnosticLog
  ) {
    for (key, value) in assignments {
      let start = TextLocation(line: 1, column: 1)
      let member = JSONMember(
        key: key, keyLocation: start,
        node: Self.node(value, isList: MapSettingsReader.listKeys.contains(key)))
      let object = JSONNode(value: .object([member]), location: start)
      // The file and line that the messages would name are the option's.
      let own = DiagnosticLog()
      MapSettingsReader(object, file: "", log: own)?.read(onto: &self)
      for diagnostic in own.diagnostics {
        log.error(diagnostic.code, source, nil, diagnostic.message)
      }
    }
  }

  private static func node(_ text: String, isList: Bool) -> JSONNode {
    let start = TextLocation(line: 1, column: 1)
    if let node = try? JSONParser.parse(Array(text.utf8)) { return node }
    let items = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    if isList || items.count > 1 {
      return JSONNode(value: .array(items.map { node($0, isList: false) }), location: start)
    }
    return JSONNode(value: .string(text), location: start)
  }
}
