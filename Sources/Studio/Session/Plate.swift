internal import SceneFiles

/// The picture that a scene's `"plate"` names, to pose by.
extension StudioSession {
  /// The path of the picture to pose by; nil for a scene without one.
  var platePath: String? {
    files.scene.root["plate"]?.text.map { FilePath.resolve($0, besides: files.scenePath) }
  }

  /// The picture to pose by, wherever it is; nil for a scene without one.
  var plate: ServedFile? { platePath.map { ServedFile(path: $0, home: nil) } }
}
