internal import PosemapKit
internal import SceneFiles

/// A picture on disk that a page can see.
struct ServedFile: Equatable, Sendable {
  /// The size of the largest picture that is served, in bytes.
  static let limit = 64 << 20

  /// The picture's path.
  let path: String
  /// The folder that it must be in after following links; nil if it can be in any folder.
  let home: String?

  /// Returns its bytes with their media type; nil if it is not a picture, or if links lead
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
