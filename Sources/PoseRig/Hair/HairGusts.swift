#if canImport(Glibc)
  internal import Glibc
#endif

/// The variation of a strong wind between locks, so that hair streams instead of standing out like
/// a board.
struct HairGusts {
  /// The strength: 0 in still air, 1 in a gale.
  let strength: Float
  /// The directions across the wind, of unit length.
  private let up, side: SIMD3<Float>

  /// The length of the ripples along a lock, in meters.
  private static let ripple: Float = 0.17

  /// Creates the gusts of a wind.
  ///
  /// - Parameters:
  ///   - down: the direction to the ground, of unit length.
  ///   - wind: the horizontal movement of hair per unit of its fall.
  init(down: SIMD3<Float>, wind: SIMD3<Float>) {
    strength = smoothStep(wind.length, 0.3, 3)
    let pull = (down + wind).unit
    let across = (-down).across(pull)
    up = across.length > 0.01 ? across.unit : pull.anyPerpendicular
    side = pull.cross(up)
  }

  /// Returns the direction in which a lock is pulled at a point.
  ///
  /// - Parameters:
  ///   - pull: the common direction for all locks, of unit length.
  ///   - along: the distance of the point beyond where the lock leaves the head, in meters.
  func pull(_ pull: SIMD3<Float>, _ variation: HairVariation, along: Float) -> SIMD3<Float> {
    guard strength > 0 else { return pull }
    let free = strength * smoothStep(along, 0, 0.12)
    // Neighbors ripple together, with a small phase difference.
    let phase = (along / Self.ripple + variation[7] * 0.35) * 2 * .pi
    let lift = (variation[5] - 0.5) * 0.8 + 0.4 * sin(phase)
    let lead = (variation[6] - 0.5) * 0.6 + 0.25 * sin(phase * 0.7 + 1)
    return (pull + up * (lift * free) + side * (lead * free)).unit
  }
}
