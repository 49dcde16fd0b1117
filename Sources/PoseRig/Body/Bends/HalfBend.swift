#if canImport(Glibc)
  internal import Glibc
#endif

/// A frame that turns half as far as a joint, and draws skin in where the joint opens.
///
/// Blended dual quaternions keep skin as far from a joint as it is at rest. That is right around a
/// knee and wrong where skin is stretched across a joint: the armpit of a raised arm and the seat
/// of a raised thigh would swing out on an arc and stand off as bags. Such skin lies flat over the
/// joint: it goes half the way with the limb, and inwards as the chord under the arc does.
struct HalfBend {
  /// Lets go of skin far from a limb: a flank that follows a raised arm bulges.
  struct Release {
    /// Where it begins and is complete, as ``HalfBend/skin``.
    let depth: ClosedRange<Float>
    /// The power to which a limb's share is raised where it is complete: small shares become smaller,
    /// and a vertex that is the limb's own stays with it.
    let power: Float

    /// Returns the share of a limb that a vertex keeps.
    func share(_ share: Float, _ depth: Float) -> Float {
      pow(share, 1 + (power - 1) * eased(depth, over: self.depth))
    }
  }

  /// The name, after the side.
  let name: String
  /// The joint that bends, on the left.
  let kind: JointKind
  /// The angle that opens the joint there, as an axis on the left.
  let hinge: Vector3
  /// The direction from the skin to the joint at rest.
  let inwards: Vector3
  /// How far in the skin would go for a full turn, as a share of the bone's length.
  let reach: Double
  /// Where its skin begins and is wholly its own, against ``inwards`` from the joint, as shares of
  /// the bone's length.
  let skin: ClosedRange<Float>
  /// Lets go of the limb first; nil where all that follows it stays.
  var release: Release?

  /// The frames of both sides.
  static let all = [
    // The armpit of a raised arm.
    HalfBend(
      name: "Armpit", kind: .upperArm, hinge: .unitZ, inwards: .unitY, reach: 0.4,
      skin: 0...0.5, release: Release(depth: 0.05...0.4, power: 2)),
    // The seat under a raised thigh, and the inside of thighs that are spread.
    HalfBend(
      name: "Seat", kind: .upperLeg, hinge: -.unitX, inwards: .unitZ, reach: 0.06,
      skin: 0.02...0.18),
    HalfBend(
      name: "Groin", kind: .upperLeg, hinge: .unitZ, inwards: .unitX, reach: 0.4,
      skin: 0...0.12),
    // The point of the elbow and the kneecap stand out.
    HalfBend(
      name: "Elbow", kind: .lowerArm, hinge: -.unitY, inwards: .unitZ, reach: -0.02,
      skin: 0...0.1),
    HalfBend(
      name: "Knee", kind: .lowerLeg, hinge: .unitX, inwards: -.unitZ, reach: -0.015,
      skin: 0...0.1),
  ]

  /// Returns the joint of a side.
  func joint(_ side: Side) -> JointName { JointName(kind, side) }

  /// Returns the joint at the bone's other end.
  func end(_ side: Side) -> JointName {
    let joint = joint(side)
    return JointName.allCases.first { $0.parent == joint } ?? joint
  }

  /// Returns the frame for a rig.
  private func helper(_ side: Side, _ rig: Rig) -> HelperJoint {
    let joint = joint(side)
    let bone = rig[end(side)] - rig[joint]
    let turned = Self.onSide(hinge, side)
    return HelperJoint(
      name: side.rawValue + name, joint: joint, axis: bone.normalized ?? .unitX, twistShare: 0,
      bend: HelperJoint.Bend(
        share: 0.5, hinge: turned, draw: Self.mirrored(inwards, side) * (reach * bone.length)))
  }

  /// Returns an axis of the left as it is on a side: of the mirror image rotations about x stay,
  /// and all others turn round.
  private static func onSide(_ axis: Vector3, _ side: Side) -> Vector3 {
    side == .right ? Vector3(axis.x, -axis.y, -axis.z) : axis
  }

  /// Returns a direction of the left as it is on a side.
  static func mirrored(_ direction: Vector3, _ side: Side) -> Vector3 {
    side == .right ? Vector3(-direction.x, direction.y, direction.z) : direction
  }

  /// Returns the frames of a rig, in the order in which skins count them after their own helpers.
  ///
  /// - Parameter swing: how a frame's joint swings from where the skin is at rest to the T-pose.
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
