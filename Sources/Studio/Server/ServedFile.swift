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

/// The forms of pictures that pages are given, by their type.
enum PictureKind: String, Sendable {
  case png = "image/png"
  case jpeg = "image/jpeg"
  case webp = "image/webp"

  /// The form that the first bytes of a file tell; nil for no picture.
  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: Array("RIFF".utf8)),
      bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
    {
      self = .webp
    } else {
      return nil
    }
  }
}
