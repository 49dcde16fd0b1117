public import MapRender
public import PoseRig
public import SceneFiles

/// A file to be written: its path relative to the output folder, and its bytes.
public struct OutputFile: Equatable, Sendable {
  /// The path's components, joined by "/".
  public var path: String
  /// The whole content.
  public var bytes: [UInt8]

  /// The last component of the path.
  package var name: String { String(path.split(separator: "/").last ?? "") }

  /// Creates a file from its parts.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// The result of drawing a scene.
public struct SceneOutput: Equatable, Sendable {
  /// The files to be written.
  public var files: [OutputFile]
  /// The number of levels that each character has in an 8-bit depth map.
  public var depthLevels: [DepthLevels]

  /// Returns a sentence for each character with too few levels.
  public func flatness(_ settings: MapSettings) -> [String] {
    depthLevels.compactMap { $0.warning(settings) }
  }
}

extension AtomicFolder {
  /// Writes all files under `folder` and removes others; on an error, leaves the folder unchanged.
  public static func write(
    _ files: [OutputFile], removing strays: [String] = [], to folder: String
  ) throws(ExportError) {
    var output = try AtomicFolder(folder)
    for file in files { try output.add(file.bytes, at: file.path) }
    for name in strays { try output.remove(name) }
    try output.commit()
  }
}

/// Makes every file of a scene's output in memory: nothing is written before everything exists.
///
/// ```swift
/// import MapRender
/// import SceneFiles
///
/// let scene = Scene(
///   canvas: Canvas(width: 512, height: 768),
///   characters: [Character(id: "ana", figure: .mannequin(.female, Proportions()))])
/// var findings: [Finding] = []
/// guard let posed = SceneSolver.solve(scene, findings: &findings) else { return }
/// let output = try SceneExport(maps: [.openpose, .depth], version: "1").draw(posed, inputs: [])
/// try AtomicFolder.write(output.files, to: "out")
/// ```
public struct SceneExport {
  /// The maps to draw.
  public var maps: [MapName]
  /// The characters to draw; nil means all. The others still count toward the depth range.
  public var only: [String]?
  /// Whether to draw the characters in one picture, in the folder `all`, instead of one at a time.
  public var together: Bool
  /// The program's version, for the manifest.
  public var version: String
  /// The scene and the caller's choices, for the manifest; nil if the scene is not a file.
  public var origin: RenderOrigin?

  /// Creates an export from its settings.
  public init(
    maps: [MapName] = MapName.standard, only: [String]? = nil, together: Bool = false,
    version: String, origin: RenderOrigin? = nil
  ) {
    self.maps = maps
    self.only = only
    self.together = together
    self.version = version
    self.origin = origin
  }

  /// Returns whether the folder already has the files of `scene`: its manifest lists equal inputs
  /// and settings, and its files are whole.
  public func isDone(_ scene: Scene, inputs: [InputFile], in folder: String) -> Bool {
    guard let bytes = FileSystem.bytes("\(folder)/manifest.json"),
      let manifest: Manifest = JSONText.decode(bytes)
    else { return false }
    let ids = scene.characters.map(\.id)
    let folders = together ? ["all"] : chosen(ids).map { ids[$0] }
    let files = folders.map { (folder: $0, names: MapPath.names(of: maps, in: $0)) }
    return manifest.isSeen(as: origin)
      && manifest.isOf(
        scene, inputs: inputs, files: files, together: together, version: version)
      && files.allSatisfy { $0.names.allSatisfy { FrameFolder.isWhole("\(folder)/\($0)") } }
  }

  /// Returns the indices of the characters to draw.
  private func chosen(_ ids: [String]) -> [Int] {
    ids.indices.filter { only?.contains(ids[$0]) ?? true }
  }

  /// Draws the files of `scene`: `<character>/<map>.png` (or `all/<map>.png`), the JSON files that
  /// belong to the OpenPose map, and `manifest.json`.
  ///
  /// - Parameter willDraw: called before each picture, with its path, its index, and the total
  ///   number.
  public func draw(
    _ scene: PosedScene, inputs: [InputFile], in session: RenderSession? = nil,
    willDraw: (_ path: String, _ index: Int, _ count: Int) -> Void = { _, _, _ in }
  ) throws -> SceneOutput {
    let buffers = try CharacterBuffers(scene, in: session)
    let chosen = chosen(scene.characters.map(\.id))
    let subjects: [MapSubject] =
      self.together && !chosen.isEmpty ? [.together(chosen)] : chosen.map(MapSubject.character)
    var files: [OutputFile] = []
    var depthLevels: [DepthLevels] = []
    var entries: [Manifest.CharacterEntry] = []
    var together: Manifest.TogetherEntry?
    var index = 0
    for subject in subjects {
      let drawing = try MapDrawing(subject, of: scene, buffers: buffers, maps: maps)
      let own = try drawing.files(maps) { map in
        let path = MapPath.of(map.rawValue, "png", in: drawing.folder, frame: nil)
        willDraw(path, index, subjects.count * maps.count)
        index += 1
      }
      files += own
      depthLevels += drawing.depthLevels
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
    var manifest = Manifest(
      scene: scene, inputs: inputs, depthRange: buffers.depthRange, characters: entries,
      together: together, version: version, renderer: try RendererIdentity.current())
    manifest.hashes = Dictionary(
      files.map { ($0.path, FileHash.sha256($0.bytes)) }, uniquingKeysWith: { first, _ in first })
    manifest.rendered = origin
    files.append(
      OutputFile(path: "manifest.json", bytes: try JSONText.file(manifest, pretty: true)))
    return SceneOutput(files: files, depthLevels: depthLevels)
  }
}
