internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// Thumbnails of the library's items.
extension StudioLibrary {
  /// The size of a thumbnail, in pixels.
  static let thumbnailSize = Canvas(width: 160, height: 208)

  /// Draws an item of the library; returns nil if it does not exist or cannot be drawn.
  ///
  /// - Parameter kind: `pose`, `gesture`, `hand`, `pair` or `prop`.
  func thumbnail(
    _ kind: String, _ name: String, _ sessions: RenderSessions
  ) throws -> Image<RGB8>? {
    let size = Self.thumbnailSize
    // Draw larger and scale down, for smooth edges.
    let canvas = Canvas(width: size.width * 2, height: size.height * 2)
    let found: PosedScene? =
      switch kind {
      case "pose":
        pose(name).flatMap {
          PoseSheet.scene(of: $0, on: .female, .body, canvas, from: view(of: name))
        }
      case "gesture":
        gesture(name).flatMap {
          PoseSheet.scene(of: $0.pose, on: .female, .body, canvas, from: $0.view)
        }
      case "hand": hand(name).flatMap { PoseSheet.scene(of: $0, on: .female, .hand, canvas) }
      case "pair": LibraryPair.named(name).flatMap { scene(of: $0, canvas) }
      case "prop": LibraryProp.all.first { $0.name == name }.flatMap { Self.scene(of: $0, canvas) }
      default: nil
      }
    guard let scene = found else { return nil }
    let buffers = try CharacterBuffers(scene, in: try sessions.session(of: canvas))
    let all = Array(scene.characters.indices)
    let buffer = try buffers.together(all, withProps: true).buffer
    return ShadedMap.draw(buffer, camera: scene.camera).image
      .shrunk(width: size.width, height: size.height)
  }

  private func pose(_ name: String) -> Pose? {
    if poses.contains(where: { $0.name == name }) { return load("poses/\(name).pose.json") }
    return path(ofOwn: name).flatMap(loadFile)
  }

  private func gesture(_ name: String) -> (pose: Pose, view: PoseCard.View)? {
    guard let item = gestures.first(where: { $0.name == name }), let rigsFolder,
      let pose = try? PoseLibrary.posing(name, in: rigsFolder)
    else { return nil }
    return (pose, item.view)
  }

  private func view(of name: String) -> PoseCard.View {
    poses.first { $0.name == name }?.view ?? .usual
  }

  private func hand(_ name: String) -> Pose? {
    if hands.contains(where: { $0.name == name }) { return load("poses/hands/\(name).pose.json") }
    return path(ofOwn: name).flatMap(loadFile)
  }

  private func load(_ name: String) -> Pose? { rigsFolder.flatMap { loadFile("\($0)/\(name)") } }

  private func loadFile(_ path: String) -> Pose? {
    (try? LoadedPose.load(path, rigsFolder: rigsFolder))?.pose
  }

  private func scene(of pair: LibraryPair, _ canvas: Canvas) -> PosedScene? {
    let disk = FileLoader.disk(rigsFolder: rigsFolder)
    var files = disk
    files.read = {
      $0 == pair.scene.file ? .success(pair.scene.bytes) : disk.read($0)
    }
    let choices = SceneChoices(canvas: canvas)
    return (try? SceneLoader(choices, files: files).load(pair.scene.file))?.scene
  }

  private static func scene(of item: LibraryProp, _ canvas: Canvas) -> PosedScene? {
    guard let prop = item.prop() else { return nil }
    // A scene needs a character, which a camera framing the prop leaves out.
    let scene = Scene(
      canvas: canvas,
      characters: [Character(id: "one", figure: .mannequin(.female, Proportions()))],
      props: [prop])
    guard var posed = SceneSolver.solve(scene), let surface = posed.props.first?.surface else {
      return nil
    }
    posed.characters = []
    let points = surface.positions.map { Vector3($0) }
    posed.camera = Camera.about(points, angle: 32, elevation: 22, on: canvas)
    return posed
  }
}
