/// The path of a value in a document: `characters[0].pose.reach.leftHand`.
///
/// The empty path is the document itself. A key with characters other than letters, digits, `_`,
/// `$` and `-` is put in brackets and quotes: `bones["mixamorig:Hips"]`.
public struct DocumentPath: Hashable, Sendable, CustomStringConvertible {
  /// One step into a value.
  public enum Step: Hashable, Sendable {
    /// The member of an object.
    case key(String)
    /// The item of a list, counted from 0.
    case index(Int)
  }

  /// The steps, outermost first.
  public var steps: [Step]

  /// Creates a path from its steps.
  public init(_ steps: [Step] = []) { self.steps = steps }

  /// Parses a path; nil for an invalid text.
  public init?(_ text: String) {
    var steps: [Step] = []
    var rest = text[...]
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let end = Self.bracketEnd(rest), let step = Self.bracket(rest[..<end]) else {
          return nil
        }
        steps.append(step)
        rest = rest[end...].dropFirst()
      } else {
        if !steps.isEmpty {
          guard rest.first == "." else { return nil }
          rest = rest.dropFirst()
        }
        let key = rest.prefix { $0 != "." && $0 != "[" }
        guard !key.isEmpty else { return nil }
        steps.append(.key(String(key)))
        rest = rest.dropFirst(key.count)
      }
    }
    self.steps = steps
  }

  /// Returns the path with one more step.
  public func appending(_ step: Step) -> DocumentPath { DocumentPath(steps + [step]) }

  /// The path of the enclosing value; nil for the document itself.
  public var parent: DocumentPath? {
    steps.isEmpty ? nil : DocumentPath(Array(steps.dropLast()))
  }

  /// The path as written in files and messages.
  public var description: String {
    steps.reduce("") { text, step in
      switch step {
      case .index(let index): return "\(text)[\(index)]"
      case .key(let key) where key.utf8.allSatisfy(Self.isPlain) && !key.isEmpty:
        return text.isEmpty ? key : "\(text).\(key)"
      case .key(let key): return "\(text)[\(JSONValue.string(key).line)]"
      }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_$-".utf8.contains(byte)
  }

  /// Returns the index of the bracket that closes the one at the beginning of a text.
  private static func bracketEnd(_ text: Substring) -> Substring.Index? {
    var isQuoted = false
    var isEscaped = false
    for index in text.indices.dropFirst() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, text[index] == "\\" {
        isEscaped = true
      } else if text[index] == "\"" {
        isQuoted.toggle()
      } else if text[index] == "]", !isQuoted {
        return index
      }
    }
    return nil
  }

  private static func bracket(_ text: Substring) -> Step? {
    let inner = text.dropFirst()
    if let index = Int(inner), index >= 0 { return .index(index) }
    guard inner.first == "\"", let node = try? JSONParser.parse(Array(inner.utf8)),
      let key = node.text
    else { return nil }
    return .key(key)
  }
}
