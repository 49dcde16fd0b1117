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

  /// Returns the name of an element that opens, without a namespace's prefix; empty for others.
  private static func name(_ tag: ArraySlice<UInt8>) -> String {
    let word = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    return String(decoding: word, as: UTF8.self).split(separator: ":").last.map(String.init) ?? ""
  }
}
