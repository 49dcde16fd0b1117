/// The picture formats that browsers support, by media type.
package enum PictureKind: String, CaseIterable, Sendable {
  case png = "image/png"
  case jpeg = "image/jpeg"
  case gif = "image/gif"
  case webp = "image/webp"

  /// The number of bytes that identify the format.
  package static let headLength = 12

  /// Detects the format by a file's first bytes; nil for other formats.
  package init?(_ bytes: some Collection<UInt8>) {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: "GIF8".utf8) {
      self = .gif
    } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }

  /// Returns the reason why a file with these first bytes is not a picture; nil if it is one.
  package static func fault(_ head: some Collection<UInt8>) -> UnreadableFile? {
    PictureKind(head) == nil
      ? UnreadableFile(reason: "it is not a picture (PNG, JPEG, WebP or GIF)") : nil
  }
}
