/// An FBX file split into records, from either its binary or its text form.
struct FBXFile {
  /// The whole file, which arrays refer to.
  let bytes: [UInt8]
  /// The version in thousandths: 7400 is FBX 7.4.
  let version: Int
  /// Whether a binary file is big-endian.
  let isBigEndian: Bool
  /// The top-level records.
  let records: [FBXRecord]

  /// The maximum nesting of records; valid files have eight levels.
  static let maximumDepth = 48

  /// Parses a file; arrays stay compressed until they are used.
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

  /// Returns the first top-level record with a name.
  func first(_ name: String) -> FBXRecord? { records.first { $0.name == name } }

  private static func version(of records: [FBXRecord]) -> Int {
    let header = records.first { $0.name == "FBXHeaderExtension" }
    // Files made by hand can omit the header, in which case a common version is assumed.
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
