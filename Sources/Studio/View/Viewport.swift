internal import Export
public import MapRender
public import PoseRig

/// Draws the picture of a session by the renderer that makes the maps.
public final class Viewport {
  /// How much care a picture gets.
  public enum Quality: Sendable {
    /// As quick as can be, while something is dragged.
    case moving
    /// As the `shaded` map is, with everything that sets overlaps apart.
    case still
  }

  private let sessions = RenderSessions()
  private var floors = Floors<RGB8>()
  private var lines = Floors<RGBA8>()

  /// A viewport; used from one thread.
  public init() {}

  /// Draws a scene before a camera, with its floor.
  public func draw(
    _ scene: PosedScene, _ camera: Camera, _ quality: Quality
  ) throws -> Image<RGB8> {
    let floor = floors.floor(camera) { FloorGrid($0).picture }
    switch quality {
    case .moving: return try ShadedMap.quick(seen(scene, camera), over: floor, in: session(camera))
    case .still: return try set(scene, camera).laid(over: floor)
    }
  }

  /// Draws a scene before a camera, with the lines of its floor, and nothing where a plate is to be
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

  /// Returns a scene as a camera sees it, with everything that overlaps set apart.
  private func set(_ scene: PosedScene, _ camera: Camera) throws -> Inset<RGB8> {
    let buffers = try CharacterBuffers(seen(scene, camera), in: session(camera))
    let buffer = try buffers.together(Array(scene.characters.indices), withProps: true).buffer
    return ShadedMap.draw(buffer, camera: camera)
  }
}

/// The floors drawn last, each with its camera, the newest last: a hand is dragged before a camera
/// that stands.
private struct Floors<Pixel: BitwiseCopyable & Equatable & Sendable> {
  /// As many as two tabs have, each of one size that moves and one that does not.
  private static var kept: Int { 4 }

  private var known: [(camera: Camera, picture: Image<Pixel>)] = []

  /// Returns the floor before a camera, drawn again if need be.
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
