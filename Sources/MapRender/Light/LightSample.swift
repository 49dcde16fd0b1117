internal import Glibc
internal import PoseRig

/// One of the points that a light is made of: each casts hard shadows, and all of them together the
/// soft ones of the whole light.
struct LightSample {
  /// The position of a point of light.
  enum Position {
    /// So far away that only its direction counts, a vector of length 1 toward it.
    case far(SIMD3<Double>)
    /// A point in meters.
    case near(SIMD3<Double>)
  }

  let position: Position
  /// The light on a surface that faces it; of a near point, at 1 m.
  let light: SIMD3<Float>
  /// The side of its shadow map in pixels.
  let side: Int

  /// Returns the direction toward it from a point, of length 1, and its strength there.
  @inline(__always)
  func way(from point: SIMD3<Float>) -> (SIMD3<Float>, strength: Float) {
    switch position {
    case .far(let toLight): return (SIMD3(toLight), 1)
    case .near(let lamp):
      let way = SIMD3<Float>(lamp) - point
      let square = max(way.dot(way), 1e-4)
      return (way / square.squareRoot(), 1 / square)
    }
  }

  /// Returns the points of a light.
  ///
  /// - Parameter middle: the middle of what it falls on, which decides how large a lamp is seen.
  static func samples(of source: PosedLights.Source, toward middle: Vector3) -> [LightSample] {
    switch source.position {
    case .far(let toLight, let size):
      let offsets = disc(of: count(forDiameter: size))
      let (right, up) = axes(across: toLight)
      return offsets.map { offset in
        let way = (right * offset.x + up * offset.y) * tan(size / 2)
        let direction = (toLight + way).normalized ?? toLight
        return LightSample(
          position: .far(direction), light: SIMD3(source.light / Double(offsets.count)),
          side: side(forDiameter: size))
      }
    case .near(let point, let radius):
      let way = point - middle
      let diameter = 2 * atan(radius / max(way.length, 0.1))
      let offsets = disc(of: count(forDiameter: diameter))
      let (right, up) = axes(across: way.normalized ?? .unitZ)
      return offsets.map { offset in
        LightSample(
          position: .near(point + (right * offset.x + up * offset.y) * radius),
          light: SIMD3(source.light / Double(offsets.count)), side: side(forDiameter: diameter))
      }
    }
  }

  /// Returns directions all around, which together give a surface `light` whichever way it faces.
  static func samples(ofAmbient light: SIMD3<Double>) -> [LightSample] {
    guard light.max() > 0 else { return [] }
    return (0..<domeCount).map { index in
      let y = 1 - (Double(index) + 0.5) * 2 / Double(domeCount)
      let (angle, radius) = (Double(index) * goldenAngle, (1 - y * y).squareRoot())
      return LightSample(
        position: .far(SIMD3(radius * cos(angle), y, radius * sin(angle))),
        // A surface sees half of them, at a mean cosine of a half.
        light: SIMD3(light * 4 / Double(domeCount)), side: domeSide)
    }
  }

  /// The distance from a lamp in meters within which nothing casts a shadow: the lamp itself.
  static let nearest = 0.02

  /// The angle by which points turn that fill a disc or a ball evenly, in radians.
  private static let goldenAngle = Double.pi * (3 - 5.0.squareRoot())
  private static let domeCount = 96
  private static let domeSide = 512

  /// Returns the side of the shadow maps of a light of a diameter in radians, in pixels: wide
  /// half-shadows need less detail.
  private static func side(forDiameter diameter: Double) -> Int {
    switch diameter.radiansToDegrees {
    case ..<3: 1024
    case ..<20: 768
    default: 512
    }
  }

  /// Returns how many points a light of a diameter in radians needs, for the steps of its shadows
  /// to be too small to see.
  private static func count(forDiameter diameter: Double) -> Int {
    let degrees = diameter.radiansToDegrees
    return degrees < 0.1 ? 1 : min(4 + Int(degrees * 2), 48)
  }

  /// Returns points that fill a disc of radius 1 evenly (Vogel, *A Better Way to Construct the
  /// Sunflower Head*, 1979).
  private static func disc(of count: Int) -> [SIMD2<Double>] {
    if count == 1 { return [.zero] }
    return (0..<count).map { index in
      let radius = ((Double(index) + 0.5) / Double(count)).squareRoot()
      let angle = Double(index) * goldenAngle
      return SIMD2(radius * cos(angle), radius * sin(angle))
    }
  }

  /// Returns two directions at right angles to a direction and to each other.
  private static func axes(across direction: Vector3) -> (right: Vector3, up: Vector3) {
    let right = direction.perpendicular
    return (right, direction.cross(right))
  }
}
