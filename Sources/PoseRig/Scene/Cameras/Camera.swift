#if canImport(Glibc)
  internal import Glibc
#endif

/// A resolved pinhole camera: its position and its field of view.
public struct Camera: Equatable, Sendable {
  /// The transform from the camera's axes (x right, y up, looking down −z) to the world's.
  public var worldFromCamera: Transform
  /// The tangents of half the horizontal and half the vertical field of view.
  public var tangents: SIMD2<Double>
  /// The picture's size in pixels.
  public var canvas: Canvas

  /// The transform from the world's axes to the camera's.
  public var cameraFromWorld: Transform { worldFromCamera.inverse }

  /// The position of the camera, in meters.
  public var position: Vector3 { worldFromCamera.translation }

  /// The whole vertical field of view in degrees.
  public var fovY: Double { (2 * atan(tangents.y)).radiansToDegrees }

  /// Creates a view on a canvas from its vertical field of view.
  public init(worldFromCamera: Transform, tangentY: Double, canvas: Canvas) {
    self.worldFromCamera = worldFromCamera
    self.canvas = canvas
    tangents = SIMD2(tangentY * Double(canvas.width) / Double(canvas.height), tangentY)
  }

  /// Returns the tangent of half the vertical field of view of a lens on a canvas.
  static func tangentY(of lens: CameraDescription.Lens, canvas: Canvas) -> Double {
    switch lens {
    case .fovY(let degrees): return tan(degrees.degreesToRadians / 2)
    case .focalLength(let millimeters):
      let filmDiagonal = (36.0 * 36 + 24 * 24).squareRoot()
      let width = Double(canvas.width)
      let height = Double(canvas.height)
      let diagonal = (width * width + height * height).squareRoot()
      return filmDiagonal / 2 / millimeters * height / diagonal
    }
  }

  /// Returns the orientation of a camera that looks along `direction`, upright, then rolled by
  /// `roll` degrees.
  package static func orientation(direction: Vector3, roll: Double) -> Quaternion {
    let back = -(direction.normalized ?? -.unitZ)
    // Straight up or down there is no upright direction; then the top of the picture faces −z or
    // +z.
    let up = abs(back.y) > 0.999_999 ? Vector3(0, 0, -back.y) : Vector3.unitY
    let right = up.cross(back).normalized ?? .unitX
    let toBack = Quaternion(from: .unitZ, to: back)
    let level = Quaternion(
      angle: signedAngle(from: toBack.rotate(.unitX), to: right, about: back), axis: back)
    return level * toBack * Quaternion(angle: -roll.degreesToRadians, axis: .unitZ)
  }

  private static func signedAngle(from a: Vector3, to b: Vector3, about axis: Vector3) -> Double {
    atan2(a.cross(b).dot(axis), a.dot(b))
  }

  /// Returns the position of a point of the world in the picture, in pixels from the top left
  /// (centers at +0.5), and its distance along the view axis in meters; nil for a point that is not
  /// in front of the camera.
  public func project(_ point: Vector3) -> (pixel: SIMD2<Double>, depth: Double)? {
    project(inCamera: cameraFromWorld.apply(point))
  }

  /// Projects a point in the camera's axes, like `project`.
  public func project(inCamera p: Vector3) -> (pixel: SIMD2<Double>, depth: Double)? {
    guard p.z < -1e-6 else { return nil }
    let x = p.x / (-p.z * tangents.x)
    let y = p.y / (-p.z * tangents.y)
    return (
      SIMD2((x + 1) / 2 * Double(canvas.width), (1 - y) / 2 * Double(canvas.height)), -p.z
    )
  }

  /// Returns the points, one per edge of the picture, that determine the framing: `framing` gives
  /// equal results for them and for all points, even if all are moved equally.
  static func outline(
    _ points: [Vector3], direction: Vector3, roll: Double, tangentY: Double, margin: Double,
    canvas: Canvas
  ) -> [Vector3] {
    let rotation = orientation(direction: direction, roll: roll)
    let free = 1 - 2 * margin
    let tx = tangentY * Double(canvas.width) / Double(canvas.height) * free
    let ty = tangentY * free
    let edges = [Vector3(1, 0, tx), Vector3(-1, 0, tx), Vector3(0, 1, ty), Vector3(0, -1, ty)]
    return edges.map(rotation.rotate).compactMap { edge in
      points.max { $0.dot(edge) < $1.dot(edge) }
    }
  }

  /// Returns a camera that frames points with a normal lens, from degrees to the left of straight
  /// ahead and up.
  package static func about(
    _ points: [Vector3], angle: Double, elevation: Double, on canvas: Canvas
  ) -> Camera {
    framing(
      points, direction: SceneSolver.direction(angle, elevation), roll: 0,
      tangentY: tangentY(of: .focalLength(50), canvas: canvas), margin: 0.12, canvas: canvas)
  }

  /// Returns the nearest camera that shows all of `points` with `margin` of each side left free.
  ///
  /// For a fixed direction, each edge of the picture is a plane through the camera; moving the four
  /// planes to the points gives the tightest framing in closed form.
  ///
  /// - Parameter isAtTop: whether remaining height goes below the points rather than half above.
  static func framing(
    _ points: [Vector3], direction: Vector3, roll: Double, tangentY: Double, margin: Double,
    canvas: Canvas, isAtTop: Bool = false
  ) -> Camera {
    let rotation = orientation(direction: direction, roll: roll)
    let toCamera = rotation.inverse
    let aspect = Double(canvas.width) / Double(canvas.height)
    let free = 1 - 2 * margin
    let tx = tangentY * aspect * free
    let ty = tangentY * free
    var right = -Double.infinity
    var left = -Double.infinity
    var top = -Double.infinity
    var bottom = -Double.infinity
    for point in points {
      let p = toCamera.rotate(point)
      right = max(right, p.x + tx * p.z)
      left = max(left, -p.x + tx * p.z)
      top = max(top, p.y + ty * p.z)
      bottom = max(bottom, -p.y + ty * p.z)
    }
    let distance = max((right + left) / (2 * tx), (top + bottom) / (2 * ty))
    let height = isAtTop ? top - ty * distance : (top - bottom) / 2
    let position = Vector3((right - left) / 2, height, distance)
    return Camera(
      worldFromCamera: Transform(rotation: rotation, translation: rotation.rotate(position)),
      tangentY: tangentY, canvas: canvas)
  }
}
