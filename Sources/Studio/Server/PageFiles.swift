internal import PosemapKit
internal import SceneFiles

/// The files of the page.
struct PageFiles: Sendable {
  /// A folder to read the files from; nil for the embedded ones.
  let folder: String?

  private static let compiledIn = Dictionary(
    EmbeddedFiles.files(in: "Sources/Studio/Page").map { ($0.path, $0.bytes) },
    uniquingKeysWith: { first, _ in first })

  /// Returns a file and its media type, by its path below the page's folder; nil for an unknown
  /// path.
  func file(_ path: String) -> (bytes: [UInt8], type: String)? {
    guard let type = Self.type(of: path), Self.isPlain(path) else { return nil }
    if let folder {
      guard case .success(let bytes) = FileLoader.bytes("\(folder)/\(path)", upTo: 1 << 22) else {
        return nil
      }
      return (bytes, type)
    }
    return Self.compiledIn["Sources/Studio/Page/\(path)"].map { ($0, type) }
  }

  /// Returns whether a path has only plain names, so that it stays in its folder.
  private static func isPlain(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { name in
      !name.isEmpty && name.first != "."
        && name.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
          default: false
          }
        }
    }
  }

  private static func type(of path: String) -> String? {
    switch path.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    default: nil
    }
  }
}
