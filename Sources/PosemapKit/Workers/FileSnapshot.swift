internal import PoseRig
internal import RigImport
internal import SceneFiles

/// The files that a clip is made from, in the state in which its scene was read.
///
/// Workers read the scene from this snapshot, so that a file saved in the meantime does not make
/// the frames inconsistent, and no model is read twice.
final class FileSnapshot {
  private var files: [String: [UInt8]] = [:]
  private var models: ModelStore?

  /// Returns a loader that reads the disk and records the files.
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

  /// Records a file that was handed over.
  func add(_ bytes: [UInt8], at path: String) { files[path] = bytes }

  /// Returns a loader of only the recorded files and the installed human.
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
    // The sender of the files has already warned about it.
    loader.pictureFault = { _ in nil }
    return loader
  }
}
