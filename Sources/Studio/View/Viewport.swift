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

  /// A viewport; used from one thread.
  public init() {}

  /// Draws a scene before a camera, with its floor.
  public func draw(
    _ scene: PosedScene, _ camera: Camera, _ quality: Quality
  ) throws -> Image<RGB8> {
    var seen = scene
    seen.camera = camera
    let buffers = try CharacterBuffers(seen, in: try sessions.session(of: camera.canvas))
    let buffer = try buffers.together(Array(seen.characters.indices), withProps: true).buffer
    var picture =
      switch quality {
      case .still: ShadedMap.draw(buffer, camera: camera).image
      case .moving: ShadedMap.quick(buffer).image
      }
    FloorGrid(camera).draw(into: &picture)
    return picture
  }
}
