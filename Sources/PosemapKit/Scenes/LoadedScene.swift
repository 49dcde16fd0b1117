public import PoseRig
public import SceneFiles

/// A scene read, checked and solved, with the files it was made from.
public struct LoadedScene {
  /// The scene's file.
  public var path: String
  /// The scene, posed.
  public var scene: PosedScene
  /// The scene before it was posed, for its motion and its words.
  public var described: Scene
  /// The files it was made from.
  public var inputs: [InputFile]
  /// Where its parts stand in these files.
  public var source: SceneSource
  /// The warnings about it.
  public var diagnostics: [Diagnostic]

  /// Returns notes of the bodies that are in themselves or in each other, for those who draw.
  public func notes() -> [Diagnostic] {
    source.diagnostics(of: SceneCheck.overlaps(scene), in: described).map {
      var note = $0
      note.severity = .note
      return note
    }
  }

  /// The scene's name.
  public var name: String { Self.name(of: path) }

  /// Returns the name of a scene: its file's, or its folder's if the file is just `scene.json`.
  public static func name(of path: String) -> String {
    // However it is named, from wherever: `scene.json` in its folder is called as the folder is.
    let parts = FileIdentity.absolute(path).split(separator: "/")
    let file = parts.last ?? "scene"
    let stem = file.split(separator: ".").first ?? "scene"
    return String(stem == "scene" && parts.count > 1 ? parts[parts.count - 2] : stem)
  }
}

/// A scene as its file and the choices describe it, before it is solved.
public struct DescribedScene {
  /// The scene's file.
  public var path: String
  /// The scene.
  public var scene: Scene
  /// The files it was made from.
  public var inputs: [InputFile]
  /// Where its parts stand in these files.
  public var source: SceneSource
  /// The warnings found on the way.
  public var diagnostics: [Diagnostic]
}
