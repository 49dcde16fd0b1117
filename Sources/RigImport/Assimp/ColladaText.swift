/// Rewrites a COLLADA file so that assimp can read it: version 5.2 crashes on white space before
/// the numbers of `<v>` and `<vcount>`, and if a skin has no `bind_shape_matrix`, it assumes zeros
/// instead of the identity that the specification requires.
enum ColladaText {
  private static let lists: Set<String> = [
    "v", "vcount", "p", "h", "float_array", "int_array", "Name_array", "IDREF_array", "matrix",
    "bind_shape_matrix", "translate", "rotate", "scale",
  ]
  private static let identity = Array(
    "<bind_shape_matrix>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</bind_shape_matrix>".utf8)
  private static let shape = Array("<bind_shape_matrix".utf8)

  /// The elements that contain lists of numbers.
  private static let numbers: Set<String> = [
    "v", "vcount", "p", "h", "float_array", "int_array", "matrix", "bind_shape_matrix",
    "translate", "rotate", "scale",
  ]
  /// The required number of values in each list of fixed length.
  private static let lengths = [
    "matrix": 16, "bind_shape_matrix": 16, "translate": 3, "rotate": 4, "scale": 3,
  ]

  /// Returns the file in a form that assimp reads.
  ///
  /// - Throws: a sentence if a list has the wrong number of values, or values that are not numbers.
  static func normalized(_ bytes: [UInt8]) throws(ForeignModelError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 1024)
    let last = bytes.lastIndex(of: UInt8(ascii: ">")) ?? -1
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<"), at < last,
        let end = bytes[at...].firstIndex(of: UInt8(ascii: ">"))
      else {
        result.append(bytes[at])
        at += 1
        continue
      }
      let tag = bytes[at...end]
      let name = self.name(bytes[(at + 1)..<end])
      let isOpen = end > at && bytes[end - 1] != UInt8(ascii: "/")
      at = end + 1
      // An empty matrix is equivalent to a missing one.
      if name == "bind_shape_matrix", !isOpen {
        result += identity
        continue
      }
      result += tag
      guard isOpen else { continue }
      if numbers.contains(name) {
        let list = NumberList(bytes[at...].prefix { $0 != UInt8(ascii: "<") })
        if list.count == 0, name == "bind_shape_matrix" {
          result += Array("1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1".utf8)
        } else if let fault = list.fault(name, length: lengths[name], attributes(tag)["count"]) {
          throw .damaged("\(fault); export it again")
        }
      }
      if lists.contains(name) {
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
      } else if name == "skin" {
        let next = bytes[at...].drop { $0 <= 0x20 }
        if !next.starts(with: shape) { result += identity }
      }
    }
    return result
  }

  /// Returns the names of the file's nodes by id: references use ids, but artists see names.
  static func nodeNames(_ bytes: [UInt8]) -> [String: String] {
    var names: [String: String] = [:]
    var rest = bytes[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[(start + 1)...]
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
      let tag = rest[..<end]
      rest = rest[end...]
      guard name(tag) == "node" else { continue }
      let attributes = attributes(tag)
      if let id = attributes["id"], let name = attributes["name"], !name.isEmpty {
        names[id] = name
      }
    }
    return names
  }

  /// Returns the attributes of an element's tag.
  private static func attributes(_ tag: ArraySlice<UInt8>) -> [String: String] {
    var attributes: [String: String] = [:]
    var rest = tag.drop { $0 > 0x20 }
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      let key = rest[..<equals].split { $0 <= 0x20 }.last ?? []
      rest = rest[(equals + 1)...].drop { $0 <= 0x20 }
      guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = rest.dropFirst().firstIndex(of: quote)
      else { break }
      let value = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
      attributes[String(decoding: key, as: UTF8.self)] = unescaped(value)
      rest = rest[(end + 1)...]
    }
    return attributes
  }

  /// Returns a text with XML's five entities replaced.
  private static func unescaped(_ text: String) -> String {
    let entities = [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&"),
    ]
    return entities.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  /// Returns the name of an opening tag, without a namespace prefix; empty for other tags.
  private static func name(_ tag: ArraySlice<UInt8>) -> String {
    let word = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    return String(decoding: word, as: UTF8.self).split(separator: ":").last.map(String.init) ?? ""
  }
}

/// The words of a COLLADA list of numbers.
private struct NumberList {
  /// The number of words.
  private(set) var count = 0
  /// The first word that is not a number.
  private var wrong: String?

  init(_ content: ArraySlice<UInt8>) {
    var at = content.startIndex
    while at < content.endIndex {
      guard content[at] > 0x20 else {
        at += 1
        continue
      }
      let start = at
      var isPlain = true
      while at < content.endIndex, content[at] > 0x20 {
        isPlain = isPlain && Self.marks.contains(content[at])
        at += 1
      }
      count += 1
      // Most words are plain digits, signs and points, and need no parsing.
      guard !isPlain, wrong == nil else { continue }
      let word = String(decoding: content[start..<at], as: UTF8.self)
      if Double(word) == nil { wrong = word }
    }
  }

  private static let marks = Set("0123456789+-.eE".utf8)

  /// Returns the fault of an element's list, in words; nil if it is valid.
  ///
  /// - Parameters:
  ///   - length: the number of values that the element requires, if it is fixed.
  ///   - stated: the number that the file states.
  func fault(_ name: String, length: Int?, _ stated: String?) -> String? {
    if let wrong { return "its <\(name)> holds \"\(wrong.prefix(30))\", which is not a number" }
    let numbers = "its <\(name)> has \(count) number\(count == 1 ? "" : "s")"
    if let length, count != length { return "\(numbers), not \(length)" }
    guard let least = stated.flatMap({ Int($0) }), count < least else { return nil }
    return "\(numbers), not the \(least) that it states"
  }
}
