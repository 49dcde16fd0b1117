internal import PosemapKit
internal import SceneFiles

/// A picture on the disk that a page may see.
struct ServedFile: Equatable, Sendable {
  /// The largest picture that is served, in bytes.
  static let limit = 64 << 20

  /// The picture's path.
  let path: String
  /// The folder that it must be in, whatever links say; nil for one that may be anywhere.
  let home: String?

  /// Returns its bytes with their type; nil for other files than pictures, and for links that lead
  /// elsewhere.
  func read() -> (bytes: [UInt8], type: String)? {
    if let home, !FileIdentity.staysBelow(path, home) { return nil }
    guard FileStamp(path).isFile,
      case .success(let bytes) = FileLoader.bytes(path, upTo: Self.limit),
      let type = PictureKind(bytes)
    else { return nil }
    return (bytes, type.rawValue)
  }
}
