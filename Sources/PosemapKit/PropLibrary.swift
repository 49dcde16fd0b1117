public import PoseRig
internal import SceneFiles

/// The things in the folder `props` of `Rigs`.
public enum PropLibrary {
  /// Returns the library's names in alphabetical order.
  public static func names(in rigsFolder: String) -> [String] {
    FolderListing.names("\(rigsFolder)/props").compactMap { name in
      name.hasSuffix(".prop.json") ? String(name.dropLast(".prop.json".count)) : nil
    }
  }

  /// Returns a thing of the library.
  ///
  /// ```swift
  /// let chair = try PropLibrary.design(named: "chair")
  /// scene.props.append(Prop(id: "chair", shape: .thing(chair)))
  /// ```
  ///
  /// - Parameter rigsFolder: nil for the folder `Rigs` beside the program.
  public static func design(
    named name: String, in rigsFolder: String? = nil
  ) throws(Failure) -> PropDesign {
    guard let folder = RigsFolder.find(rigsFolder) else {
      throw Failure(.noInput, "there is no library beside the program; name its folder")
    }
    guard names(in: folder).contains(name) else {
      let near = NearestName.question(for: name, among: names(in: folder))
      throw Failure(
        .noInput,
        "there is no prop \"\(name)\"" + (near.map { "; \($0)" } ?? ""))
    }
    return try design(at: "\(folder)/props/\(name).prop.json")
  }

  /// Returns the thing that a file describes.
  public static func design(at path: String) throws(Failure) -> PropDesign {
    let log = DiagnosticLog()
    let design = PropFileReader.design(at: path, loader: .disk(rigsFolder: nil), log: log)
    if let failure = Failure(judging: log.sorted) { throw failure }
    guard let design else { throw Failure(.noInput, "cannot read \(path)") }
    return design
  }
}
