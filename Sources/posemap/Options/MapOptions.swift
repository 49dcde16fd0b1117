import ArgumentParser
internal import MapRender
internal import PoseRig

/// The map settings of a scene file as options, which override the file.
///
/// There is one option for each row of the table of settings, in its order: `cannyThresholds` is
/// `--canny-thresholds`. ArgumentParser finds options by reflection, so the type mirrors the table
/// instead of having properties.
struct MapOptions: ParsableArguments, CustomReflectable {
  /// The values given, by the settings' keys.
  private var values: [String: String] = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for row in MapSettings.table {
      let option = try container.decode(Option<String?>.self, forKey: Key(stringValue: row.key))
      values[row.key] = option.wrappedValue
    }
  }

  var customMirror: Mirror {
    Mirror(self, children: MapSettings.table.map { ($0.key, Self.option($0)) })
  }

  /// The values given, each with its key in a scene's `"maps"`.
  var assignments: [(key: String, value: String)] {
    MapSettings.table.compactMap { row in
      let value = values[row.key] ?? row.follows.flatMap { values[$0] }
      return value.map { (row.key, $0) }
    }
  }

  private static func option(_ row: SettingRow) -> Option<String?> {
    Option(
      // Otherwise, a negative number would be parsed as an option.
      parsing: row.form.mayBeNegative ? .unconditional : .next,
      help: ArgumentHelp(row.help, valueName: row.valueName))
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
