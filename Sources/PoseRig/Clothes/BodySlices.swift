/// A body simplified for collisions with hanging cloth: round slices from the shoulders to the
/// ankles.
struct BodySlices: Equatable, Sendable {
  /// A slice at rest, of the left half; the right one is symmetrical.
  struct Slice: Equatable, Sendable {
    /// The joint that it moves with, on the left side.
    var joint: JointName
    /// The offset of its middle from the joint in the T-pose, in meters.
    var offset: SIMD3<Float>
    /// The radius in meters.
    var radius: Float
  }

  /// The slices from the shoulders to the hips.
  private(set) var trunk: [Slice] = []
  /// The slices from the hips to the ankles.
  private(set) var legs: [Slice] = []
  /// The slices from the shoulder to the wrist.
  private(set) var arms: [Slice] = []

  private static let levels: [(JointName, Float)] = [
    (.upperChest, 0.86), (.chest, 0.64), (.spine, 0.36), (.hips, 0.16),
  ]
  /// The shares of each bone at which to take slices.
  private static let shares: [(JointName, JointName, [Float])] = [
    (.leftUpperLeg, .leftLowerLeg, [0, 0.35]),
    (.leftLowerLeg, .leftFoot, [0, 0.35, 1]),
  ]

  /// Measures the slices of a body, including its garments.
  init(_ figure: ClothBody) {
    for (joint, level) in Self.levels {
      let height = figure.height(ofTrunk: level)
      guard let (low, high) = Self.box(figure, height) else { continue }
      let radius = (high.z - low.z) / 2
      let middle = SIMD3(max(high.x - radius, 0), height, (low.z + high.z) / 2)
      trunk.append(Slice(joint: joint, offset: middle - figure.joint(joint), radius: radius))
    }
    for (joint, end, shares) in Self.shares {
      let (from, to) = (figure.joint(joint), figure.joint(end))
      for share in shares {
        let height = from.y + (to.y - from.y) * share
        guard let (low, high) = Self.box(figure, height) else { continue }
        // Cloth spans the gap between the legs, so only the outer extent and the depth matter.
        let radius = (high.z - low.z) / 2
        let middle = SIMD3(high.x - radius, height, (low.z + high.z) / 2)
        legs.append(Slice(joint: joint, offset: middle - from, radius: radius))
      }
    }
    for (joint, radius) in [
      (JointName.leftUpperArm, Float(0.056)), (.leftLowerArm, 0.042), (.leftHand, 0.036),
    ] {
      let scale = figure.joint(.neck).y / 1.4
      arms.append(Slice(joint: joint, offset: .zero, radius: radius * scale))
    }
  }

  /// Returns the extents of the left half of trunk and legs at a height; nil if there is nothing.
  private static func box(
    _ figure: ClothBody, _ height: Float
  ) -> (low: SIMD3<Float>, high: SIMD3<Float>)? {
    let points = figure.mesh.vertices.filter { vertex in
      vertex.point.x > 0 && abs(vertex.point.y - height) < 0.025
        && figure.share(vertex, of: [.upperArm, .lowerArm, .hand]) < 0.2
    }.map { $0.point + $0.normal * $0.height }
    guard let first = points.first else { return nil }
    return (
      points.reduce(first) { pointwiseMin($0, $1) }, points.reduce(first) { pointwiseMax($0, $1) }
    )
  }

  // MARK: In a pose

  /// Returns the solids between the slices, in the world.
  ///
  /// - Parameters:
  ///   - frames: the frame of each joint in the world.
  ///   - shoulders: whether cloth hangs from the shoulders, and so collides with trunk and arms
  ///     too.
  func spans(_ frames: [Transform], shoulders: Bool) -> [ClothSpan] {
    func ends(_ slice: Slice, _ one: Side, _ other: Side) -> (SIMD3<Float>, SIMD3<Float>) {
      (Self.middle(slice, one, frames), Self.middle(slice, other, frames))
    }
    let down = (shoulders ? trunk : Array(trunk.suffix(1))) + legs
    var spans = zip(down, down.dropFirst()).enumerated().map { index, pair in
      let (upper, lower) = pair
      // Backs are not hollow.
      return ClothSpan(
        starts: ends(upper, .left, .right), ends: ends(lower, .left, .right),
        radii: (upper.radius, lower.radius),
        slack: shoulders && index < trunk.count ? 0 : ClothSpan.sagging)
    }
    guard shoulders else { return spans }
    for side in Side.both {
      for (upper, lower) in zip(arms, arms.dropFirst()) {
        spans.append(
          ClothSpan(
            starts: ends(upper, side, side), ends: ends(lower, side, side),
            radii: (upper.radius, lower.radius)))
      }
    }
    return spans
  }

  private static func middle(
    _ slice: Slice, _ side: Side, _ frames: [Transform]
  ) -> SIMD3<Float> {
    let isLeft = side == .left
    let joint = isLeft ? slice.joint : slice.joint.mirrored
    let offset = isLeft ? slice.offset : slice.offset * SIMD3(-1, 1, 1)
    return SIMD3<Float>(frames[joint.index].apply(Vector3(offset)))
  }
}
