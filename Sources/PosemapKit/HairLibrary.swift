public import PoseRig
internal import SceneFiles

/// The hair styles in the folder `hair` of `Rigs`.
public enum HairLibrary {
  private static let files = DesignLibrary(
    folder: "hair", ending: ".hair.json", word: "hair")

  /// Returns the library's names in alphabetical order.
  public static func names(in rigsFolder: String) -> [String] {
    files.names(in: rigsFolder)
  }

  /// Returns a style from the library.
  ///
  /// ```swift
  /// import SceneFiles
  ///
  /// var character = Character(id: "ana", figure: .mannequin(.female, Proportions()))
  /// let bob = try HairLibrary.design(named: "bob")
  /// character.hair = [Hair(bob, length: 1.2)]
  /// ```
  ///
  /// - Parameter rigsFolder: nil for the folder `Rigs` beside the program.
  public static func design(
    named name: String, in rigsFolder: String? = nil
  ) throws(Failure) -> HairDesign {
    try design(at: try files.path(of: name, in: rigsFolder))
  }

  /// Returns the style that a file describes.
  public static func design(at path: String) throws(Failure) -> HairDesign {
    try DesignLibrary.design(at: path, HairFileReader.design)
  }
}
