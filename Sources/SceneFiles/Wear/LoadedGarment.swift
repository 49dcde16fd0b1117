public import PoseRig

/// Where a garment that a scene names comes from.
public enum GarmentSource: Hashable, Sendable {
  /// An `.mhclo` file.
  case file(String)
  /// One that was installed, by its name.
  case installed(String)

  /// The ending of the files that a scene can name.
  package static let fileEnding = ".mhclo"
}

/// A garment, read.
public struct LoadedGarment: Sendable {
  /// The garment.
  public var garment: Garment
  /// The files that it was read from, the one that was named first, by their names in its folder.
  public var files: [InputFile]
  /// What was assumed or left out, a sentence each.
  public var warnings: [String]

  /// A garment from its parts.
  public init(garment: Garment, files: [InputFile], warnings: [String] = []) {
    self.garment = garment
    self.files = files
    self.warnings = warnings
  }

  /// Returns the files as a scene that says `name` names them.
  func inputs(named name: String) -> [InputFile] {
    files.enumerated().map { index, file in
      InputFile(
        name: index == 0 ? name : FilePath.resolve(file.name, besides: name), bytes: file.bytes)
    }
  }
}
