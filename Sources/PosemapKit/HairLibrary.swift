public import PoseRig
internal import SceneFiles

/// The hair styles in the folder `hair` of `Rigs`.
public enum HairLibrary {
  /// Returns the library's names in alphabetical order.
  public static func names(in rigsFolder: String) -> [String] {
    FolderListing.names("\(rigsFolder)/hair").compactMap { name in
      name.hasSuffix(".hair.json") ? String(name.dropLast(".hair.json".count)) : nil
    }
  }

  /// Returns a style of the library.
  ///
  /// ```swift
  /// let bob = try HairLibrary.design(named: "bob")
  /// character.hair = [Hair(bob, length: 1.2)]
  /// ```
  ///
  /// - Parameter rigsFolder: nil for the folder `Rigs` beside the program.
  public static func design(
    named name: String, in rigsFolder: String? = nil
  ) throws(Failure) -> HairDesign {
    guard let folder = RigsFolder.find(rigsFolder) else {
      throw Failure(.noInput, "there is no library beside the program; name its folder")
    }
    guard names(in: folder).contains(name) else {
      let near = NearestName.question(for: name, among: names(in: folder))
      throw Failure(
        .noInput,
        "there is no hair \"\(name)\"" + (near.map { "; \($0)" } ?? ""))
    }
    return try design(at: "\(folder)/hair/\(name).hair.json")
  }

  /// Returns the style that a file describes.
  public static func design(at path: String) throws(Failure) -> HairDesign {
    let log = DiagnosticLog()
    let design = HairFileReader.design(at: path, loader: .disk(rigsFolder: nil), log: log)
    if let failure = Failure(judging: log.sorted) { throw failure }
    guard let design else { throw Failure(.noInput, "cannot read \(path)") }
    return design
  }
}
