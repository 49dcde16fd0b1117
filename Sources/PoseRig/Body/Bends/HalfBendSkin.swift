/// The skin that a ``HalfBend`` takes over from the joint and from the trunk or bone before it.
struct HalfBendSkin {
  private let origin: SIMD3<Float>
  /// The direction away from the joint, perpendicular to the bone, and the length of the bone.
  private let outward: SIMD3<Float>
  private let length: Float
  private let isLimb: SkinJoints
  private let isNear: SkinJoints
  /// The ranges in ``HalfBend/skin`` and ``HalfBend/release``.
  private let skin: ClosedRange<Float>
  private let release: HalfBend.Release?
  /// The index of the frame in influences.
  private let frame: UInt8

  init(
    _ bend: HalfBend, _ side: Side, _ joints: [Vector3], _ owners: [JointName], frame: Int
  ) {
    (skin, release) = (bend.skin, bend.release)
    self.frame = UInt8(frame)
    let joint = bend.joint(side)
    let bone = joints[bend.end(side).index] - joints[joint.index]
    let along = bone.normalized ?? .unitX
    let away = HalfBend.mirrored(-bend.inward, side)
    origin = SIMD3<Float>(joints[joint.index])
    length = Float(bone.length)
    outward = SIMD3<Float>((away - along * away.dot(along)).normalized ?? away)
    isLimb = SkinJoints(owners) { $0 == joint }
    isNear = SkinJoints(owners) { $0.kind.limb == .trunk || $0 == joint.parent }
  }

  /// Gives the frame its share of a vertex: as much from the limb as from the trunk, so that the
  /// vertex rotates as far as before.
  func take(_ shares: inout VertexShares, at point: SIMD3<Float>) {
    guard shares.joints.meets(isLimb), shares.joints.meets(isNear) else { return }
    let depth = (point - origin).dot(outward) / length
    guard depth > skin.lowerBound else { return }
    var (limb, near) = (shares.sum(isLimb), shares.sum(isNear))
    guard limb > 0, near > 0 else { return }
    if let release {
      let kept = release.share(limb / (limb + near), depth) * (limb + near)
      shares.scale(by: kept / limb, isLimb)
      shares.scale(by: (limb + near - kept) / near, isNear)
      (limb, near) = (kept, limb + near - kept)
      guard limb > 0 else { return }
    }
    // Twice the smaller of the two, rounded off where they are equal.
    let difference = (limb - near) / (limb + near)
    let smooth: Float = 0.3
    let both =
      ((1 + smooth * smooth).squareRoot()
        - (difference * difference + smooth * smooth).squareRoot()) * (limb + near)
    let taken =
      max(min(both, 2 * min(limb, near)), 0) * smoothStep(depth, skin.lowerBound, skin.upperBound)
    guard taken > 1e-4 else { return }
    shares.scale(by: 1 - taken / 2 / limb, isLimb)
    shares.scale(by: 1 - taken / 2 / near, isNear)
    shares.add(taken, to: frame)
  }
}
