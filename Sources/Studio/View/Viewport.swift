internal import Export
public import MapRender
public import PoseRig

/// Draws the picture of a session with the renderer of the maps.
public final class Viewport {
  /// The quality of a picture.
  public enum Quality: Sendable {
    /// The fastest quality, for dragging.
    case moving
    /// The quality of the `shaded` map, with shading that separates overlapping shapes.
    case still
  }

  private let sessions = RenderSessions()
  private var floors = Floors<RGB8>()
  private var lines = Floors<RGBA8>()

  /// Creates a viewport, to be used from one thread.
  public init() {}

  /// Draws a scene with its floor.
  public func draw(
    _ scene: PosedScene, _ camera: Camera, _ quality: Quality
  ) throws -> Image<RGB8> {
    let floor = floors.floor(camera) { FloorGrid($0).picture }
    switch quality {
    case .moving: return try ShadedMap.quick(seen(scene, camera), over: floor, in: session(camera))
    case .still: return try set(scene, camera).laid(over: floor)
    }
  }

  /// Draws a scene with the lines of its floor, transparent where the reference picture is to be
  /// seen.
  public func drawBeforePlate(
    _ scene: PosedScene, _ camera: Camera, _ quality: Quality
  ) throws -> Image<RGBA8> {
    let floor = lines.floor(camera) { FloorGrid($0).lines }
    switch quality {
    case .moving: return try ShadedMap.quick(seen(scene, camera), over: floor, in: session(camera))
    case .still: return try set(scene, camera).laid(over: floor)
    }
  }

  private func session(_ camera: Camera) throws -> RenderSession {
    try sessions.session(of: camera.canvas)
  }

  private func seen(_ scene: PosedScene, _ camera: Camera) -> PosedScene {
    var seen = scene
    seen.camera = camera
    return seen
  }

  /// Returns a scene as a camera sees it, with overlapping shapes separated.
  private func set(_ scene: PosedScene, _ camera: Camera) throws -> Inset<RGB8> {
    let buffers = try CharacterBuffers(seen(scene, camera), in: session(camera))
    let buffer = try buffers.together(Array(scene.characters.indices), withProps: true).buffer
    return ShadedMap.draw(buffer, camera: camera)
  }
}

/// The most recently drawn floors with their cameras, the newest last, since the camera does not
/// move while a hand is dragged.
private struct Floors<Pixel: BitwiseCopyable & Equatable & Sendable> {
  /// Enough for two tabs, each with one size during movement and one at rest.
  private static var kept: Int { 4 }

  private var known: [(camera: Camera, picture: Image<Pixel>)] = []

  /// Returns the floor in front of a camera, drawn again if necessary.
  mutating func floor(_ camera: Camera, _ draw: (Camera) -> Image<Pixel>) -> Image<Pixel> {
    if let index = known.lastIndex(where: { $0.camera == camera }) {
      let floor = known.remove(at: index)
      known.append(floor)
      return floor.picture
    }
    let picture = draw(camera)
    if known.count == Self.kept { known.removeFirst() }
    known.append((camera, picture))
    return picture
  }
}
