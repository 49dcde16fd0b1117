public import PoseRig
internal import SceneFiles

/// The garments in the folder `garments` of `Rigs`.
public enum GarmentLibrary {
  /// Returns the library's names in alphabetical order.
  public static func names(in rigsFolder: String) -> [String] {
    FolderListing.names("\(rigsFolder)/garments").compactMap { name in
      name.hasSuffix(".garment.json") ? String(name.dropLast(".garment.json".count)) : nil
    }
  }

  /// Returns a garment of the library.
  ///
  /// ```swift
  /// let dress = try GarmentLibrary.design(named: "dress")
  /// character.clothes = [Clothes(dress, [.length: 0.9])]
  /// ```
  ///
  /// - Parameter rigsFolder: nil for the folder `Rigs` beside the program.
  public static func design(
    named name: String, in rigsFolder: String? = nil
  ) throws(Failure) -> GarmentDesign {
    guard let folder = RigsFolder.find(rigsFolder) else {
      throw Failure(.noInput, "there is no library beside the program; name its folder")
    }
    guard names(in: folder).contains(name) else {
      let near = NearestName.suggestion(for: name, among: names(in: folder))
      throw Failure(
        .noInput,
        "there is no garment \"\(name)\"" + (near.map { "; did you mean \"\($0)\"?" } ?? ""))
    }
    return try design(at: "\(folder)/garments/\(name).garment.json")
  }

  /// Returns the garment that a file describes.
  public static func design(at path: String) throws(Failure) -> GarmentDesign {
    let log = DiagnosticLog()
    let design = GarmentFileReader.design(at: path, loader: .disk(rigsFolder: nil), log: log)
    if let failure = Failure(judging: log.sorted) { throw failure }
    guard let design else { throw Failure(.noInput, "cannot read \(path)") }
    return design
  }
}
