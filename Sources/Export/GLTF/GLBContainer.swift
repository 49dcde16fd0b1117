internal import SceneFiles

/// glTF's binary container: a header, a chunk of JSON, a chunk of bytes (glTF 2.0 § 4.4).
enum GLBContainer {
  /// Encodes a document and its buffer as a file.
  static func encode(_ document: GLTFDocument, buffer: [UInt8]) throws(ExportError) -> [UInt8] {
    let json = chunk(
      "JSON", try JSONText.file(document), padding: UInt8(ascii: " "))
    let binary = buffer.isEmpty ? [] : chunk("BIN\0", buffer, padding: 0)
    let header = Array("glTF".utf8) + number(2) + number(12 + json.count + binary.count)
    return header + json + binary
  }

  private static func chunk(_ type: String, _ content: [UInt8], padding: UInt8) -> [UInt8] {
    let padded = content + repeatElement(padding, count: -content.count & 3)
    return number(padded.count) + Array(type.utf8) + padded
  }

  private static func number(_ value: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(value).littleEndian) { Array($0) }
  }
}
