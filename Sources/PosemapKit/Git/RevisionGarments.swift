internal import RigImport
internal import SceneFiles

/// The garments of a state of a repository: their files are written where the child process that
/// reads them finds them.
struct RevisionGarments {
  private let read: (String) -> Result<[UInt8], UnreadableFile>
  private let store = GarmentStore()

  /// - Parameter read: returns the content of a file in that state.
  init(_ read: @escaping (String) -> Result<[UInt8], UnreadableFile>) {
    self.read = read
  }

  /// Returns a garment; an installed one is returned in its current state.
  func garment(_ source: GarmentSource) -> Result<LoadedGarment, UnreadableFile> {
    guard case .file(let path) = source else { return store.garment(source) }
    return read(path).flatMap { bytes in
      do throws(TemporaryFiles.UnusableFolder) {
        let files = try TemporaryFiles()
        let name = FilePath.lastName(of: path)
        try files.write(bytes, as: name)
        try put(
          GarmentReader.files(named: name, bytes), besides: path, into: files)
        return store.garment(.file(files.path(of: name)))
      } catch {
        return .failure(UnreadableFile(reason: "it cannot be unpacked: \(error.reason)"))
      }
    }
  }

  /// Writes a garment's neighboring files and those that they name; files that do not exist are
  /// left out.
  private func put(
    _ names: [String], besides path: String, into files: TemporaryFiles
  ) throws(TemporaryFiles.UnusableFolder) {
    for name in names {
      guard case .success(let bytes) = read(FilePath.resolve(name, besides: path)) else { continue }
      try files.write(bytes, as: FilePath.lastName(of: name))
      try put(GarmentReader.pictures(of: bytes, in: name), besides: path, into: files)
    }
  }
}
