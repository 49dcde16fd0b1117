internal import MapRender
internal import PoseRig

/// Reads convention files, and reports every unusable entry.
package struct ConventionReader {
  /// The keys of a convention's file.
  package static let keys = ["$schema", "name", "summary", "order", "maps"]
  /// The keys of a map in it.
  package static let mapKeys = ["set", "because", "source"]

  private let whole: ObjectReader
  private let log: DiagnosticLog

  /// Returns the conventions in files, in their order; nil, with the reasons in `log`, if one is
  /// invalid, or if two share a name or an order.
  package static func read(_ files: [EmbeddedFile], log: DiagnosticLog) -> [MapConvention]? {
    let read = files.entries(
      of: "convention", name: \(order: Int, convention: MapConvention).convention.name,
      order: \.order, log: log
    ) { file in
      ObjectReader(parsing: file.bytes, "a convention", allowed: keys, file: file.path, log: log)
        .flatMap { ConventionReader(whole: $0, log: log).convention() }
    }
    return log.hasErrors ? nil : read.map(\.convention)
  }

  private func convention() -> (order: Int, convention: MapConvention)? {
    whole.require(["name", "summary", "order", "maps"])
    var settings = MapSettings()
    let rules = (whole.node("maps")?.members ?? []).compactMap { rule($0, &settings) }
    if whole.has("maps"), rules.isEmpty, !log.hasErrors {
      whole.error(.wrongType, "maps", "\"maps\" must say how at least one map is drawn")
    }
    guard let name = whole.plainName("name"), let summary = whole.string("summary"),
      let order = whole.whole("order", in: ProfileReader.orders)
    else { return nil }
    return (
      order,
      MapConvention(name: name, summary: summary, rules: rules, mapSettings: settings)
    )
  }

  /// Returns the rule for one map, and applies its settings.
  private func rule(_ member: JSONMember, _ settings: inout MapSettings) -> MapConvention.Rule? {
    guard let map = MapName(rawValue: member.key) else {
      log.error(
        .unknownName, whole.file, member.keyLocation,
        unknown(
          "map", member.key, allowed: MapName.allCases.map(\.rawValue), context: "in \"maps\""))
      return nil
    }
    guard
      let reader = ObjectReader(
        member.node, "the map \"\(map.rawValue)\"", allowed: Self.mapKeys, file: whole.file,
        log: log)
    else { return nil }
    reader.require(["because", "source"])
    if let node = reader.node("set") { set(node, of: map, &settings) }
    guard let reason = reader.string("because"), let source = reader.string("source") else {
      return nil
    }
    return MapConvention.Rule(map: map, reason: reason, source: source)
  }

  /// Applies a map's settings, and reports those of other maps.
  private func set(_ node: JSONNode, of map: MapName, _ settings: inout MapSettings) {
    let own = (map.kind.settings + map.kind.sharedSettings).map(\.key)
    for member in node.members where !own.contains(member.key) {
      log.error(
        .unknownKey, whole.file, member.keyLocation,
        unknown("setting", member.key, allowed: own, context: "of the map \"\(map.rawValue)\""))
    }
    if log.hasErrors { return }
    MapSettingsReader(node, file: whole.file, log: log)?.read(onto: &settings)
  }
}

extension ObjectReader {
  /// Reports each of the keys that is missing.
  func require(_ keys: [String]) {
    for key in keys where !has(key) {
      error(.missingKey, key, "\"\(key)\" is missing")
    }
  }

  /// Returns a name of lower-case letters, digits and hyphens; nil after reporting another name.
  func plainName(_ key: String) -> String? {
    guard let name = string(key) else { return nil }
    let isPlain = name.allSatisfy {
      $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-")
    }
    if isPlain, !name.isEmpty { return name }
    error(.invalidValue, key, "\"\(key)\" must have lowercase letters, digits and hyphens only")
    return nil
  }
}
