public import PoseRig
internal import SceneFiles

/// The garments in the folder `garments` of `Rigs`.
public enum GarmentLibrary {
  private static let files = DesignLibrary(
    folder: "garments", ending: ".garment.json", word: "garment")

  /// Returns the library's names in alphabetical order.
  public static func names(in rigsFolder: String) -> [String] {
    files.names(in: rigsFolder)
  }

  /// Returns a garment from the library.
  ///
  /// ```swift
  /// import SceneFiles
  ///
  /// var character = Character(id: "ana", figure: .mannequin(.female, Proportions()))
  /// let dress = try GarmentLibrary.design(named: "dress")
  /// character.clothes = [Clothes(dress, [.length: 0.9])]
  /// ```
  ///
  /// - Parameter rigsFolder: nil for the folder `Rigs` beside the program.
  public static func design(
    named name: String, in rigsFolder: String? = nil
  ) throws(Failure) -> GarmentDesign {
    try design(at: try files.path(of: name, in: rigsFolder))
  }

  /// Returns the garment that a file describes.
  public static func design(at path: String) throws(Failure) -> GarmentDesign {
    try DesignLibrary.design(at: path, GarmentFileReader.design)
  }
}
