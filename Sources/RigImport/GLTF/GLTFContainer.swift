/// A glTF file in either of its forms: GLB's chunks, or JSON alone.
struct GLTFContainer {
  /// The JSON.
  var json: ArraySlice<UInt8>
  /// GLB's binary chunk.
  var binary: ArraySlice<UInt8>?
  /// A sentence about a fault in the header; nil if it is correct.
  var note: String?

  /// The types of GLB's chunks: "JSON", and "BIN" with a zero.
  private static let (jsonType, binaryType) = (0x4E4F_534A, 0x004E_4942)

  /// Splits a file (glTF 2.0 § 4).
  init(_ bytes: [UInt8]) throws(ForeignModelError) {
    guard bytes.starts(with: Array("glTF".utf8)) else {
      json = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
      return
    }
    func number(_ at: Int) -> Int {
      Int(bytes[at]) | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2]) << 16 | Int(bytes[at + 3]) << 24
    }
    guard bytes.count >= 20 else { throw .damaged("the GLB file ends within its header") }
    let version = number(4)
    guard version == 2 else {
      throw .unsupported(
        "it is GLB version \(version); posemap reads version 2: export it as glTF 2.0")
    }
    let length = number(8)
    if length < 20 {
      note = "its header states a length of \(length) bytes; it was read whole"
    }
    func isChunk(_ position: Int) -> Bool {
      guard position + 8 <= bytes.count else { return false }
      return [Self.jsonType, Self.binaryType].contains(number(position + 4))
        && number(position) <= bytes.count - position - 8
    }
    var chunks: [(type: Int, bytes: ArraySlice<UInt8>)] = []
    var position = 12
    // Bytes after the stated length do not belong to the file, unless it ends in the middle of a
    // chunk.
    while position + 8 <= bytes.count,
      position + 8 <= length || chunks.isEmpty || isChunk(position)
    {
      let length = number(position)
      guard length <= bytes.count - position - 8 else {
        throw .damaged(
          "a GLB chunk claims \(length) bytes, but \(bytes.count - position - 8) are left: "
            + "the file ends early; copy or download it again")
      }
      chunks.append((number(position + 4), bytes[(position + 8)..<(position + 8 + length)]))
      // Chunks are padded to four bytes, but some programs write the next one immediately.
      let (end, padded) = (position + 8 + length, position + 8 + (length + 3) / 4 * 4)
      position = end != padded && isChunk(end) ? end : padded
    }
    guard let first = chunks.first, first.type == Self.jsonType else {
      throw .damaged("the GLB file does not begin with a JSON chunk")
    }
    // JSON is padded with spaces; some programs pad with zeros.
    json = first.bytes.prefix(
      upTo: (first.bytes.lastIndex { $0 != 0 } ?? first.bytes.startIndex - 1) + 1)
    binary = chunks.dropFirst().first { $0.type == Self.binaryType }?.bytes
  }
}
