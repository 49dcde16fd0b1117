internal import MapRender
internal import PoseRig
internal import SceneFiles

/// `manifest.json`: the inputs, settings and program that made the maps, and nothing that changes
/// between two identical runs.
struct Manifest: Codable, Equatable {
  struct Input: Codable, Equatable {
    var name: String
    var sha256: String
  }
  struct Size: Codable, Equatable {
    var width: Int
    var height: Int
  }
  struct CameraEntry: Codable, Equatable {
    var position: [Double]
    /// The rotation from camera to world as a quaternion: x, y, z, w.
    var quaternion: [Double]
    var fovY: Double
  }
  struct RangeEntry: Codable, Equatable {
    var near: Double
    var far: Double

    init(_ range: DepthRange) {
      near = Manifest.rounded(Double(range.near))
      far = Manifest.rounded(Double(range.far))
    }
  }
  struct CharacterEntry: Codable, Equatable {
    var id: String
    var body: String
    /// The distances of white and of the floor in its depth map, in meters; nil in a clip where
    /// they vary.
    var depthRange: RangeEntry?
    var files: [String]
  }
  /// The picture with several characters in it.
  struct TogetherEntry: Codable, Equatable {
    /// The ids of its characters, in the order of the scene.
    var characters: [String]
    var depthRange: RangeEntry?
    var files: [String]
  }

  var posemap: String
  /// The renderer that drew the maps; nil in a manifest of an older posemap. It omits the device,
  /// since machines that draw identical bytes have different ones.
  var renderer: RendererEntry?
  var inputs: [Input]
  var canvas: Size
  var camera: CameraEntry
  /// The nearest and farthest distances in the scene.
  var sceneRange: RangeEntry?
  var profile: String?
  var settings: SettingsEntry
  var characters: [CharacterEntry]
  var together: TogetherEntry?
  /// The frame numbers and rate of a sequence.
  var frames: FramesEntry?
  /// The SHA-256 of each file of a still, by its path; nil for a sequence.
  var hashes: [String: String]?
  /// The scene and the caller's choices; nil if they are unknown.
  var rendered: RenderOrigin?

  struct RendererEntry: Codable, Equatable {
    /// The renderer's name: `osmesa`, `egl` or `gpu`.
    var name: String
    /// The renderer's version: `Mesa 22.3.6`, or the version string of another driver.
    var version: String

    init(_ identity: RendererIdentity) {
      name = identity.renderer.rawValue
      version = identity.version
    }
  }

  struct FramesEntry: Codable, Equatable {
    var first: Int
    var last: Int
    var rate: Double
    var maps: [String]
  }

  init(
    scene: PosedScene, inputs: [InputFile], depthRange: DepthRange?,
    characters: [CharacterEntry], together: TogetherEntry?, version: String,
    renderer: RendererIdentity
  ) {
    posemap = version
    self.renderer = RendererEntry(renderer)
    self.inputs = Self.entries(inputs)
    let camera = scene.camera
    canvas = Size(width: camera.canvas.width, height: camera.canvas.height)
    let q = camera.worldFromCamera.rotation.components
    self.camera = CameraEntry(
      position: [camera.position.x, camera.position.y, camera.position.z].map(Self.rounded),
      quaternion: [q.x, q.y, q.z, q.w].map(Self.rounded), fovY: Self.rounded(camera.fovY))
    sceneRange = depthRange.map(RangeEntry.init)
    profile = scene.profile?.name
    settings = SettingsEntry(scene.mapSettings)
    self.together = together
    self.characters = characters
  }

  /// Returns whether a run with these files and settings would make the files that this manifest
  /// lists.
  ///
  /// It does not compare the camera and the depth range, which follow from them.
  func isOf(
    _ scene: Scene, inputs: [InputFile], files: [(folder: String, names: [String])],
    together: Bool, version: String
  ) -> Bool {
    let listed =
      together
      ? (self.together.map { [$0.files] } ?? []) : characters.map(\.files)
    return posemap == version && self.inputs == Self.entries(inputs)
      && canvas == Size(width: scene.canvas.width, height: scene.canvas.height)
      && profile == scene.profile?.name && settings == SettingsEntry(scene.mapSettings)
      && listed == files.map(\.names) && frames == nil
      && (together || characters.map(\.id) == files.map(\.folder))
  }

  /// Returns whether the maps are seen through the camera that a caller chooses.
  func isSeen(as origin: RenderOrigin?) -> Bool {
    rendered?.camera == origin?.camera && rendered?.turn == origin?.turn
  }

  static func entries(_ inputs: [InputFile]) -> [Input] {
    inputs.map { Input(name: $0.name, sha256: FileHash.sha256($0.bytes)) }
  }

  /// Returns a number rounded to a micrometer or a millionth of a degree.
  fileprivate static func rounded(_ number: Double) -> Double {
    (number * 1e6).rounded() / 1e6 + 0
  }
}
