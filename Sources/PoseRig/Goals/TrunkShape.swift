#if canImport(Glibc)
  internal import Glibc
#endif

/// The trunk as a stack of ellipses around its joints, which arms avoid.
struct TrunkShape {
  /// A slice of the trunk, in the frame of the joint that carries it.
  private struct Slice {
    var joint: JointName
    /// The range of heights, in meters.
    var heights: ClosedRange<Double>
    /// The position of the ellipse's middle in front of the joint.
    var middle: Double
    /// Half of the width and half of the depth.
    var width: Double
    var depth: Double
  }

  private var slices: [Slice] = []
  /// Half the thickness of an arm, in meters: less than its skin has, since flesh gives.
  private let arm: Double
  /// Half the thickness of an arm of usual build, and how much flesh gives, in meters.
  private static let (usualArm, flesh) = (0.035, 0.0095)
  /// The distance above and below over which a slice fades out, in meters.
  private static let fade = 0.05

  /// The joints that bend the trunk, from the bottom up.
  static let spine: [JointName] = [.spine, .chest, .upperChest]

  /// Measures the trunk of a body at rest.
  init(_ body: Body) {
    let rest = Skinning.pose(
      body, PosedRig(rig: body.rig, pose: .rest), withNormals: false
    ).positions
    let carriers = body.carriers()
    arm = max(Self.usualArm, Self.radius(ofUpperArm: rest, carriers, body.rig) - Self.flesh)
    let trunk: [JointName] = [.hips, .spine, .chest, .upperChest]
    let skin = zip(rest, carriers).filter { trunk.contains($0.1) }.map { Vector3($0.0) }
    for (joint, next) in zip(trunk, [JointName.spine, .chest, .upperChest, .neck]) {
      let base = body.rig[joint]
      let low = joint == .hips ? -0.12 * body.rig.size : 0
      let high = body.rig[next].y - base.y
      guard low < high else { continue }
      let slab = skin.map { $0 - base }.filter { (low...high).contains($0.y) }
      guard slab.count > 8 else { continue }
      let across = slab.map { abs($0.x) }.sorted()
      let along = slab.map(\.z).sorted()
      let (back, front) = (along[along.count / 50], along[along.count - 1 - along.count / 50])
      slices.append(
        Slice(
          joint: joint, heights: low...high, middle: (back + front) / 2,
          width: across[across.count * 9 / 10], depth: (front - back) / 2))
    }
  }

  /// Returns the median distance of the skin above an elbow from the bone, in meters; 0 without.
  private static func radius(
    ofUpperArm rest: [SIMD3<Float>], _ carriers: [JointName], _ rig: Rig
  ) -> Double {
    let (start, end) = (rig[.leftUpperArm], rig[.leftLowerArm])
    let length = (end - start).length
    guard let way = (end - start).normalized else { return 0 }
    let radii = zip(rest, carriers).compactMap { point, carrier -> Double? in
      guard carrier == .leftUpperArm else { return nil }
      let offset = Vector3(point) - start
      let along = offset.dot(way)
      return (0.7...0.95).contains(along / length) ? (offset - way * along).length : nil
    }.sorted()
    return radii.isEmpty ? 0 : radii[radii.count / 2]
  }

  /// Four points of an arm, from below the shoulder to above the wrist.
  typealias ArmPoints = (Vector3, Vector3, Vector3, Vector3)

  /// Returns the points of an arm in the character's own space.
  static func arm(of side: Side, _ posed: PosedRig) -> ArmPoints {
    let (upper, lower, hand): (JointName, JointName, JointName) =
      side == .left
      ? (.leftUpperArm, .leftLowerArm, .leftHand) : (.rightUpperArm, .rightLowerArm, .rightHand)
    let (shoulder, elbow, wrist) = (
      posed.position(of: upper), posed.position(of: lower), posed.position(of: hand)
    )
    return (
      shoulder + (elbow - shoulder) * 0.75, elbow, elbow + (wrist - elbow) * 0.3,
      elbow + (wrist - elbow) * 0.6
    )
  }

  /// Returns the depth of each point of the character's own arm in the trunk, in meters; 0 outside.
  func depths(of side: Side, _ posed: PosedRig) -> SIMD4<Double> {
    depths(of: Self.arm(of: side, posed), posed)
  }

  /// Returns the depth of each point of an arm, in the space of the trunk's character, in the
  /// trunk, in meters; 0 outside.
  func depths(of arm: ArmPoints, _ posed: PosedRig) -> SIMD4<Double> {
    var deepest = SIMD4<Double>.zero
    for slice in slices {
      let toSlice = posed.modelFromJoint[slice.joint.index].inverse
      deepest[0] = max(deepest[0], depth(of: toSlice.apply(arm.0), slice))
      deepest[1] = max(deepest[1], depth(of: toSlice.apply(arm.1), slice))
      deepest[2] = max(deepest[2], depth(of: toSlice.apply(arm.2), slice))
      deepest[3] = max(deepest[3], depth(of: toSlice.apply(arm.3), slice))
    }
    return deepest
  }

  private func depth(of point: Vector3, _ slice: Slice) -> Double {
    // Slices overlap smoothly, so that no solver is disturbed by their edges.
    let beyond = max(slice.heights.lowerBound - point.y, point.y - slice.heights.upperBound, 0)
    guard beyond < Self.fade else { return 0 }
    let (width, depth) = (slice.width + arm, slice.depth + arm)
    let out = hypot(point.x / width, (point.z - slice.middle) / depth)
    return (1 - out) * min(width, depth) * (1 - beyond / Self.fade)
  }
}
