#if canImport(Glibc)
  internal import Glibc
#endif

/// The part of a head where hair grows, in angles around a pole.
struct Scalp {
  /// The usual hairline: high over the forehead, back at the temples, down in front of the ears,
  /// over and behind them, and down to the nape.
  static let usualHairline: [SIMD2<Double>] = [
    SIMD2(0, 45), SIMD2(22, 44), SIMD2(38, 39), SIMD2(48, 30), SIMD2(56, 18), SIMD2(62, 8),
    SIMD2(66, -6), SIMD2(69, -13), SIMD2(76, -14), SIMD2(79, -4), SIMD2(83, 9), SIMD2(93, 15),
    SIMD2(103, 12), SIMD2(109, 2), SIMD2(113, -14), SIMD2(122, -28), SIMD2(140, -34),
    SIMD2(160, -37), SIMD2(180, -38),
  ]

  let head: HeadForm
  let pole: SIMD3<Float>
  private let first: SIMD3<Float>
  private let second: SIMD3<Float>
  private let hairline: [SIMD2<Float>]

  init(_ head: HeadForm, pole: HeadPoint, hairline: [SIMD2<Double>]) {
    self.head = head
    self.pole = head.direction(pole)
    first = self.pole.anyPerpendicular
    second = self.pole.cross(first)
    self.hairline = (hairline.isEmpty ? Self.usualHairline : hairline).map { SIMD2<Float>($0) }
  }

  /// Returns the direction at angles from the pole, in radians.
  func direction(azimuth: Float, angle: Float) -> SIMD3<Float> {
    pole * cos(angle) + (first * cos(azimuth) + second * sin(azimuth)) * sin(angle)
  }

  /// Returns the latitude of the hairline at a longitude on either side, in degrees.
  func hairline(_ longitude: Float) -> Float {
    let next = hairline.firstIndex { $0.x >= longitude } ?? hairline.count - 1
    guard next > 0 else { return hairline[0].y }
    let (one, other) = (hairline[next - 1], hairline[next])
    let t = min(max((longitude - one.x) / max(other.x - one.x, 1e-3), 0), 1)
    return one.y + (other.y - one.y) * t
  }

  /// Returns the latitude of a direction above the hairline, in degrees.
  func above(_ direction: SIMD3<Float>) -> Float {
    let longitude = abs(atan2(direction.x, direction.z)) * 180 / .pi
    return asin(min(max(direction.y, -1), 1)) * 180 / .pi - hairline(longitude)
  }

  /// Returns the angle from the pole at which the scalp ends.
  func edge(azimuth: Float) -> Float {
    let step: Float = 0.05
    var low: Float = 0
    while low < 3, above(direction(azimuth: azimuth, angle: low + step)) > 0 { low += step }
    var high = low + step
    for _ in 0..<8 {
      let middle = (low + high) / 2
      let isInside = above(direction(azimuth: azimuth, angle: middle)) > 0
      if isInside { low = middle } else { high = middle }
    }
    return low
  }
}
