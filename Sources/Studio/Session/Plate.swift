internal import PosemapKit
internal import SceneFiles

/// The reference picture that a scene's `"plate"` names, to pose by.
extension StudioSession {
  /// The reference picture; nil for a scene without one, or if the file does not exist.
  ///
  /// It can be in any folder, like a scene's poses and models: photographs stay where they are, and
  /// only the person who opened the scene can see them.
  var plate: ServedFile? {
    guard let name = files.scene.root["plate"]?.text, !name.isEmpty else { return nil }
    let path = FilePath.resolve(name, besides: files.scenePath)
    return FileStamp(path).isFile ? ServedFile(path: path, home: nil) : nil
  }
}
