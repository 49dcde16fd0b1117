#if canImport(Glibc)
  internal import Glibc
#endif

/// The motion of cloth around both legs that follows them.
struct LegMotion {
  /// The distance of the knees below the last held ring, in meters.
  private let knee: Float
  /// The share of each column that follows the left leg, 0 to 1; the rest follows the right one.
  private let leftShares: [Float]
  /// The motions of the thighs and of the shins, left and right.
  private var thighs: (Motion, Motion) = (Motion(.identity), Motion(.identity))
  private var shins: (Motion, Motion) = (Motion(.identity), Motion(.identity))

  /// Prepares for the legs under a cloth, without motion yet.
  init(_ cloth: HangingCloth, columns: Int) {
    knee = cloth.knee
    let turns = HangingCloth.turns(opening: cloth.opening)
    leftShares = (0..<columns).map { column in
      smoothStep(sin(turns[column * turns.count / columns]), -0.4, 0.4)
    }
  }

  /// Returns the motion from one state of the joints to another.
  func from(_ last: [Transform], to next: [Transform]) -> LegMotion {
    func motion(_ joint: JointName) -> Motion {
      Motion(next[joint.index] * last[joint.index].inverse)
    }
    var legs = self
    legs.thighs = (motion(.leftUpperLeg), motion(.rightUpperLeg))
    legs.shins = (motion(.leftLowerLeg), motion(.rightLowerLeg))
    return legs
  }

  /// Returns the movement of a point of the cloth.
  ///
  /// - Parameter depth: its depth below the held part, in meters.
  @inline(__always)
  func move(of point: SIMD3<Float>, depth: Float, column: Int) -> SIMD3<Float> {
    let below = smoothStep(depth, knee - 0.06, knee + 0.06)
    func leg(_ thigh: Motion, _ shin: Motion) -> SIMD3<Float> {
      let move = thigh.move(point)
      return below > 0 ? move + (shin.move(point) - move) * below : move
    }
    let share = leftShares[column]
    var move = SIMD3<Float>.zero
    if share > 0 { move += leg(thighs.0, shins.0) * share }
    if share < 1 { move += leg(thighs.1, shins.1) * (1 - share) }
    // The waist follows the hips.
    return move * smoothStep(depth, 0, 0.1)
  }

  /// A rigid motion in single precision.
  private struct Motion {
    private let x, y, z, offset: SIMD3<Float>

    init(_ motion: Transform) {
      x = SIMD3<Float>(motion.rotation.rotate(.unitX))
      y = SIMD3<Float>(motion.rotation.rotate(.unitY))
      z = SIMD3<Float>(motion.rotation.rotate(.unitZ))
      offset = SIMD3<Float>(motion.translation)
    }

    /// Returns the movement of a point.
    @inline(__always)
    func move(_ point: SIMD3<Float>) -> SIMD3<Float> {
      x * point.x + y * point.y + z * point.z + offset - point
    }
  }
}
