#if canImport(Glibc)
  internal import Glibc
#endif

/// An unrolled face: angles about the head's upright axis and heights, in millimeters of a face
/// that measures 115 from the chin to the line of the eyes.
///
/// It is calculated once, from the body at rest. Drawings on it stay attached to the skin under all
/// proportions, ages and expressions.
struct FacePlane {
  /// The number of millimeters per radian.
  private static let reach: Float = 80
  /// The lower left corner of the rectangle for features; everything else is bare skin.
  static let low = SIMD2<Float>(-124, -160)
  static let high = SIMD2<Float>(124, 42)

  private let axis: SIMD3<Float>
  private let scale: Float
  /// 300-W's 68 points on the plane.
  let points: [SIMD2<Float>]

  /// Creates the plane of a face; nil if its landmarks are missing.
  init?(landmark: (LandmarkName) -> SIMD3<Float>?) {
    let face = (0..<68).compactMap { landmark(.face($0)) }
    guard face.count == 68, let left = landmark(.ear(.left)), let right = landmark(.ear(.right))
    else { return nil }
    let eyes = (face[36].y + face[39].y + face[42].y + face[45].y) / 4
    guard eyes > face[8].y else { return nil }
    axis = SIMD3((left.x + right.x) / 2, eyes, (left.z + right.z) / 2)
    scale = (eyes - face[8].y) / 115
    let (center, unit) = (axis, scale)
    points = face.map { Self.unrolled($0, center, unit) }
  }

  /// Returns a point of the head on the plane; points beyond it map to its bare rim.
  func project(_ point: SIMD3<Float>) -> SIMD2<Float> {
    let projected = Self.unrolled(point, axis, scale)
    let (low, high) = (Self.low + 1, Self.high - 1)
    // Behind the ears, where the ends of the plane meet, use only the upper rim.
    if abs(projected.x) > 2 * Self.reach, projected.y > low.y {
      return SIMD2(projected.x < 0 ? low.x : high.x, high.y)
    }
    return projected.clamped(lowerBound: low, upperBound: high)
  }

  private static func unrolled(
    _ point: SIMD3<Float>, _ axis: SIMD3<Float>, _ scale: Float
  ) -> SIMD2<Float> {
    let offset = point - axis
    return SIMD2(atan2(offset.x, offset.z) * reach, offset.y / scale)
  }
}
