/// Why output could not be made or written.
public enum ExportError: Error, Equatable, CustomStringConvertible {
  /// libpng refused to encode a picture.
  case pngEncoding(String)
  /// Bytes are not a PNG libpng can read.
  case pngDecoding(String)
  /// A value has no JSON form.
  case notEncodable(String)
  /// A file or folder cannot be created.
  case cannotCreate(path: String, reason: String)
  /// Writing to a file failed.
  case cannotWrite(path: String, reason: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .pngEncoding(let why): "cannot encode a PNG: \(why)"
    case .pngDecoding(let why): "cannot read this PNG: \(why)"
    case .notEncodable(let why): "cannot write this as JSON; please report it: \(why)"
    case .cannotCreate(let path, let reason):
      "cannot create \(path): \(reason); choose another output folder or free this one"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason); the previous output is unchanged"
    }
  }
}
