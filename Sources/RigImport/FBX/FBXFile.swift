/// An FBX file taken apart into records, whether it was binary or text.
struct FBXFile {
  /// The whole file, in which arrays still lie.
  let bytes: [UInt8]
  /// The version in thousandths: 7400 is FBX 7.4.
  let version: Int
  /// Whether numbers in a binary file begin with their largest byte.
  let isBigEndian: Bool
  /// The records that hang on nothing.
  let records: [FBXRecord]

  /// The most levels of records in records: honest files have eight.
  static let maximumDepth = 48

  /// Takes a file apart; arrays stay packed until they are asked for.
  init(_ bytes: [UInt8]) throws(ForeignModelError) {
    self.bytes = bytes
    if bytes.starts(with: FBXBinaryParser.magic) {
      var parser = try FBXBinaryParser(bytes)
      isBigEndian = parser.isBigEndian
      version = parser.version
      try Self.check(version)
      records = try Self.modern(try parser.records(), version)
    } else {
      var parser = FBXTextParser(bytes)
      let read = try parser.records()
      isBigEndian = false
      version = Self.version(of: read)
      try Self.check(version)
      records = try Self.modern(read, version)
    }
  }

  /// Returns the first record of a name that hangs on nothing.
  func first(_ name: String) -> FBXRecord? { records.first { $0.name == name } }

  private static func version(of records: [FBXRecord]) -> Int {
    let header = records.first { $0.name == "FBXHeaderExtension" }
    // Files made by hand may leave the header out; what is in them tells the rest.
    return header?.first("FBXVersion")?.integer(0).flatMap { Int(exactly: $0) } ?? 7400
  }

  private static func modern(
    _ records: [FBXRecord], _ version: Int
  ) throws(ForeignModelError) -> [FBXRecord] {
    version < 7000 ? try FBXOldForm.modern(records) : records
  }

  private static func check(_ version: Int) throws(ForeignModelError) {
    guard version < 6000 else { return }
    throw .unsupported(
      "it is FBX \(version / 1000).\(max(version, 0) % 1000 / 100); posemap reads FBX 6 and 7: export it "
        + "again with \"FBX 2011\" or later, or convert it with Autodesk's free FBX Converter 2013")
  }
}
