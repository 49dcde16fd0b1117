internal import PoseRig
internal import RigImport
internal import SceneFiles

/// The files that a clip is made from, as they were when its scene was read.
///
/// Workers read the scene from here, so that a file saved meanwhile does not tear the clip, and no
/// foreign model is read twice.
final class FileSnapshot {
  private var files: [String: [UInt8]] = [:]
  private var models: ModelStore?

  /// Returns a loader that reads the disk and takes note.
  func recorder(rigsFolder: String?) -> FileLoader {
    let read: (String) -> Result<[UInt8], UnreadableFile> = { [self] path in
      let result = FileLoader.bytes(path)
      if case .success(let bytes) = result { files[path] = bytes }
      return result
    }
    let models = ModelStore(.init(bones: read))
    self.models = models
    return .disk(rigsFolder: rigsFolder, models: models, read: read)
  }

  /// The files as orders to workers.
  var orders: [WorkerOrder] {
    let read = files.sorted { $0.key < $1.key }.map {
      WorkerOrder.file(path: $0.key, bytes: $0.value)
    }
    let encoded = (models?.models ?? [:]).sorted { $0.key < $1.key }.map { path, model in
      WorkerOrder.model(path: path, bytes: ForeignModelCodec.encode(model))
    }
    return read + encoded
  }

  /// Takes note of a file that was handed over.
  func add(_ bytes: [UInt8], at path: String) { files[path] = bytes }

  /// Returns a loader of the files noted and no others, except for the human, which is installed.
  func player(models encoded: [String: [UInt8]], rigsFolder: String?) -> FileLoader {
    let read: (String) -> Result<[UInt8], UnreadableFile> = { [self] path in
      files[path].map(Result.success) ?? .failure(UnreadableFile(reason: "it was not handed over"))
    }
    let models = ModelStore(
      .init(bytes: { _ in .success([]) }, bones: read) { path in
        encoded[path].flatMap(ForeignModelCodec.decode).map(Result.success)
          ?? .failure(UnreadableFile(reason: "it was not handed over"))
      })
    var loader = FileLoader.disk(rigsFolder: rigsFolder, models: models, read: read)
    // Whoever handed the files over has warned about it.
    loader.pictureFault = { _ in nil }
    return loader
  }
}
