#if canImport(Glibc)
  internal import Glibc
#endif

/// A face unrolled: angles about the head's upright axis and heights, in millimeters of a face that
/// measures 115 from the chin to the line of the eyes.
///
/// It is had from the body at rest, once. What is drawn on it keeps to the skin, whatever
/// proportions, age and expression do to it.
struct FacePlane {
  /// The millimeters a radian.
  private static let reach: Float = 80
  /// The rectangle that features may lie in; all else is bare.
  static let low = SIMD2<Float>(-124, -160)
  static let high = SIMD2<Float>(124, 42)

  private let axis: SIMD3<Float>
  private let scale: Float
  /// 300-W's 68 points on the plane.
  let points: [SIMD2<Float>]

  /// The plane of a face; nil without the landmarks of one.
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

  /// Returns a point of the head on the plane; points beyond it are put on its bare rim.
  func place(_ point: SIMD3<Float>) -> SIMD2<Float> {
    let place = Self.unrolled(point, axis, scale)
    let (low, high) = (Self.low + 1, Self.high - 1)
    // Behind the ears, where the plane's ends meet, there is only the upper rim.
    if abs(place.x) > 2 * Self.reach, place.y > low.y {
      return SIMD2(place.x < 0 ? low.x : high.x, high.y)
    }
    return place.clamped(lowerBound: low, upperBound: high)
  }

  private static func unrolled(
    _ point: SIMD3<Float>, _ axis: SIMD3<Float>, _ scale: Float
  ) -> SIMD2<Float> {
    let offset = point - axis
    return SIMD2(atan2(offset.x, offset.z) * reach, offset.y / scale)
  }
}
