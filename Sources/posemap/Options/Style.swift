import ArgumentParser

/// A style such as `style.safetensors:0.8` on the command line.
struct Style {
  var name: String
  var strength: Double

  static func parse(_ list: String) throws -> [Style] {
    try list.split(separator: ",").map { try style(String($0)) }
  }

  private static func style(_ argument: String) throws -> Style {
    guard let colon = argument.lastIndex(of: ":") else { return Style(name: argument, strength: 1) }
    let name = String(argument[..<colon])
    guard let strength = Double(argument[argument.index(after: colon)...]),
      (-10...10).contains(strength), !name.isEmpty
    else {
      throw ValidationError(
        "a LoRA must be <file> or <file>:<strength>, the strength from -10 to 10")
    }
    return Style(name: name, strength: strength)
  }
}
