/// Distributes the bend of a knee or an elbow along the limb: more on the outside, which is
/// stretched, than in the fold.
struct HingeBend {
  /// The joint that bends.
  let kind: JointKind
  /// The direction in which the outside faces.
  let outside: Vector3
  /// The extent of the bend on both sides of the joint, on the outside and in the fold, as shares
  /// of the length of the bone above.
  let reach: (outside: Float, fold: Float)

  static let all = [
    HingeBend(kind: .lowerArm, outside: -.unitZ, reach: (0.28, 0.15)),
    HingeBend(kind: .lowerLeg, outside: .unitZ, reach: (0.25, 0.15)),
  ]
}

/// The skin of a ``HingeBend``.
struct HingeBendSkin {
  private let hinge: HingeBend
  private let origin: SIMD3<Float>
  /// The direction of the limb through the joint.
  private let along: SIMD3<Float>
  private let outside: SIMD3<Float>
  private let length: Float
  private let isLimb: SkinJoints
  private let isNear: SkinJoints
  /// The skin joint that takes the limb's share of the previous part.
  private let limb: UInt8
  private let near: UInt8

  init(_ hinge: HingeBend, _ side: Side, _ joints: [Vector3], _ owners: [JointName]) {
    self.hinge = hinge
    let joint = JointName(hinge.kind, side)
    let parent = joint.parent ?? joint
    let child = joint.firstChild ?? joint
    let bone = joints[joint.index] - joints[parent.index]
    let below = joints[child.index] - joints[joint.index]
    let (upper, lower) = (bone.normalized ?? .unitX, below.normalized ?? .unitX)
    let along = (upper + lower).normalized ?? upper
    origin = SIMD3<Float>(joints[joint.index])
    length = Float(bone.length)
    self.along = SIMD3<Float>(along)
    outside = SIMD3<Float>(
      (hinge.outside - along * hinge.outside.dot(along)).normalized ?? hinge.outside)
    isLimb = SkinJoints(owners) { $0 == joint }
    isNear = SkinJoints(owners) { $0 == parent }
    limb = UInt8(owners.lastIndex(of: joint) ?? joint.index)
    near = UInt8(parent.index)
  }

  /// Redistributes a vertex's shares of both bones by its position along them.
  func spread(_ shares: inout VertexShares, at point: SIMD3<Float>) {
    let offset = point - origin
    let t = offset.dot(along) / length
    guard abs(t) < max(hinge.reach.outside, hinge.reach.fold) else { return }
    let (own, before) = (shares.sum(isLimb), shares.sum(isNear))
    guard own + before > 0.999 else { return }
    let across = offset - along * offset.dot(along)
    let distance = across.length
    let facing = smoothStep(distance > 0 ? across.dot(outside) / distance * 0.5 + 0.5 : 1, 0, 1)
    let reach = hinge.reach.fold + (hinge.reach.outside - hinge.reach.fold) * facing
    guard abs(t) < reach else { return }
    let wanted = smoothStep(t / (2 * reach) + 0.5, 0, 1) * (own + before)
    deal(&shares, wanted, of: own, isLimb, else: limb)
    deal(&shares, own + before - wanted, of: before, isNear, else: near)
  }

  /// Scales the shares of some skin joints to the total `wanted`; if there are no shares, one joint
  /// gets it.
  private func deal(
    _ shares: inout VertexShares, _ wanted: Float, of sum: Float, _ meant: SkinJoints,
    else joint: UInt8
  ) {
    if sum > 0 { shares.scale(by: wanted / sum, meant) } else { shares.add(wanted, to: joint) }
  }
}
