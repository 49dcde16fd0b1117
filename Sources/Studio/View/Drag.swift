public import PoseRig

/// A handle on its way under a pointer.
public struct Drag: Equatable, Sendable {
  /// The surface that the handle keeps to.
  public enum Path: String, Sendable {
    /// The plane through its beginning that faces the camera.
    case picture
    /// The level plane through its beginning.
    case floor
    /// The line of sight through its beginning: up is away.
    case depth
  }

  /// The handle as it was taken.
  public let handle: Handle
  /// The camera before which it was taken.
  public let camera: Camera

  /// The place that the scene gives a figure when it is taken; nil for other handles.
  let start: Vector3?
  /// The point that the pointer brought the handle to last; nil where it holds on to something.
  var asked: Vector3?

  /// A drag that begins.
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

  /// Returns the point of the world under a pixel; nil where the path is not seen, as a floor over
  /// the horizon.
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
      let metersAPixel = 2 * camera.tangents.y * handle.depth / Double(camera.canvas.height)
      let away = (handle.pixel.y - pixel.y) * metersAPixel
      let sight = camera.direction(through: handle.pixel)
      return camera.position + sight * max(handle.depth + away, 0.05)
    }
  }
}
