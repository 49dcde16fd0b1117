/// A scene to start from.
public enum NewScene {
  /// The file's name in an empty folder.
  public static let name = "scene.json"

  /// One figure that stands, on a portrait canvas that all families of models know, and a camera
  /// that leaves room for a second.
  ///
  /// The camera has a place of its own: one that frames everyone would follow each dragged hand.
  ///
  /// - Parameter hasLibrary: whether its figure may stand as a pose of the library does; if not, it
  ///   stands with its arms stretched out.
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
