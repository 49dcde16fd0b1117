/// A direction in two numbers instead of three, including its sign.
///
/// The surface of the unit octahedron, unfolded into the square from −1 to 1: its near half is the
/// diamond in the middle, its far half the four corners. Source: Meyer et al., *On Floating-Point
/// Normal Vectors*, 2010. It lets the G-buffer keep directions that face away from the camera's
/// axis, as those of surfaces beside the axis can, at the cost of x and y alone.
public struct PackedNormal: BitwiseCopyable, Equatable, Sendable {
  /// The point in the square.
  private var point: SIMD2<Float>

  /// Packs a vector of any nonzero length.
  public init(_ direction: SIMD3<Float>) {
    let sum = abs(direction.x) + abs(direction.y) + abs(direction.z)
    let near = SIMD2(direction.x, direction.y) / sum
    point = direction.z < 0 ? Self.folded(near) : near
  }

  /// The direction toward the camera along its axis.
  static let towardCamera = PackedNormal(SIMD3(0, 0, 1))

  /// The direction as a vector of length 1.
  public var direction: SIMD3<Float> {
    let z = 1 - abs(point.x) - abs(point.y)
    let plane = z < 0 ? Self.folded(point) : point
    let length = (plane.x * plane.x + plane.y * plane.y + z * z).squareRoot()
    return SIMD3(plane.x, plane.y, z) / length
  }

  /// Returns whether two directions differ by more than `distance` in either coordinate, where the
  /// full range is 2.
  @inline(__always)
  func differs(from other: PackedNormal, by distance: Float) -> Bool {
    abs(point.x - other.point.x) > distance || abs(point.y - other.point.y) > distance
  }

  /// Mirrors a point of the square at the nearest side of the diamond.
  @inline(__always)
  private static func folded(_ point: SIMD2<Float>) -> SIMD2<Float> {
    SIMD2(
      (1 - abs(point.y)) * (point.x < 0 ? -1 : 1), (1 - abs(point.x)) * (point.y < 0 ? -1 : 1))
  }

  /// `vec2 packedNormal(vec3 direction)` in GLSL, as ``init(_:)`` packs.
  static let function = """
    vec2 packedNormal(vec3 direction) {
      vec2 near = direction.xy / (abs(direction.x) + abs(direction.y) + abs(direction.z));
      vec2 folded = (1.0 - abs(near.yx)) * vec2(near.x < 0.0 ? -1.0 : 1.0, near.y < 0.0 ? -1.0 : 1.0);
      return direction.z < 0.0 ? folded : near;
    }
    """
}
