/// Puts a COLLADA file into the form that assimp reads: 5.2 crashes on blanks before the numbers of
/// `<v>` and `<vcount>`, and takes a skin without `bind_shape_matrix`, which is the identity by the
/// specification, for one of zeros.
enum ColladaText {
  private static let lists: Set<String> = [
    "v", "vcount", "p", "h", "float_array", "int_array", "Name_array", "IDREF_array", "matrix",
    "bind_shape_matrix", "translate", "rotate", "scale",
  ]
  private static let identity = Array(
    "<bind_shape_matrix>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</bind_shape_matrix>".utf8)
  private static let shape = Array("<bind_shape_matrix".utf8)

  /// Returns the file as assimp reads it.
  static func normalized(_ bytes: [UInt8]) -> [UInt8] {
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
      result += bytes[at...end]
      let name = self.name(bytes[(at + 1)..<end])
      let isOpen = end > at && bytes[end - 1] != UInt8(ascii: "/")
      at = end + 1
      guard isOpen else { continue }
      if lists.contains(name) {
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
      } else if name == "skin" {
        let next = bytes[at...].drop { $0 <= 0x20 }
        if !next.starts(with: shape) { result += identity }
      }
    }
    return result
  }

  /// Returns what the file's nodes are called, by their ids: ids serve its references, names are
  /// what an artist sees.
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

  /// Returns a text with the five entities of XML replaced.
  private static func unescaped(_ text: String) -> String {
    let entities = [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&"),
    ]
    return entities.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  /// Returns the name of an element that opens, without a namespace's prefix; empty for others.
  private static func name(_ tag: ArraySlice<UInt8>) -> String {
    let word = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    return String(decoding: word, as: UTF8.self).split(separator: ":").last.map(String.init) ?? ""
  }
}
