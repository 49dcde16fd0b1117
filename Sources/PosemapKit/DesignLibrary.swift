internal import SceneFiles

/// A folder of `Rigs` with one design per file: props, hair styles or garments.
struct DesignLibrary {
  /// The folder's name, and the ending of its files, such as `props` and `.prop.json`.
  let folder: String
  let ending: String
  /// The word for a design in messages, such as `prop`.
  let word: String

  /// Returns the library's names in alphabetical order.
  func names(in rigsFolder: String) -> [String] {
    FolderListing.names("\(rigsFolder)/\(folder)").compactMap { name in
      name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : nil
    }
  }

  /// Returns the path of a design's file.
  ///
  /// - Parameter rigsFolder: nil for the folder `Rigs` beside the program.
  func path(of name: String, in rigsFolder: String?) throws(Failure) -> String {
    guard let rigs = RigsFolder.find(rigsFolder) else {
      throw Failure(.noInput, "there is no library beside the program; give its folder")
    }
    let names = names(in: rigs)
    guard names.contains(name) else {
      let near = NearestName.question(for: name, among: names)
      throw Failure(
        .noInput, "there is no \(word) \"\(name)\"" + (near.map { "; \($0)" } ?? ""))
    }
    return "\(rigs)/\(folder)/\(name)\(ending)"
  }

  /// Returns the design that a file describes, as parsed by `read`.
  static func design<Design>(
    at path: String, _ read: (String, FileLoader, DiagnosticLog) -> Design?
  ) throws(Failure) -> Design {
    let log = DiagnosticLog()
    let design = read(path, .disk(rigsFolder: nil), log)
    if let failure = Failure(judging: log.sorted) { throw failure }
    guard let design else { throw Failure(.noInput, "cannot read \(path)") }
    return design
  }
}
