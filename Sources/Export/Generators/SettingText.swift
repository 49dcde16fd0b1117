internal import PoseRig
internal import SceneFiles

/// Parses a setting's new value from a command line.
enum SettingText {
  /// The reason why a text cannot be the setting's value.
  struct Fault: Error {
    var sentence: String
  }

  /// Returns the value of `text`, of the type that the setting has now.
  static func value(_ text: String, of name: String, now: JSONValue) throws(Fault) -> JSONValue {
    switch now {
    case .number:
      guard let number = Double(text), number.isFinite else {
        throw Fault(sentence: "\"\(name)\" must be a number, not \"\(text)\"")
      }
      return .number(number)
    case .boolean:
      guard let value = Bool(text) else {
        throw Fault(sentence: "\"\(name)\" must be true or false, not \"\(text)\"")
      }
      return .boolean(value)
    case .string: return .string(text)
    default:
      throw Fault(sentence: "\"\(name)\" is not a single value; it cannot be set here")
    }
  }

  /// Returns the fault for a name that is not a setting.
  static func unknownName(_ name: String, allowed: [String]) -> Fault {
    Fault(sentence: unknown("setting", name, allowed: allowed, context: "of these models"))
  }
}
