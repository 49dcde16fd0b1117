#if canImport(Glibc)
  internal import Glibc
#endif

/// An eyeball of the human, at MakeHuman's rest.
struct Eyeball {
  /// The radius of the iris, along the eyeball from the middle of its front, in millimeters of an
  /// eyeball with radius 15.
  static let irisRadius: Float = 6
  /// The radius of the pupil, measured like that of the iris.
  static let pupilRadius: Float = 2.4
  private static let ball: Float = 15
  /// The largest visible extent of the eyeball between the lids.
  private static let seen: Float = 14

  private let center: SIMD3<Float>

  init?(_ points: [SIMD3<Float>]) {
    guard let first = points.first else { return nil }
    let (low, high) = (points.reduce(first, pointwiseMin), points.reduce(first, pointwiseMax))
    center = (low + high) / 2
  }

  /// Returns whether a point belongs to this eye rather than the other.
  func isOnSide(of point: SIMD3<Float>) -> Bool { point.x * center.x > 0 }

  /// Returns a vertex's position relative to the middle of the eye's front, along the eyeball.
  func project(_ point: SIMD3<Float>) -> SIMD2<Float> {
    let offset = point - center
    let across = SIMD2(offset.x, offset.y)
    let length = (across * across).sum().squareRoot()
    guard length > 1e-7 else { return offset.z > 0 ? .zero : SIMD2(Self.seen, 0) }
    return across / length * min(atan2(length, offset.z) * Self.ball, Self.seen)
  }
}

extension HumanTemplate {
  /// The eyeballs.
  var eyeballs: [Eyeball] {
    Side.both.compactMap { side in
      Eyeball(
        tissues.indices.filter {
          tissues[$0] == .eyeball && (positions[$0].x > 0) == (side == .left)
        }.map { positions[$0] })
    }
  }
}
