public import PoseRig
public import SceneFiles

/// A scene that was read, checked and solved, with the files that it was made from.
public struct LoadedScene {
  /// The scene's file.
  public var path: String
  /// The scene after posing.
  public var scene: PosedScene
  /// The scene before posing, for its motion and descriptions.
  public var described: Scene
  /// The files that the scene was made from.
  public var inputs: [InputFile]
  /// The positions of its parts in these files.
  public var source: SceneSource
  /// The warnings about the scene.
  public var diagnostics: [Diagnostic]

  /// Returns notes about bodies that overlap themselves or each other, for commands that draw.
  public func notes() -> [Diagnostic] {
    source.diagnostics(of: SceneCheck.overlaps(scene), in: described).map {
      var note = $0
      note.severity = .note
      return note
    }
  }

  /// The scene's name.
  public var name: String { Self.name(of: path) }

  /// Returns the name of a scene: its file's name, or its folder's if the file is just
  /// `scene.json`.
  public static func name(of path: String) -> String {
    // However the path is written, `scene.json` is named after its folder.
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
  /// The files that the scene was made from.
  public var inputs: [InputFile]
  /// The positions of its parts in these files.
  public var source: SceneSource
  /// The warnings found so far.
  public var diagnostics: [Diagnostic]
}
