import ArgumentParser

/// An assignment such as `steps=30` on the command line.
struct Assignment {
  var name: String
  var value: String

  static func parse(_ argument: String) throws -> Assignment {
    guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else {
      throw ValidationError("a setting must be <name>=<value>")
    }
    return Assignment(
      name: String(argument[..<sign]), value: String(argument[argument.index(after: sign)...]))
  }
}
