/// Reads the keys of FBX 6, which are in one list: time, value, and letters with numbers for the
/// interpolation to the next key.
struct FBXOldKeys {
  private let values: [FBXValue]
  private let version: Int64
  private var at = 0

  /// Creates a reader of a channel's list.
  init(_ record: FBXRecord, version: Int64) {
    values = record.values
    self.version = version
  }

  /// Returns the lists that FBX 7 has in a curve.
  mutating func modern() throws(ForeignModelError) -> [FBXRecord] {
    var times: [FBXValue] = []
    var numbers: [FBXValue] = []
    var flags: [FBXValue] = []
    var attributes: [FBXValue] = []
    while at < values.count {
      times.append(.integer(Int64(exactly: try number().rounded()) ?? 0))
      numbers.append(.number(try number()))
      let key = try course()
      flags.append(.integer(Int64(key.flags)))
      attributes += [
        .number(key.right), .number(key.nextLeft),
        .number(Double(Float(bitPattern: key.weights))), .number(0),
      ]
    }
    return [
      FBXRecord(name: "KeyTime", values: times), FBXRecord(name: "KeyValueFloat", values: numbers),
      FBXRecord(name: "KeyAttrFlags", values: flags),
      FBXRecord(name: "KeyAttrDataFloat", values: attributes),
      FBXRecord(name: "KeyAttrRefCount", values: times.map { _ in .integer(1) }),
    ]
  }

  private static let confused = ForeignModelError.damaged(
    "the keys of the FBX file are not valid FBX 6; export it again as FBX 2011 or later")

  private mutating func number() throws(ForeignModelError) -> Double {
    guard at < values.count else { throw Self.confused }
    defer { at += 1 }
    switch values[at] {
    case .integer(let number): return Double(number)
    case .number(let number): return number
    default: throw Self.confused
    }
  }

  private mutating func letter() throws(ForeignModelError) -> Character {
    guard at < values.count else { throw Self.confused }
    defer { at += 1 }
    switch values[at] {
    case .text(let text): return text.first ?? " "
    // Binary files store a letter as a byte.
    case .integer(let byte): return Character(UnicodeScalar(UInt8(truncatingIfNeeded: byte)))
    default: throw Self.confused
    }
  }

  private mutating func skip(_ count: Int) throws(ForeignModelError) {
    for _ in 0..<count { _ = try number() }
  }

  // MARK: Courses

  /// The interpolation to the next key in the form of FBX 7.
  private struct Course {
    var flags: UInt32
    var right = 0.0
    var nextLeft = 0.0
    var weights: UInt32 = 0
  }

  private mutating func course() throws(ForeignModelError) -> Course {
    switch try letter() {
    case "L": return Course(flags: 0x4)
    case "C":
      let isNext = version >= 4004 ? try letter() == "n" : false
      return Course(flags: isNext ? 0x102 : 0x2)
    case "U": return try cubic()
    default: throw Self.confused
    }
  }

  private mutating func cubic() throws(ForeignModelError) -> Course {
    // Automatic tangents, neither overshooting their neighbors nor depending on the time to them.
    var course = Course(flags: 0x6108)
    var weights = 1
    switch try letter() {
    case "s", "b":
      course.flags = 0x8 | 0x400
      course.right = try number()
      course.nextLeft = try number()
      if version == 4003 { weights = 0 }
    case "a": weights = version <= 4004 ? 0 : 1
    case "p", "q":
      try skip(2)
      weights = version <= 4004 ? 1 : 2
    case "t":
      try skip(3)
      weights = 0
    case "d": try skip(1)
    default: throw Self.confused
    }
    for _ in 0..<weights { try readWeights(into: &course) }
    return course
  }

  private mutating func readWeights(into course: inout Course) throws(ForeignModelError) {
    func packed(_ weight: Double) -> UInt32 {
      // NaN stands for the default reach of a tangent without a weight.
      UInt32(min(max(weight.isFinite ? weight : 1.0 / 3, 0), 1) * 10_000)
    }
    switch try letter() {
    case "n", "c": break
    case "a":
      course.flags |= 0x300_0000
      course.weights = packed(try number())
      course.weights |= packed(try number()) << 16
    case "r":
      course.flags |= 0x100_0000
      course.weights = packed(try number())
    case "l":
      course.flags |= 0x200_0000
      course.weights = packed(try number()) << 16
    default: throw Self.confused
    }
  }
}
