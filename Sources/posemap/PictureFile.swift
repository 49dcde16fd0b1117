internal import Export
internal import MapRender

/// One picture as a file that appears whole or not at all.
enum PictureFile {
  static func write(_ image: Image<RGB8>, to path: String) throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    try AtomicFolder.write(
      [OutputFile(path: String(parts.last ?? "picture.png"), bytes: try PNGFile.encode(image))],
      to: folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder)
  }
}
