internal import SceneFiles

/// The files of `Sources/Export/Resources`, which describe image generators.
enum GeneratorResources {
  private static let folder = "Sources/Export/Resources"

  /// Returns a file's bytes, by its path under `Resources/`; nil if it does not exist.
  static func file(_ path: String) -> [UInt8]? { EmbeddedFiles.file("\(folder)/\(path)") }

  /// Returns the files in a folder under `Resources/`, sorted by name.
  static func files(in folder: String) -> [(path: String, bytes: [UInt8])] {
    EmbeddedFiles.files(in: "\(self.folder)/\(folder)").map {
      (String($0.path.dropFirst(self.folder.count + 1)), $0.bytes)
    }
  }
}
