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
  /// The floors drawn last, each with its camera, the newest last: a hand is dragged before a
  /// camera that stands.
  private var floors: [(camera: Camera, picture: Image<RGB8>)] = []
  /// As many as two tabs have, each of one size that moves and one that does not.
  private static let keptFloors = 4

  /// A viewport; used from one thread.
  public init() {}

  /// Draws a scene before a camera, with its floor.
  public func draw(
    _ scene: PosedScene, _ camera: Camera, _ quality: Quality
  ) throws -> Image<RGB8> {
    var seen = scene
    seen.camera = camera
    let session = try sessions.session(of: camera.canvas)
    let floor = floor(camera)
    switch quality {
    case .moving: return try ShadedMap.quick(seen, over: floor, in: session)
    case .still:
      let buffers = try CharacterBuffers(seen, in: session)
      let buffer = try buffers.together(Array(seen.characters.indices), withProps: true).buffer
      return ShadedMap.draw(buffer, camera: camera).laid(over: floor)
    }
  }

  private func floor(_ camera: Camera) -> Image<RGB8> {
    if let index = floors.lastIndex(where: { $0.camera == camera }) {
      let known = floors.remove(at: index)
      floors.append(known)
      return known.picture
    }
    let picture = FloorGrid(camera).picture
    if floors.count == Self.keptFloors { floors.removeFirst() }
    floors.append((camera, picture))
    return picture
  }
}
