internal import PoseRig

/// The points of the world that a camera's pixels show.
struct PixelRays {
  private let eye: SIMD3<Float>
  /// The camera's axes in the world.
  private let axes: (x: SIMD3<Float>, y: SIMD3<Float>, z: SIMD3<Float>)
  private let step: SIMD2<Float>
  private let corner: SIMD2<Float>

  init(_ camera: Camera) {
    eye = SIMD3(camera.position)
    let rotation = camera.worldFromCamera.rotation
    axes = (
      SIMD3(rotation.rotate(.unitX)), SIMD3(rotation.rotate(.unitY)), SIMD3(rotation.rotate(.unitZ))
    )
    let size = SIMD2(Double(camera.canvas.width), Double(camera.canvas.height))
    let across = camera.tangents * 2 / size
    step = SIMD2(Float(across.x), Float(-across.y))
    corner = SIMD2(
      Float(across.x / 2 - camera.tangents.x), Float(camera.tangents.y - across.y / 2))
  }

  /// Returns the way through the middle of a pixel, 1 m along the camera's axis.
  private func way(_ x: Int, _ y: Int) -> SIMD3<Float> {
    axes.x * (corner.x + Float(x) * step.x) + axes.y * (corner.y + Float(y) * step.y) - axes.z
  }

  /// Returns the point at a distance along the camera's axis, in meters.
  func point(_ x: Int, _ y: Int, depth: Float) -> SIMD3<Float> { eye + way(x, y) * depth }

  /// Returns the point where a pixel shows a floor from above; nil where it does not.
  func point(_ x: Int, _ y: Int, height: Float) -> SIMD3<Float>? {
    let way = way(x, y)
    guard eye.y > height, way.y < -1e-4 else { return nil }
    return eye + way * ((height - eye.y) / way.y)
  }

  /// Returns a direction of the camera's axes in the world's.
  func world(_ direction: SIMD3<Float>) -> SIMD3<Float> {
    axes.x * direction.x + axes.y * direction.y + axes.z * direction.z
  }
}
