public import PoseRig
internal import SceneFiles

/// The objects in the folder `props` of `Rigs`.
public enum PropLibrary {
  private static let files = DesignLibrary(
    folder: "props", ending: ".prop.json", word: "prop")

  /// Returns the library's names in alphabetical order.
  public static func names(in rigsFolder: String) -> [String] {
    files.names(in: rigsFolder)
  }

  /// Returns an object from the library.
  ///
  /// ```swift
  /// var scene = Scene(canvas: Canvas(width: 512, height: 512), characters: [])
  /// let chair = try PropLibrary.design(named: "chair")
  /// scene.props.append(Prop(id: "chair", shape: .thing(chair)))
  /// ```
  ///
  /// - Parameter rigsFolder: nil for the folder `Rigs` beside the program.
  public static func design(
    named name: String, in rigsFolder: String? = nil
  ) throws(Failure) -> PropDesign {
    try design(at: try files.path(of: name, in: rigsFolder))
  }

  /// Returns the object that a file describes.
  public static func design(at path: String) throws(Failure) -> PropDesign {
    try DesignLibrary.design(at: path, PropFileReader.design)
  }
}
