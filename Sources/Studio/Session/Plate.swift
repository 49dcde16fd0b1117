internal import PosemapKit
internal import SceneFiles

/// The picture that a scene's `"plate"` names, to pose by.
struct Plate: Sendable {
  /// The content of the picture's file.
  let bytes: [UInt8]
  /// The kind of picture, as HTTP names it.
  let mediaType: String

  /// The largest picture that is shown, in bytes.
  private static let largest = 64 << 20

  /// Reads a picture.
  ///
  /// Only what begins as a picture does is one: a page shall see no other file.
  /// - Returns: nil for a file that cannot be read, or is no picture that browsers show.
  init?(_ path: String) {
    guard case .success(let bytes) = FileLoader.bytes(path, upTo: Self.largest),
      let mediaType = Self.mediaType(of: bytes)
    else { return nil }
    self.bytes = bytes
    self.mediaType = mediaType
  }

  private static func mediaType(of bytes: [UInt8]) -> String? {
    let starts: [(start: [UInt8], type: String)] = [
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
      ([0xFF, 0xD8, 0xFF], "image/jpeg"),
      (Array("GIF8".utf8), "image/gif"),
    ]
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      return "image/webp"
    }
    return starts.first { bytes.starts(with: $0.start) }?.type
  }
}

extension StudioSession {
  /// The path of the picture to pose by; nil for a scene without one.
  var platePath: String? {
    files.scene.root["plate"]?.text.map { FilePath.resolve($0, besides: files.scenePath) }
  }
}
