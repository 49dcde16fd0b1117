public import MapRender
public import PoseRig
public import SceneFiles

/// Makes the maps of a scene with moving characters, frame by frame.
///
/// The camera and the depth range are those of the whole sequence, so that nothing flickers. Before
/// the first frame is drawn, every frame has to be measured, in this process or in others, and
/// `range` set. OpenGL is not touched before that.
public struct SequenceExport {
  private let sequence: SceneSequence
  private let maps: [MapName]
  private let chosen: [Int]
  private let together: Bool
  private let version: String
  /// The characters' ranks from left to right in the motion's first frame, for maps that
  /// distinguish characters by them. They hold for a piece of a clip too, so that all its pieces
  /// agree.
  package let identityRanks: [Int]?
  private let sessions = RenderSessions()
  /// The range of depths over all frames; nil for an empty picture, or if no range is needed.
  public var range: DepthRange?

  /// Creates an export of `maps` for the characters in `only` (nil means all).
  public init(
    _ sequence: SceneSequence, maps: [MapName], only: [String]?, together: Bool, version: String
  ) {
    let settings = sequence.scene.mapSettings
    let distinguishesCharacters =
      settings.segmentation == .identities || settings.openpose == .scail
    self.init(
      sequence, maps: maps, only: only, together: together, version: version,
      identityRanks: distinguishesCharacters ? sequence.posed(0)?.ranksLeftToRight() : nil)
  }

  /// Creates an export with known ranks of the characters, such as those from another process.
  package init(
    _ sequence: SceneSequence, maps: [MapName], only: [String]?, together: Bool, version: String,
    identityRanks: [Int]?
  ) {
    self.sequence = sequence
    self.maps = maps
    self.together = together
    self.version = version
    self.identityRanks = identityRanks
    chosen = sequence.scene.characters.indices.filter {
      only?.contains(sequence.scene.characters[$0].id) ?? true
    }
  }

  /// The settings for drawing the maps.
  public var mapSettings: MapSettings { sequence.scene.mapSettings }

  /// The folders of maps: one per character, or `all`.
  public var folders: [String] {
    together ? ["all"] : chosen.map { sequence.scene.characters[$0].id }
  }

  /// Returns the files of a finished frame, relative to the output folder.
  public func names(of frame: Int) -> [String] {
    folders.flatMap { MapPath.names(of: maps, in: $0, frame: frame) }
  }

  /// Draws one frame.
  public func draw(_ frame: Int) throws -> SceneOutput {
    var output = SceneOutput(files: [], depthLevels: [])
    guard var scene = sequence.posed(frame) else { return output }
    fix(&scene)
    scene.identityRanks = identityRanks
    let buffers = try CharacterBuffers(scene, in: try session(scene))
    let subjects: [MapSubject] = together ? [.together(chosen)] : chosen.map(MapSubject.character)
    for subject in subjects where !chosen.isEmpty {
      let drawing = try MapDrawing(subject, of: scene, buffers: buffers, maps: maps)
      output.files += try drawing.files(maps, frame: frame)
      output.depthLevels += drawing.depthLevels
    }
    return output
  }

  /// Returns `manifest.json`: the inputs and settings of the frames. Runs with equal frames give
  /// equal manifests, except for the path to the scene.
  public func manifest(inputs: [InputFile], origin: RenderOrigin?) throws -> OutputFile {
    guard let scene = sequence.posed(sequence.frames.lowerBound) else {
      return OutputFile(path: "manifest.json", bytes: [])
    }
    let own = (fixedRange ?? range).map(Manifest.RangeEntry.init)
    let entries =
      together
      ? []
      : chosen.map { index in
        Manifest.CharacterEntry(
          id: scene.characters[index].id, body: scene.characters[index].body.name,
          depthRange: own, files: [])
      }
    var manifest = Manifest(
      scene: scene, inputs: inputs,
      depthRange: scene.mapSettings.usedDepthRange == .scene ? range : nil, characters: entries,
      together: together
        ? .init(
          characters: chosen.map { scene.characters[$0].id }, depthRange: own, files: [])
        : nil,
      version: version, renderer: try RendererIdentity.current())
    manifest.frames = .init(
      first: sequence.frames.lowerBound, last: sequence.frames.upperBound, rate: sequence.rate,
      maps: maps.map(\.rawValue))
    manifest.rendered = origin
    return OutputFile(path: "manifest.json", bytes: try JSONText.file(manifest, pretty: true))
  }

  /// Returns whether two manifests vouch for equal frames, wherever their scenes are.
  public static func vouchesForSame(_ manifest: [UInt8], _ other: [UInt8]) -> Bool {
    guard var one: Manifest = JSONText.decode(manifest),
      var two: Manifest = JSONText.decode(other)
    else { return false }
    (one.rendered, two.rendered) = (nil, nil)
    (one.renderer, two.renderer) = (nil, nil)
    return one == two
  }

  /// The range that the settings specify in meters.
  private var fixedRange: DepthRange? {
    guard case .fixed(let near, let far) = mapSettings.depthRange else { return nil }
    return DepthRange(near: Float(near), far: Float(far))
  }

  /// Applies the range of the whole sequence where the settings ask for that of the scene or of all
  /// characters.
  private func fix(_ scene: inout PosedScene) {
    guard Self.isShared(scene.mapSettings.usedDepthRange), let range else { return }
    scene.mapSettings.depthRange = .fixed(near: Double(range.near), far: Double(range.far))
  }

  /// Whether frames must be measured first.
  public var needsRange: Bool {
    maps.contains(.depth) && Self.isShared(sequence.scene.mapSettings.usedDepthRange)
  }

  private static func isShared(_ source: DepthRangeSource) -> Bool {
    source == .scene || source == .characters
  }

  /// Returns the range of depths of one frame and of those before it; nil if nothing is in the
  /// picture.
  public func range(of frame: Int, and known: DepthRange?) throws -> DepthRange? {
    guard let scene = sequence.posed(frame) else { return known }
    let withProps = scene.mapSettings.usedDepthRange == .scene
    guard scene.mapSettings.depth == .zoe else {
      return try CharacterBuffers.depthRange(
        of: scene, withProps: withProps, and: known, in: try session(scene))
    }
    let buffers = try CharacterBuffers(scene, in: try session(scene))
    let everyone = Array(scene.characters.indices)
    return known.union(
      DepthRange(percentilesOf: try buffers.together(everyone, withProps: withProps).buffer))
  }

  /// Returns bounds of each frame's depths without drawing it; nil for a frame that must be
  /// drawn to know them, and for all frames if this would not be faster.
  ///
  /// A frame that cannot reach beyond those measured before does not have to be drawn.
  public func reaches() -> [DepthRange?] {
    let settings = mapSettings
    if settings.depth == .zoe || sequence.hasGoals { return sequence.frames.map { _ in nil } }
    let withProps = settings.usedDepthRange == .scene
    return sequence.frames.concurrentMap { [sequence] frame in
      sequence.measurable(frame).flatMap { CharacterBuffers.reach(of: $0, withProps: withProps) }
    }
  }

  private func session(_ scene: PosedScene) throws -> RenderSession {
    try sessions.session(of: scene.camera.canvas)
  }
}
