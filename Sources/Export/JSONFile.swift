internal import SceneFiles

extension JSONText {
  /// Returns the bytes of a JSON file.
  static func file(_ value: some Encodable, pretty: Bool = false) throws(ExportError) -> [UInt8] {
    do {
      return try encode(value, pretty: pretty)
    } catch {
      throw .cannotEncodeJSON(reason: error.reason)
    }
  }
}
