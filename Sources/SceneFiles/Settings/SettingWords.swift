package import PoseRig

extension SettingValue {
  /// The value as a person reads it: `zoe`, `[100, 200]`, `true`.
  package var words: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .number(let value): DecimalText.exact(value)
    case .word(let name): name
    case .list(let items): "[\(items.map(\.words).joined(separator: ", "))]"
    }
  }
}
