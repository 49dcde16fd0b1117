#if canImport(Glibc)
  internal import Glibc
#endif

/// A frame that rotates half as far as a joint, and pulls skin in where the joint opens.
///
/// With blended dual quaternions, skin keeps its distance from a joint. That is right around a knee
/// and wrong where skin is stretched across a joint: the armpit of a raised arm and the seat of a
/// raised thigh would swing out on an arc and stand off like bags. Such skin lies flat over the
/// joint: it follows the limb halfway, and moves inward like the chord under the arc.
struct HalfBend {
  /// Detaches skin that is far from a limb: a flank that follows a raised arm bulges.
  struct Release {
    /// The depths at which it begins and is complete, measured like ``HalfBend/skin``.
    let depth: ClosedRange<Float>
    /// The exponent of a limb's share where the release is complete: small shares become smaller,
    /// and a vertex that belongs to the limb stays with it.
    let power: Float

    /// Returns the share of a limb that a vertex keeps.
    func share(_ share: Float, _ depth: Float) -> Float {
      pow(share, 1 + (power - 1) * smoothStep(depth, self.depth.lowerBound, self.depth.upperBound))
    }
  }

  /// The name, without the side.
  let name: String
  /// The joint that bends, on the left side.
  let kind: JointKind
  /// The axis of the angle that opens the joint, on the left side.
  let hinge: Vector3
  /// The direction from the skin to the joint at rest.
  let inward: Vector3
  /// The inward movement for a full turn, as a share of the bone's length.
  let reach: Double
  /// The distances at which its skin begins and belongs to it entirely, opposite to ``inward``
  /// from the joint, as shares of the bone's length.
  let skin: ClosedRange<Float>
  /// The release of the limb's skin beforehand; nil if all of it stays.
  var release: Release?

  /// The frames, which apply to both sides.
  static let all = [
    // The armpit of a raised arm.
    HalfBend(
      name: "Armpit", kind: .upperArm, hinge: .unitZ, inward: .unitY, reach: 0.4,
      skin: 0...0.5, release: Release(depth: 0.05...0.4, power: 2)),
    // The seat under a raised thigh, and the insides of spread thighs.
    HalfBend(
      name: "Seat", kind: .upperLeg, hinge: -.unitX, inward: .unitZ, reach: 0.06,
      skin: 0.02...0.18),
    HalfBend(
      name: "Groin", kind: .upperLeg, hinge: .unitZ, inward: .unitX, reach: 0.4,
      skin: 0...0.12),
    // The tip of the elbow and the kneecap protrude.
    HalfBend(
      name: "Elbow", kind: .lowerArm, hinge: -.unitY, inward: .unitZ, reach: -0.02,
      skin: 0...0.1),
    HalfBend(
      name: "Knee", kind: .lowerLeg, hinge: .unitX, inward: -.unitZ, reach: -0.015,
      skin: 0...0.1),
  ]

  /// Returns the joint of a side.
  func joint(_ side: Side) -> JointName { JointName(kind, side) }

  /// Returns the joint at the bone's other end.
  func end(_ side: Side) -> JointName {
    let joint = joint(side)
    return joint.firstChild ?? joint
  }

  /// Returns the frame for a rig.
  private func helper(_ side: Side, _ rig: Rig) -> HelperJoint {
    let joint = joint(side)
    let bone = rig[end(side)] - rig[joint]
    let turned = Self.onSide(hinge, side)
    return HelperJoint(
      name: side.rawValue + name, joint: joint, axis: bone.normalized ?? .unitX, twistShare: 0,
      bend: HelperJoint.Bend(
        share: 0.5, hinge: turned, draw: Self.mirrored(inward, side) * (reach * bone.length)))
  }

  /// Returns a left-side axis for a side: mirroring keeps rotations about x, and reverses all
  /// others.
  private static func onSide(_ axis: Vector3, _ side: Side) -> Vector3 {
    side == .right ? Vector3(axis.x, -axis.y, -axis.z) : axis
  }

  /// Returns a left-side direction for a side.
  static func mirrored(_ direction: Vector3, _ side: Side) -> Vector3 {
    side == .right ? Vector3(-direction.x, direction.y, direction.z) : direction
  }

  /// Returns the frames of a rig, in the order in which skins number them after their own helpers.
  ///
  /// - Parameter swing: the swing of a frame's joint from the skin's rest to the T-pose.
  static func helpers(
    _ rig: Rig, swing: (HelperJoint) -> Quaternion = { _ in .identity }
  ) -> [HelperJoint] {
    all.flatMap { bend in
      Side.both.map { side in
        var helper = bend.helper(side, rig)
        let logarithm = swing(helper).logarithm
        helper.bend?.open(by: logarithm)
        return helper
      }
    }
  }
}
