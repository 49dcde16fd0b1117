internal import PoseRig

/// The distances at which the rays of a point of light end. Everything farther is in shadow
/// (Williams, *Casting Curved Shadows on Curved Surfaces*, 1978).
struct ShadowMap {
  /// The views of the light: one of parallel rays, or sides of the cube around a lamp.
  private var faces: [ShadowFace] = []
  /// The distances in all views, one view after the other.
  private var distances: [Float] = []

  /// Adds a view of the light, of which the pixels in a rectangle are known.
  mutating func add(_ view: LightView, side: Int, bounds: PixelBounds, distances: [Float]) {
    faces.append(ShadowFace(view, side: side, bounds: bounds, start: self.distances.count))
    self.distances += distances
  }

  /// Calls `body` with all views and the list of their distances.
  func with(
    _ body: (_ faces: UnsafeBufferPointer<ShadowFace>, _ distances: UnsafeBufferPointer<Float>) ->
      Void
  ) {
    faces.withUnsafeBufferPointer { faces in
      distances.withUnsafeBufferPointer { body(faces, $0) }
    }
  }
}

/// One view of a shadow map.
struct ShadowFace: BitwiseCopyable {
  /// The index of its first distance.
  private let start: Int
  private let width: Int
  private let height: Int
  /// The first column and row of its rectangle.
  private let corner: SIMD2<Float>
  /// The rows of the transform to the view's axes.
  private let x: SIMD4<Float>
  private let y: SIMD4<Float>
  private let z: SIMD4<Float>
  /// Pixels per meter; for rays from a point, at a distance of 1 m.
  private let scale: Float
  private let middle: Float
  private let isPerspective: Bool

  /// The distance in meters by which a surface is lifted to keep out of its own shadow: flat
  /// triangles lie below the round surface that their normals describe.
  private static let lift: Float = 0.0015

  fileprivate init(_ view: LightView, side: Int, bounds: PixelBounds, start: Int) {
    self.start = start
    (width, height) = (bounds.columns.count, bounds.rows.count)
    corner = SIMD2(Float(bounds.columns.lowerBound), Float(bounds.rows.lowerBound))
    let m = Matrix4(view.viewFromWorld).floats
    x = SIMD4(m[0], m[4], m[8], m[12])
    y = SIMD4(m[1], m[5], m[9], m[13])
    z = -SIMD4(m[2], m[6], m[10], m[14])
    scale = Float(Double(side) / (2 * (view.halfWidth ?? LightView.spread)))
    middle = Float(side) / 2 - 0.5
    isPerspective = view.halfWidth == nil
  }

  /// Returns the share of light, 0 to 1, that comes to a point of a surface.
  ///
  /// - Parameters:
  ///   - normal: the surface's, of length 1.
  ///   - cosine: that of the angle between the normal and the way to the light.
  @inline(__always)
  func share(
    at point: SIMD3<Float>, normal: SIMD3<Float>, cosine: Float,
    in distances: UnsafeBufferPointer<Float>
  ) -> Float {
    let lifted = SIMD4(point + normal * Self.lift, 1)
    let own = (lifted * z).sum()
    if isPerspective && own <= 0 { return 1 }
    let pixels = isPerspective ? scale / own : scale
    // The surface slopes by so much over the farthest distance of the pixels that are compared.
    let slope = max(0, 1 - cosine * cosine).squareRoot() / max(cosine, 0.05)
    let nearest = own - 1.5 * slope / pixels
    let column = (lifted * x).sum() * pixels + middle - corner.x
    let row = middle - (lifted * y).sum() * pixels - corner.y
    guard column > -1, row > -1, column < Float(width), row < Float(height) else { return 1 }
    let (left, top) = (Int(column.rounded(.down)), Int(row.rounded(.down)))
    let (right, down) = (column - Float(left), row - Float(top))
    let above =
      lit(left, top, nearest, distances) * (1 - right) + lit(left + 1, top, nearest, distances)
      * right
    let below =
      lit(left, top + 1, nearest, distances) * (1 - right)
      + lit(left + 1, top + 1, nearest, distances) * right
    return above * (1 - down) + below * down
  }

  /// Returns 1 if nothing is nearer than a distance at a pixel, otherwise 0.
  @inline(__always)
  private func lit(
    _ column: Int, _ row: Int, _ own: Float, _ distances: UnsafeBufferPointer<Float>
  ) -> Float {
    guard column >= 0, row >= 0, column < width, row < height else { return 1 }
    let end = distances[start + row * width + column]
    return end == 0 || end >= own ? 1 : 0
  }
}
