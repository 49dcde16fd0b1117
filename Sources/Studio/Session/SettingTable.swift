internal import MapRender
internal import PoseRig
internal import SceneFiles

/// The map settings with their types and defaults, for pages.
enum SettingTable {
  /// The table: the settings map by map, then those of all maps.
  static var value: JSONValue {
    let byMap = MapName.allCases.flatMap { name in name.kind.settings.map { ($0, name.rawValue) } }
    let ofMaps = Set(byMap.map(\.0.key))
    let others = MapSettings.table.filter { !ofMaps.contains($0.key) }.map { ($0, "all") }
    return .list((byMap + others).map(row))
  }

  private static func row(_ row: SettingRow, of map: String) -> JSONValue {
    let form = form(row.form)
    return .object(
      [
        .init(key: "key", value: .string(row.key)),
        .init(key: "map", value: .string(map)),
        .init(key: "kind", value: .string(form.kind)),
      ] + form.members + [
        .init(key: "default", value: row.fixed.map(value) ?? .null),
        .init(key: "summary", value: .string(row.description)),
      ])
  }

  private typealias Form = (kind: String, members: [JSONValue.Member])

  private static func form(_ form: SettingForm) -> Form {
    switch form {
    case .boolean: ("boolean", [])
    case .choice(let names): ("choice", [choices(names.map(JSONValue.string))])
    case .oneOf(let numbers): ("choice", [choices(numbers.map(JSONValue.int))])
    case .whole(let range, let unit):
      ("whole", bounds(Double(range.lowerBound)...Double(range.upperBound), unit))
    case .number(let range, let unit): ("number", bounds(range, unit))
    case .names(let names): ("list", [choices(names.map(JSONValue.string))])
    case .namesOrAll(let names, _): ("listOrAll", [choices(names.map(JSONValue.string))])
    case .pair(let pair): ("pair", members(of: pair))
    case .choiceOrPair(let names, let pair):
      ("choiceOrPair", [choices(names.map(JSONValue.string))] + members(of: pair))
    }
  }

  private static func choices(_ values: [JSONValue]) -> JSONValue.Member {
    .init(key: "choices", value: .list(values))
  }

  private static func bounds(_ range: ClosedRange<Double>, _ unit: String) -> [JSONValue.Member] {
    [
      .init(key: "minimum", value: .number(range.lowerBound)),
      .init(key: "maximum", value: .number(range.upperBound)),
      .init(key: "unit", value: .string(unit)),
    ]
  }

  private static func members(of pair: SettingForm.NumberPair) -> [JSONValue.Member] {
    bounds(pair.range, pair.unit) + [.init(key: "names", value: .texts(pair.names))]
  }

  private static func value(_ value: SettingValue) -> JSONValue {
    switch value {
    case .boolean(let value): .boolean(value)
    case .number(let value): .number(value)
    case .word(let name): .string(name)
    case .list(let items): .list(items.map(self.value))
    }
  }
}
