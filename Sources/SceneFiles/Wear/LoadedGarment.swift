public import PoseRig

/// The source of a garment that a scene names.
public enum GarmentSource: Hashable, Sendable {
  /// An `.mhclo` file.
  case file(String)
  /// An installed garment, by its name.
  case installed(String)

  /// The extension of the files that a scene can name.
  package static let fileEnding = ".mhclo"
}

/// A garment of MakeHuman's after reading.
public struct LoadedGarment: Sendable {
  /// The garment.
  public var garment: Garment
  /// The files that it was read from, by their names in its folder, the named one first.
  public var files: [InputFile]
  /// Sentences about assumptions and omissions.
  public var warnings: [String]

  /// Creates a garment from its parts.
  public init(garment: Garment, files: [InputFile], warnings: [String] = []) {
    self.garment = garment
    self.files = files
    self.warnings = warnings
  }

  /// Returns the files with the paths by which a scene that names `name` refers to them.
  func inputs(named name: String) -> [InputFile] {
    files.enumerated().map { index, file in
      InputFile(
        name: index == 0 ? name : FilePath.resolve(file.name, besides: name), bytes: file.bytes)
    }
  }
}
