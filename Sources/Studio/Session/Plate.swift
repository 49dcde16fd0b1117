internal import PosemapKit
internal import SceneFiles

/// The picture that a scene's `"plate"` names, to pose by.
extension StudioSession {
  /// The picture to pose by; nil for a scene without one, and where there is no such file.
  ///
  /// It may be in any folder, as a scene's poses and models may: photographs are kept where they
  /// are, and only whoever opened the scene sees them.
  var plate: ServedFile? {
    guard let name = files.scene.root["plate"]?.text, !name.isEmpty else { return nil }
    let path = FilePath.resolve(name, besides: files.scenePath)
    return FileStamp(path).isFile ? ServedFile(path: path, home: nil) : nil
  }
}
