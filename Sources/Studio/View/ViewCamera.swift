internal import Glibc
public import PoseRig
public import SceneFiles

/// A camera that orbits a target point.
public struct ViewCamera: Equatable, Sendable {
  /// The point that it orbits and looks at.
  public var target: Vector3
  /// The distance from the target, in meters.
  public var distance: Double
  /// The rotation about the vertical in radians; 0 looks along −z, at faces.
  public var azimuth: Double
  /// The angle above the target in radians, from −π/2 to π/2.
  public var elevation: Double
  /// The roll of the picture in degrees.
  public var roll: Double
  /// The tangent of half the vertical field of view.
  public var tangentY: Double

  /// The smallest distance from the target, in meters.
  private static let nearest = 0.05
  /// The largest distance from the target, in meters.
  private static let farthest = 200.0
  /// The steepest elevation, in radians: a picture straight down has no upright direction.
  private static let steepest = 89.0 * .pi / 180

  /// Converts a camera; the target is the point straight ahead of it that is nearest to `point`.
  public init(_ camera: Camera, about point: Vector3) {
    let back = camera.worldFromCamera.rotation.rotate(.unitZ)
    distance = max((camera.position - point).dot(back), Self.nearest)
    target = camera.position - back * distance
    azimuth = atan2(back.x, back.z)
    elevation = min(max(asin(min(max(back.y, -1), 1)), -Self.steepest), Self.steepest)
    tangentY = camera.tangents.y
    roll = 0
    let level = Camera.orientation(direction: -back, roll: 0)
    let turn = (level.inverse * camera.worldFromCamera.rotation).logarithm
    roll = -turn.z.radiansToDegrees
  }

  /// Creates a view about a point.
  ///
  /// - Parameters:
  ///   - azimuth: in radians, like the elevation and the vertical field of view.
  ///   - roll: in degrees.
  init(
    target: Vector3, distance: Double, azimuth: Double, elevation: Double, roll: Double,
    fieldOfView: Double
  ) {
    self.target = target
    self.distance = min(max(distance, Self.nearest), Self.farthest)
    self.azimuth = remainder(azimuth, 2 * .pi)
    self.elevation = min(max(elevation, -Self.steepest), Self.steepest)
    self.roll = roll
    tangentY = tan(fieldOfView / 2)
  }

  /// The direction from the target to the camera.
  private var back: Vector3 {
    Vector3(
      sin(azimuth) * cos(elevation), sin(elevation), cos(azimuth) * cos(elevation))
  }

  /// The camera's orientation in the world.
  private var rotation: Quaternion { Camera.orientation(direction: -back, roll: roll) }

  /// Returns the camera on a canvas.
  ///
  /// - Parameter widening: the factor by which to see more in height, around the picture.
  public func camera(on canvas: Canvas, widening: Double = 1) -> Camera {
    Camera(
      worldFromCamera: Transform(rotation: rotation, translation: target + back * distance),
      tangentY: tangentY * widening, canvas: canvas)
  }

  /// Rotates about the target, in radians.
  public mutating func orbit(right: Double, up: Double) {
    azimuth = remainder(azimuth + right, 2 * .pi)
    elevation = min(max(elevation + up, -Self.steepest), Self.steepest)
  }

  /// Moves together with the target, so that the target follows a pointer by `pixels` in a picture
  /// of `height` pixels.
  public mutating func pan(by pixels: SIMD2<Double>, height: Double) {
    let metersPerPixel = 2 * tangentY * distance / height
    target += rotation.rotate(Vector3(-pixels.x, pixels.y, 0) * metersPerPixel)
  }

  /// Moves nearer by a factor above 1, or farther by one below 1.
  public mutating func dolly(by factor: Double) {
    distance = min(max(distance / factor, Self.nearest), Self.farthest)
  }

  /// The camera as a scene's `"camera"`, rounded to a millimeter and a hundredth of a degree.
  public var value: JSONValue {
    let position = target + back * distance
    var members: [JSONValue.Member] = [
      .init(key: "position", value: .rounded([position.x, position.y, position.z], 3)),
      .init(key: "target", value: .rounded([target.x, target.y, target.z], 3)),
      .init(key: "fovY", value: .rounded((2 * atan(tangentY)).radiansToDegrees, 2)),
    ]
    let tilt = JSONValue.rounded(roll, 2)
    if tilt != .number(0) { members.append(.init(key: "roll", value: tilt)) }
    return .object(members)
  }
}

extension Camera {
  /// Returns the world direction through a pixel.
  func direction(through pixel: SIMD2<Double>) -> Vector3 {
    let inCamera = Vector3(
      (2 * pixel.x / Double(canvas.width) - 1) * tangents.x,
      (1 - 2 * pixel.y / Double(canvas.height)) * tangents.y, -1)
    return worldFromCamera.rotation.rotate(inCamera)
  }
}
