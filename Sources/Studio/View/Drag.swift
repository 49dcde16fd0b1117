public import PoseRig

/// A handle that is being dragged.
public struct Drag: Equatable, Sendable {
  /// The surface that the handle stays on.
  public enum Path: String, Sendable {
    /// The plane through its initial position that faces the camera.
    case picture
    /// The horizontal plane through its initial position.
    case floor
    /// The line of sight through its initial position: up is away from the camera.
    case depth
  }

  /// The handle when it was grabbed.
  public let handle: Handle
  /// The camera when it was grabbed.
  public let camera: Camera

  /// A figure's position in the scene when it was grabbed; nil for other handles.
  let start: Vector3?
  /// The point that the pointer last moved the handle to; nil if it snapped to something.
  var asked: Vector3?

  /// Begins a drag.
  public init(_ handle: Handle, before camera: Camera, from start: Vector3? = nil) {
    self.handle = handle
    self.camera = camera
    self.start = start
  }

  /// Returns the drag in a view of another size.
  func resized(before camera: Camera) -> Drag {
    var handle = handle
    handle.pixel = camera.project(handle.point)?.pixel ?? handle.pixel
    return Drag(handle, before: camera, from: start)
  }

  /// Returns the world point under a pixel; nil if the path is not visible there, such as a floor
  /// above the horizon.
  public func point(at pixel: SIMD2<Double>, along path: Path) -> Vector3? {
    let direction = camera.direction(through: pixel)
    switch path {
    case .picture:
      // The direction has a length of 1 along the view axis.
      return camera.position + direction * handle.depth
    case .floor:
      guard abs(direction.y) > 1e-6 else { return nil }
      let far = (handle.point.y - camera.position.y) / direction.y
      return far > 0 && far < 100 ? camera.position + direction * far : nil
    case .depth:
      let metersPerPixel = 2 * camera.tangents.y * handle.depth / Double(camera.canvas.height)
      let away = (handle.pixel.y - pixel.y) * metersPerPixel
      let sight = camera.direction(through: handle.pixel)
      return camera.position + sight * max(handle.depth + away, 0.05)
    }
  }
}
