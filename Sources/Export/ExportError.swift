/// An error that keeps output from being made or written.
public enum ExportError: Error, Equatable, CustomStringConvertible {
  /// A picture could not be encoded as a PNG; the reason is libpng's.
  case cannotEncodePNG(reason: String)
  /// Bytes are not a PNG that can be read; the reason is libpng's.
  case cannotDecodePNG(reason: String)
  /// Bytes are not OpenPose JSON.
  case cannotReadOpenPose(reason: String)
  /// A value has no JSON form; this is a bug in posemap.
  case cannotEncodeJSON(reason: String)
  /// Files do not fit into an archive.
  case cannotEncodeArchive(reason: String)
  /// A file or folder cannot be created: permission is missing, or something is in the way.
  case cannotCreate(path: String, reason: String)
  /// A file could be created but not filled: the disk is full or fails.
  case cannotWrite(path: String, reason: String)

  /// A sentence for a person: the fault, where it is, and how to fix it.
  public var description: String {
    switch self {
    case .cannotEncodePNG(let reason): "cannot encode the picture as PNG: \(reason)"
    case .cannotDecodePNG(let reason): "cannot decode the PNG: \(reason)"
    case .cannotReadOpenPose(let reason): "this is not OpenPose JSON: \(reason)"
    case .cannotEncodeJSON(let reason): "cannot write this as JSON; please report it: \(reason)"
    case .cannotEncodeArchive(let reason): "cannot write the layers into one file: \(reason)"
    case .cannotCreate(let path, let reason): "cannot create '\(path)': \(reason)"
    case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
    }
  }
}
