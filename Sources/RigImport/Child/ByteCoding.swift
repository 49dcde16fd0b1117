package import PoseRig

/// Appends numbers in little-endian order.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
  package mutating func write(_ number: Double) { write(number.bitPattern) }
  package mutating func write(_ number: Float) { write(number.bitPattern) }
  package mutating func write(_ flag: Bool) { write(UInt8(flag ? 1 : 0)) }
  package mutating func write(_ index: Int) { write(Int64(index)) }
  package mutating func write(_ text: String) { write(Array(text.utf8)) }

  package mutating func write(_ vector: Vector3) { for slot in 0..<3 { write(vector[slot]) } }

  package mutating func write<T>(_ value: T?, _ body: (inout ByteWriter, T) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }

  package mutating func write<T>(_ list: [T], _ body: (inout ByteWriter, T) -> Void) {
    write(list.count)
    for element in list { body(&self, element) }
  }

  /// Writes numbers as they are in memory: all supported machines are little-endian.
  package mutating func write<T: BitwiseCopyable>(_ numbers: [T]) {
    write(numbers.count)
    numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
}

/// Reads numbers, never past the end, and never allocates more than the remaining bytes could fill.
package struct ByteReader {
  /// An error for bytes that were not written by ``ByteWriter``.
  package struct Fault: Error {
    package init() {}
  }

  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { position == bytes.count }

  private mutating func take(_ count: Int) throws(Fault) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - position else { throw Fault() }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  package mutating func integer<T: FixedWidthInteger>() throws(Fault) -> T {
    try take(T.bitWidth / 8).reversed().reduce(0) { $0 << 8 | T(truncatingIfNeeded: $1) }
  }
  package mutating func double() throws(Fault) -> Double {
    let value = Double(bitPattern: try integer())
    guard value.isFinite else { throw Fault() }
    return value
  }
  package mutating func float() throws(Fault) -> Float {
    let value = Float(bitPattern: try integer())
    guard value.isFinite else { throw Fault() }
    return value
  }
  package mutating func flag() throws(Fault) -> Bool { try integer() as UInt8 == 1 }
  package mutating func index() throws(Fault) -> Int { Int(try integer() as Int64) }
  package mutating func text() throws(Fault) -> String {
    String(decoding: try numbers() as [UInt8], as: UTF8.self)
  }
  package mutating func vector() throws(Fault) -> Vector3 {
    Vector3(try double(), try double(), try double())
  }

  package mutating func optional<T>(
    _ body: (inout ByteReader) throws(Fault) -> T
  ) throws(Fault) -> T? {
    try flag() ? try body(&self) : nil
  }

  package mutating func list<T>(_ body: (inout ByteReader) throws(Fault) -> T) throws(Fault) -> [T]
  {
    let count = try index()
    // Every element takes at least one byte.
    guard count >= 0, count <= bytes.count - position else { throw Fault() }
    var list: [T] = []
    list.reserveCapacity(min(count, 1 << 16))
    for _ in 0..<count { list.append(try body(&self)) }
    return list
  }

  package mutating func numbers<T: BitwiseCopyable>() throws(Fault) -> [T] {
    let count = try index()
    let size = MemoryLayout<T>.stride
    guard count >= 0, count <= (bytes.count - position) / size else { throw Fault() }
    let slice = try take(count * size)
    return [T](unsafeUninitializedCapacity: count) { buffer, filled in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: slice)
      filled = count
    }
  }
}
