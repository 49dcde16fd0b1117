internal import ArgumentParser
internal import Export
internal import MapRender
internal import PosemapKit

/// A picture file that is written whole or not at all.
enum PictureFile {
  /// Rejects names of other picture formats before any work is done.
  static func check(_ path: String) throws {
    guard path.lowercased().hasSuffix(".png") else {
      throw ValidationError("\(path): the picture is a PNG; its name must end in .png")
    }
  }

  static func write(_ image: Image<RGB8>, to path: String) throws {
    try SingleFile.write(try PNGFile.encode(image), to: path)
  }
}
