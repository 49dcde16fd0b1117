internal import MapRender
internal import PoseRig

/// The complete settings of the maps, in the form of a scene's `"maps"`.
struct SettingsEntry: Codable, Equatable {
  private var values: [String: Value]

  init(_ settings: MapSettings) {
    values = Dictionary(
      uniqueKeysWithValues: MapSettings.table.map {
        ($0.key, Value(written: settings.value(of: $0)))
      }
    )
  }

  /// Returns the keys that have different values or exist only on one side, in alphabetical order.
  func keys(differingFrom other: SettingsEntry) -> [String] {
    Set(values.keys).union(other.values.keys).filter { values[$0] != other.values[$0] }.sorted()
  }

  init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: Value].self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }

  /// A setting's value in JSON.
  private struct Value: Codable, Equatable {
    var written: SettingValue

    init(written: SettingValue) {
      self.written = written
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Bool.self) {
        written = .boolean(value)
      } else if let value = try? container.decode(Double.self) {
        written = .number(value)
      } else if let value = try? container.decode(String.self) {
        written = .word(value)
      } else {
        written = .list(try container.decode([Value].self).map(\.written))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch written {
      case .boolean(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .word(let name): try container.encode(name)
      case .list(let items): try container.encode(items.map(Value.init(written:)))
      }
    }
  }
}
