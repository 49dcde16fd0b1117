/// The rule for the ids of characters and props, which are used as folder names and in references.
package enum Identifier {
  /// Returns the reason why a new character or prop cannot have an id; nil if it can.
  package static func fault(in id: String) -> String? {
    fault(in: id, reserved: CharacterReader.reservedIds)
  }

  /// Returns the reason why `id` cannot be used; nil if it can.
  static func fault(in id: String, reserved: [String]) -> String? {
    let rule = "at most 64 letters, digits, - and _, beginning with a letter or digit"
    guard !id.isEmpty else { return "this id is empty; allowed: \(rule)" }
    let usable = id.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-_".utf8.contains($0)
    }
    guard usable, id.utf8.count <= 64, let first = id.utf8.first, !"-_".utf8.contains(first) else {
      return "id \"\(id)\" cannot name a folder of maps; allowed: \(rule)"
    }
    if reserved.contains(id.lowercased()) {
      return "id \"\(id)\" is reserved; choose another"
    }
    return nil
  }
}
