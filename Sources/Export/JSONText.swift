#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// JSON as posemap writes it: keys in order of the alphabet, so that equal content is equal bytes.
enum JSONText {
  /// A value as JSON that ends in a line feed; on one line unless `pretty`.
  static func encode(_ value: some Encodable, pretty: Bool = false) throws(ExportError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    do {
      return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    } catch {
      throw .cannotEncodeJSON(reason: "\(error)")
    }
  }

  /// A value from JSON; nil if it is something else.
  static func decode<Value: Decodable>(_ bytes: [UInt8]) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(bytes))
  }
}
