internal import MapRender
public import PoseRig

/// A file to be written: where, under the output folder, and what.
public struct OutputFile: Equatable, Sendable {
  /// Names joined by "/".
  public var path: String
  /// The whole content.
  public var bytes: [UInt8]

  /// A file from its parts.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

extension AtomicFolder {
  /// Writes all files under `folder`, or none of them.
  public static func write(_ files: [OutputFile], to folder: String) throws(ExportError) {
    var output = try AtomicFolder(folder)
    for file in files { try output.add(file.bytes, at: file.path) }
    try output.commit()
  }
}

/// Makes every file of a scene's output, in memory: nothing is written before all of it exists.
public struct SceneExport {
  /// The maps to draw.
  public var maps: [MapName]
  /// The characters whose maps are wanted; all for nil. The others still count for the depth range.
  public var only: [String]?
  /// Whether the characters are drawn in one picture, in the folder `all`, instead of one at a time.
  public var together: Bool
  /// The program's version, for the manifest.
  public var version: String

  /// An export from its settings.
  public init(
    maps: [MapName] = MapName.standard, only: [String]? = nil, together: Bool = false,
    version: String
  ) {
    self.maps = maps
    self.only = only
    self.together = together
    self.version = version
  }

  /// The files of `scene`: `<character>/<map>.png` (or `all/<map>.png`), with the OpenPose map its JSON files, and
  /// `manifest.json`.
  public func files(
    of scene: PosedScene, inputs: [InputFile]
  ) throws -> [OutputFile] {
    let buffers = try CharacterBuffers(scene)
    let chosen = scene.characters.indices.filter {
      only?.contains(scene.characters[$0].id) ?? true
    }
    let subjects: [MapSubject] =
      self.together && !chosen.isEmpty ? [.together(chosen)] : chosen.map(MapSubject.character)
    var files: [OutputFile] = []
    var entries: [Manifest.CharacterEntry] = []
    var together: Manifest.TogetherEntry?
    for subject in subjects {
      let drawing = try MapDrawing(subject, of: scene, buffers: buffers, maps: maps)
      let own = try drawing.files(maps)
      files += own
      if case .character(let index) = subject {
        let character = scene.characters[index]
        entries.append(
          .init(
            id: character.id, body: character.body.name, depthRange: .init(drawing.depthRange),
            files: own.map(\.path)))
      } else {
        together = .init(
          characters: chosen.map { scene.characters[$0].id },
          depthRange: .init(drawing.depthRange), files: own.map(\.path))
      }
    }
    let manifest = Manifest(
      scene: scene, inputs: inputs, depthRange: buffers.depthRange, characters: entries,
      together: together, version: version)
    return files + [
      OutputFile(path: "manifest.json", bytes: try JSONText.encode(manifest, pretty: true))
    ]
  }
}
