internal import MapRender
public import PoseRig

/// Applies a scene's `"maps"`, or options of the command line, to settings.
struct MapSettingsReader {
  let reader: ObjectReader

  /// Reports a value that is not an object, and unknown keys.
  init?(_ node: JSONNode, file: String, log: DiagnosticLog) {
    guard
      let reader = ObjectReader(
        node, "\"maps\"", allowed: MapSettings.table.map(\.key), file: file, log: log)
    else { return nil }
    self.reader = reader
  }

  /// Applies the values; invalid ones are reported and leave the setting unchanged.
  func read(onto settings: inout MapSettings) {
    for row in MapSettings.table {
      if let value = value(of: row.key, row.form) { settings.set(row, to: value) }
    }
  }

  private func value(of key: String, _ form: SettingForm) -> SettingValue? {
    switch form {
    case .boolean: reader.boolean(key).map(SettingValue.boolean)
    case .choice(let names): choice(key, names)
    case .oneOf(let numbers): number(key, among: numbers)
    case .whole(let range, let unit):
      reader.whole(key, in: range, unit).map { .number(Double($0)) }
    case .number(let range, let unit): reader.number(key, in: range, unit).map(SettingValue.number)
    case .names(let names): list(key, names)
    case .namesOrAll(let names, let things): listOrAll(key, names, things)
    case .pair(let pair): self.pair(key, pair)
    case .choiceOrPair(let names, let pair): choiceOrPair(key, names, pair)
    }
  }

  private func choice(_ key: String, _ names: [String]) -> SettingValue? {
    guard let name = reader.string(key) else { return nil }
    guard names.contains(name) else {
      reader.error(
        .unknownName, key, unknown("value", name, allowed: names, context: "of \"\(key)\""))
      return nil
    }
    return .word(name)
  }

  private func number(_ key: String, among allowed: [Int]) -> SettingValue? {
    guard let node = reader.node(key) else { return nil }
    guard case .number(let value) = node.value, allowed.contains(where: { Double($0) == value })
    else {
      reader.error(
        .wrongType, key, "\"\(key)\" must be \(allowed.map(String.init).joined(separator: " or "))")
      return nil
    }
    return .number(value)
  }

  private func list(_ key: String, _ names: [String]) -> SettingValue? {
    guard let node = reader.node(key) else { return nil }
    guard case .array(let items) = node.value else {
      reader.error(
        .wrongType, key, "\"\(key)\" must be a list of: \(names.joined(separator: ", "))")
      return nil
    }
    var chosen: [SettingValue] = []
    for item in items {
      guard case .string(let name) = item.value, names.contains(name) else {
        let written = if case .string(let name) = item.value { name } else { item.kind }
        reader.log.error(
          .unknownName, reader.file, item.location,
          unknown("name", written, allowed: names, context: "in \"\(key)\""))
        return nil
      }
      chosen.append(.word(name))
    }
    return .list(chosen)
  }

  private func listOrAll(_ key: String, _ names: [String], _ things: String) -> SettingValue? {
    guard let node = reader.node(key) else { return nil }
    switch node.value {
    case .boolean(let all): return .list(all ? names.map(SettingValue.word) : [])
    case .array: return list(key, names)
    default:
      reader.error(.wrongType, key, "\"\(key)\" must be true, false or a list of \(things)")
      return nil
    }
  }

  private func pair(_ key: String, _ pair: SettingForm.NumberPair) -> SettingValue? {
    guard let numbers = reader.numbers(key, named: pair.names, in: pair.range, pair.unit) else {
      return nil
    }
    let isInOrder = pair.mayBeEqual ? numbers[0] <= numbers[1] : numbers[0] < numbers[1]
    guard isInOrder else {
      let rule = pair.mayBeEqual ? "must not be the larger" : "must be the smaller"
      reader.error(
        .invalidValue, key,
        "\"\(key)\" is [\(pair.names.joined(separator: ", "))]; \(pair.names[0]) \(rule)")
      return nil
    }
    return .list(numbers.map(SettingValue.number))
  }

  private func choiceOrPair(
    _ key: String, _ names: [String], _ pair: SettingForm.NumberPair
  ) -> SettingValue? {
    guard let node = reader.node(key) else { return nil }
    switch node.value {
    case .string(let name) where names.contains(name): return .word(name)
    case .array: return self.pair(key, pair)
    default:
      let quoted = names.map { "\"\($0)\"" }.joined(separator: ", ")
      let unit = pair.unit.isEmpty ? "" : " in \(pair.unit)"
      reader.error(
        .wrongType, key,
        "\"\(key)\" must be \(quoted) or [\(pair.names.joined(separator: ", "))]\(unit)")
      return nil
    }
  }
}

extension MapSettings {
  /// Applies `assignments` from the command line: a key of `"maps"` and its value, in JSON or bare
  /// (`zoe`, `50,200`, `depth,normal`). Errors are reported under `source`.
  public mutating func set(
    _ assignments: [(key: String, value: String)], source: String, log: DiagnosticLog
  ) {
    for (key, value) in assignments {
      let start = TextLocation(line: 1, column: 1)
      let isList = Self.table.first { $0.key == key }?.form.isList ?? false
      let member = JSONMember(
        key: key, keyLocation: start, node: Self.node(value, isList: isList))
      let object = JSONNode(value: .object([member]), location: start)
      // The file and line in the messages would be those of the temporary document.
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
