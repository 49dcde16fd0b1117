extension FBXFile {
  /// Returns the numbers of a record, which is an array or a plain list of values; empty without a
  /// record.
  func numbers(_ record: FBXRecord?) throws(ForeignModelError) -> [Double] {
    guard let record else { return [] }
    guard case .array(let array)? = record.values.first else {
      return record.values.indices.compactMap { record.number($0) }
    }
    switch array.element {
    case .text: return try textNumbers(array, of: record.name)
    case .double:
      return try unpack(array, UInt64.self, of: record.name) { Double(bitPattern: $0) }
    case .float:
      return try unpack(array, UInt32.self, of: record.name) { Double(Float(bitPattern: $0)) }
    default: return try integers(record).map { Double($0) }
    }
  }

  /// Returns the whole numbers of a record; fractions are dropped, and numbers beyond 64 bits
  /// become 0.
  func integers(_ record: FBXRecord?) throws(ForeignModelError) -> [Int] {
    guard let record else { return [] }
    guard case .array(let array)? = record.values.first else {
      return record.values.indices.compactMap { record.integer($0) }.map { Int($0) }
    }
    switch array.element {
    case .text: return try textIntegers(array, of: record.name)
    case .int32:
      return try unpack(array, UInt32.self, of: record.name) { Int(Int32(bitPattern: $0)) }
    case .int64:
      return try unpack(array, UInt64.self, of: record.name) { Int(bitPattern: UInt($0)) }
    case .byte: return try unpack(array, UInt8.self, of: record.name) { Int($0) }
    default:
      return try numbers(record).map { Int(exactly: $0.rounded(.towardZero)) ?? 0 }
    }
  }

  /// Returns the bits of the keys' attributes: 32-bit floating-point numbers, some of which are
  /// packed integers.
  ///
  /// Text files contain either the bits as an integer, or the number that they represent.
  func floatBits(_ record: FBXRecord?) throws(ForeignModelError) -> [UInt32] {
    guard let record else { return [] }
    if case .array(let array)? = record.values.first, array.element == .float {
      return try unpack(array, UInt32.self, of: record.name) { $0 }
    }
    guard case .array? = record.values.first else {
      return record.values.indices.compactMap { record.number($0) }.map { Float($0).bitPattern }
    }
    return try numbers(record).map { number in
      // As bits, smaller integers would be floating-point numbers of almost 0.
      if abs(number) >= 65_536, let bits = Int32(exactly: number) {
        return UInt32(bitPattern: bits)
      }
      return Float(number).bitPattern
    }
  }

  // MARK: Text

  private func textNumbers(
    _ array: FBXArray, of name: String
  ) throws(ForeignModelError) -> [Double] {
    var digits = FBXDigits(bytes, array.range)
    var numbers: [Double] = []
    numbers.reserveCapacity(min(array.count, array.range.count))
    while digits.skipToNumber() {
      guard let number = digits.number() else { throw Self.unreadable(name) }
      numbers.append(number)
    }
    return numbers
  }

  private func textIntegers(_ array: FBXArray, of name: String) throws(ForeignModelError) -> [Int] {
    var digits = FBXDigits(bytes, array.range)
    var numbers: [Int] = []
    numbers.reserveCapacity(min(array.count, array.range.count))
    while digits.skipToNumber() {
      guard let number = digits.integer() else {
        // Some programs write integers with a decimal point.
        return try textNumbers(array, of: name).map { Int(exactly: $0.rounded(.towardZero)) ?? 0 }
      }
      numbers.append(Int(number))
    }
    return numbers
  }

  // MARK: Binary

  private func unpack<Bits: FixedWidthInteger, Number>(
    _ array: FBXArray, _: Bits.Type, of name: String, _ number: (Bits) -> Number
  ) throws(ForeignModelError) -> [Number] {
    let size = array.count * array.element.size
    let source: [UInt8]
    let start: Int
    if array.isPacked {
      guard let unpacked = FBXInflate.unpack(bytes, array.range, count: size) else {
        throw Self.unreadable(name)
      }
      (source, start) = (unpacked, 0)
    } else {
      guard size <= array.range.count else { throw Self.unreadable(name) }
      (source, start) = (bytes, array.range.lowerBound)
    }
    let isBigEndian = isBigEndian
    return source.withUnsafeBytes { raw in
      (0..<array.count).map { index in
        let bits = raw.loadUnaligned(
          fromByteOffset: start + index * MemoryLayout<Bits>.size, as: Bits.self)
        return number(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
      }
    }
  }

  private static func unreadable(_ name: String) -> ForeignModelError {
    .damaged("the FBX file's numbers in \"\(name.prefix(40))\" cannot be read; export it again")
  }
}
