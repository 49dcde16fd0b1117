internal import PoseRig
internal import RigImport
internal import SceneFiles

/// The garments of one run, each read once: scene files' garments and those installed in the cache.
final class GarmentStore {
  private var known: [GarmentSource: Result<LoadedGarment, UnreadableFile>] = [:]

  /// Returns a garment, and reads it the first time.
  func garment(_ source: GarmentSource) -> Result<LoadedGarment, UnreadableFile> {
    if let known = known[source] { return known }
    let garment: Result<LoadedGarment, UnreadableFile> =
      switch source {
      case .file(let path): Self.read(path)
      case .installed(let name): Wardrobe.load(name)
      }
    known[source] = garment
    return garment
  }

  private static func read(_ path: String) -> Result<LoadedGarment, UnreadableFile> {
    ModelFile.bytes(path).flatMap { bytes in
      do {
        let imported = try ChildImport.readGarment(path)
        let beside = imported.files.compactMap { name -> InputFile? in
          guard case .success(let bytes) = FileLoader.bytes(FilePath.resolve(name, besides: path))
          else { return nil }
          return InputFile(name: name, bytes: bytes)
        }
        return .success(
          LoadedGarment(
            garment: imported.garment,
            files: [InputFile(name: FilePath.lastName(of: path), bytes: bytes)] + beside,
            warnings: imported.warnings))
      } catch {
        return .failure(UnreadableFile(reason: "\(error)"))
      }
    }
  }
}
