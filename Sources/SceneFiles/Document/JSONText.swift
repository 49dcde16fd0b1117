#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// JSON for programs, with sorted keys, so that equal content gives equal bytes.
package enum JSONText {
  /// The reason why a value cannot be encoded.
  package struct UnencodableValue: Error {
    /// The message of Foundation's encoder.
    package var reason: String
  }

  /// Encodes a value as JSON that ends in a line feed; on one line unless `pretty`.
  package static func encode(
    _ value: some Encodable, pretty: Bool = false
  ) throws(UnencodableValue) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    do {
      return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    } catch {
      throw UnencodableValue(reason: "\(error)")
    }
  }

  /// Decodes a value from JSON; nil if it does not match.
  package static func decode<Value: Decodable>(_ bytes: [UInt8]) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(bytes))
  }
}
