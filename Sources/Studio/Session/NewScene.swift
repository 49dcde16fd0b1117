/// A scene to start from.
public enum NewScene {
  /// The file's name in an empty folder.
  public static let name = "scene.json"

  /// Returns a scene with one standing figure, on a portrait canvas that all families of models
  /// support, and a camera that leaves room for a second figure.
  ///
  /// The camera has a fixed position: one that frames everyone would follow each dragged hand.
  ///
  /// - Parameter hasLibrary: whether the figure can use a pose of the library; if not, it stands
  ///   with its arms stretched out.
  public static func text(hasLibrary: Bool) -> String {
    """
    {
      "canvas": [832, 1216],
      "camera": {"position": [0.6, 1.3, 3.8], "target": [0, 0.9, 0], "focalLength": 50},
      "characters": [
        {
          "id": "ana",
          "body": "female",
          "pose": \(hasLibrary ? "\"stand\"" : "{}")
        }
      ]
    }

    """
  }
}
