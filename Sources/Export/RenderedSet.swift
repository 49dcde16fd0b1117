internal import MapRender
public import PoseRig
public import SceneFiles

/// A set of maps on disk, as its manifest lists it.
public struct RenderedSet {
  /// A difference between a set and the set that a render would make now.
  public enum Difference: Equatable, Sendable {
    /// The version of posemap has changed.
    case version(before: String, now: String)
    /// A file that the maps were made from has changed.
    case inputChanged(String)
    /// A file that the maps were made from no longer belongs to the scene.
    case inputDropped(String)
    /// The scene depends on one more file.
    case inputAdded(String)
    /// The size of the pictures has changed.
    case canvas(before: Canvas, now: Canvas)
    /// The profile has changed.
    case profile(before: String?, now: String?)
    /// Map settings have changed.
    case settings([String])
    /// A character of the scene has no maps.
    case characterAdded(String)
    /// A character is no longer in the scene.
    case characterDropped(String)
    /// A file of the set is missing.
    case fileMissing(String)
    /// A file of the set has been altered.
    case fileAltered(String)
  }

  /// The folder of the manifest.
  public let folder: String
  /// The paths of the set's files below the folder.
  public let files: [String]
  private let manifest: Manifest

  /// The scene and choices that the set was rendered from; nil for a set of an older posemap.
  public var origin: RenderOrigin? { manifest.rendered }

  /// Reads the set in a folder; nil if there is no valid manifest.
  public init?(in folder: String) {
    guard let bytes = FileSystem.bytes(FilePath.join(folder, RenderedSet.manifestName)),
      let manifest: Manifest = JSONText.decode(bytes), manifest.isPlausible
    else { return nil }
    self.folder = folder
    self.manifest = manifest
    files = manifest.allFiles
  }

  /// The file name of a manifest.
  public static let manifestName = "manifest.json"

  /// Returns the differences that make the set stale, in a fixed order; empty if a render with the
  /// same choices would make the set again.
  ///
  /// - Parameters:
  ///   - scene: the scene as its file and the choices describe it now.
  ///   - inputs: the files that it depends on now.
  ///   - version: the version of posemap now.
  public func differences(
    from scene: Scene, inputs: [InputFile], version: String
  ) -> [Difference] {
    versionDifferences(version) + inputDifferences(inputs) + sceneDifferences(scene)
      + fileDifferences()
  }

  /// Returns the differences that can be found without the scene.
  public func differences(version: String) -> [Difference] {
    versionDifferences(version) + fileDifferences()
  }

  private func versionDifferences(_ version: String) -> [Difference] {
    manifest.posemap == version ? [] : [.version(before: manifest.posemap, now: version)]
  }

  private func inputDifferences(_ inputs: [InputFile]) -> [Difference] {
    // Two files can have the same name, each relative to a different file that names it.
    let before = Dictionary(grouping: manifest.inputs, by: \.name)
    let now = Dictionary(grouping: Manifest.entries(inputs), by: \.name)
    let names = (manifest.inputs.map(\.name) + inputs.map(\.name)).uniqued()
    return names.compactMap { name in
      switch (before[name], now[name]) {
      case (let old?, let new?): old == new ? nil : .inputChanged(name)
      case (nil, _): .inputAdded(name)
      case (_, nil): .inputDropped(name)
      }
    }
  }

  private func sceneDifferences(_ scene: Scene) -> [Difference] {
    var differences: [Difference] = []
    let canvas = Canvas(width: manifest.canvas.width, height: manifest.canvas.height)
    if canvas != scene.canvas { differences.append(.canvas(before: canvas, now: scene.canvas)) }
    if manifest.profile != scene.profile?.name {
      differences.append(.profile(before: manifest.profile, now: scene.profile?.name))
    }
    let keys = manifest.settings.keys(differingFrom: SettingsEntry(scene.mapSettings))
    if !keys.isEmpty { differences.append(.settings(keys)) }
    let drawn = manifest.together?.characters ?? manifest.characters.map(\.id)
    let wanted = scene.characters.map(\.id).filter { origin?.only?.contains($0) ?? true }
    differences += wanted.filter { !drawn.contains($0) }.map { .characterAdded($0) }
    differences += drawn.filter { !wanted.contains($0) }.map { .characterDropped($0) }
    return differences
  }

  private func fileDifferences() -> [Difference] {
    files.compactMap { file in
      let path = FilePath.join(folder, file)
      guard let hash = manifest.hashes?[file] else {
        // Frames have no hashes: there are many, and each appears whole or not at all.
        return FrameFolder.isWhole(path) ? nil : .fileMissing(file)
      }
      guard let bytes = FileSystem.bytes(path) else { return .fileMissing(file) }
      return FileHash.sha256(bytes) == hash ? nil : .fileAltered(file)
    }
  }
}

extension Manifest {
  /// Whether the number of frames is within the limits of a clip.
  fileprivate var isPlausible: Bool {
    guard let frames else { return true }
    let (count, overflow) = frames.last.subtractingReportingOverflow(frames.first)
    return frames.first >= 0 && !overflow && ClipLength.fault(frames: count) == nil
  }

  /// The paths of all files of the set except the manifest, including those of frames.
  fileprivate var allFiles: [String] {
    guard let frames, frames.first <= frames.last else {
      return (together.map { [$0.files] } ?? characters.map(\.files)).flatMap { $0 }
    }
    let maps = frames.maps.compactMap(MapName.init(rawValue:))
    let folders = together == nil ? characters.map(\.id) : ["all"]
    return (frames.first...frames.last).flatMap { frame in
      folders.flatMap { MapPath.names(of: maps, in: $0, frame: frame) }
    }
  }
}

extension Sequence where Element: Hashable {
  /// Returns the elements in order, each once.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
