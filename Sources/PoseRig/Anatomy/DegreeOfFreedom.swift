/// The name of an angle, as in files.
public enum AngleName: String, CaseIterable, Sendable {
  case flexion, lateralFlexion, abduction, rotation, elevation, protraction, inversion, opening
}

/// A degree of freedom of a joint, in clinical terms.
public struct DegreeOfFreedom: Equatable, Sendable {
  /// The angle's name.
  public var name: AngleName
  /// The unit axis of positive rotation for the left side or the middle, in the joint's frame.
  public var axis: Vector3
  /// The movement of a positive angle, for messages and documentation.
  public var positive: String
}

/// The composition of a rotation from the named angles of a type of joint.
///
/// ```swift
/// let elbow = Anatomy.of(.leftLowerArm)
/// let bent = elbow.rotation(degrees: [.flexion: 90], side: .left)
/// let angles = elbow.degrees(of: bent, side: .left)  // [.flexion: 90, .rotation: 0]
/// ```
///
/// The rotation is `R₁ · R₂ · R₃ · neutral`. The first degree of freedom is the outermost (it
/// rotates about an axis fixed in the parent) and the last the innermost (about the bone itself, if
/// it exists). `neutral` moves the T-pose to the anatomical position from which clinicians measure;
/// it differs from the identity only at the upper arm, which hangs by the side at zero. Signs and
/// neutral positions follow AAOS (Greene & Heckman, *The Clinical Measurement of Joint Motion*,
/// 1994) and the ISB recommendations (Wu et al. 2002, 2005).
public struct JointAnatomy: Equatable, Sendable {
  /// The degrees of freedom from outermost to innermost; at most three, with perpendicular axes.
  public var degreesOfFreedom: [DegreeOfFreedom]
  /// The rotation from the T-pose to the clinical zero on the left side.
  public var neutral: Quaternion

  /// Returns the rotation from the T-pose for named angles in degrees; missing ones are 0.
  public func rotation(degrees: [AngleName: Double], side: Side) -> Quaternion {
    rotation(degreesInOrder: degreesOfFreedom.map { degrees[$0.name] ?? 0 }, side: side)
  }

  /// Returns the rotation from the T-pose for one angle in degrees per degree of freedom.
  func rotation(degreesInOrder degrees: [Double], side: Side) -> Quaternion {
    var rotation = Quaternion.identity
    for (freedom, angle) in zip(degreesOfFreedom, degrees) {
      rotation = rotation * Quaternion(angle: angle.degreesToRadians, axis: freedom.axis)
    }
    rotation = rotation * neutral
    return side == .right ? rotation.mirrored : rotation
  }

  /// Returns the named angles in degrees of a rotation from the T-pose. This is the inverse of
  /// `rotation(degrees:side:)`, except that a joint with fewer than three degrees of freedom
  /// ignores the remaining rotation.
  public func degrees(of rotation: Quaternion, side: Side) -> [AngleName: Double] {
    let angles = degreesInOrder(of: rotation, side: side)
    return Dictionary(uniqueKeysWithValues: zip(degreesOfFreedom.map(\.name), angles))
  }

  /// Returns the angles in degrees of a rotation from the T-pose, one per degree of freedom.
  func degreesInOrder(of rotation: Quaternion, side: Side) -> [Double] {
    let radians = angles(side).radians(of: rotation)
    return degreesOfFreedom.indices.map { radians[$0].radiansToDegrees }
  }

  /// Returns a reader of the angles on a side.
  func angles(_ side: Side) -> AngleReader {
    var axes = degreesOfFreedom.map(\.axis)
    if axes.count == 1 {
      let helper = abs(axes[0].y) < 0.9 ? Vector3.unitY : Vector3.unitX
      axes.append(axes[0].cross(helper).normalized ?? .unitZ)
    }
    if axes.count == 2 { axes.append(axes[0].cross(axes[1])) }
    return AngleReader(
      axes: CardanAxes(axes[0], axes[1], axes[2]), fromNeutral: neutral.inverse,
      isMirrored: side == .right, count: degreesOfFreedom.count)
  }
}

/// Calculates the angles of a joint's rotations, for solvers that need many of them.
struct AngleReader {
  fileprivate let axes: CardanAxes
  fileprivate let fromNeutral: Quaternion
  fileprivate let isMirrored: Bool
  /// The number of degrees of freedom.
  fileprivate let count: Int

  /// Returns the angles of a rotation from the T-pose, in radians by degree of freedom, padded to
  /// three.
  func radians(of rotation: Quaternion) -> SIMD3<Double> {
    let radians = axes.radians(of: (isMirrored ? rotation.mirrored : rotation) * fromNeutral)
    // Without a third axis, the second angle can exceed a right angle.
    guard count == 2, abs(radians[2]) > .pi / 2 else { return radians }
    let straight = radians[1] < 0 ? -Double.pi : .pi
    return SIMD3(
      Self.halfTurned(radians[0]), straight - radians[1], Self.halfTurned(radians[2]))
  }

  private static func halfTurned(_ angle: Double) -> Double {
    angle > 0 ? angle - .pi : angle + .pi
  }

  /// Calls `isEnough` with every representation of a rotation, in radians by degree of freedom,
  /// until it returns true.
  ///
  /// There are two triples of angles, since the middle angle can also take the long way. Near the
  /// pole of the middle angle, the outer two are indistinguishable and NaN, as are angles that the
  /// joint does not have.
  @inline(__always)
  func readings(of rotation: Quaternion, _ isEnough: (SIMD3<Double>) -> Bool) {
    var radians = radians(of: rotation)
    guard count == 3 else {
      for freedom in count..<3 { radians[freedom] = .nan }
      _ = isEnough(radians)
      return
    }
    if abs(abs(radians[1]) - .pi / 2) < 0.2 {
      _ = isEnough(SIMD3(.nan, radians[1], .nan))
      return
    }
    let (first, last) = (Self.halfTurned(radians[0]), Self.halfTurned(radians[2]))
    if isEnough(radians) || isEnough(SIMD3(first, .pi - radians[1], last)) { return }
    _ = isEnough(SIMD3(first, -.pi - radians[1], last))
  }
}
