#if canImport(Glibc)
  internal import Glibc
#endif

/// The folds of sleeves, trouser legs and trunk at bent joints: excess cloth on the inside of the
/// bend forms ridges across the limb.
struct ClothFolds: Equatable, Sendable {
  /// The distance between ridges, in meters.
  private static let spacing: Float = 0.046
  /// The extent of ridges up and down a limb, in meters.
  private static let span: Float = 0.085

  /// A vertex near a joint that bends.
  struct Crease: Equatable, Sendable {
    /// The vertex.
    var vertex: Int
    /// The joint, as an index in ``ClothFolds/joints``.
    var joint: Int
    /// The direction out of the limb, across it, of unit length.
    var out: SIMD3<Float>
    /// The direction out of the cloth, of unit length.
    var normal: SIMD3<Float>
    /// The height of ridges there, in meters, if the cloth is on the inside of the bend.
    var height: Float
    /// The position within its ridge, 0 to 2π.
    var phase: Float
  }

  /// The joints that bend, with the next joints of their limbs.
  private static let joints: [(joint: JointName, end: JointName)] = [
    (.leftLowerArm, .leftHand), (.rightLowerArm, .rightHand),
    (.leftUpperLeg, .leftLowerLeg), (.rightUpperLeg, .rightLowerLeg),
    (.leftLowerLeg, .leftFoot), (.rightLowerLeg, .rightFoot),
  ]

  private var creases: [Crease] = []

  /// Finds the possible folds of a shell.
  ///
  /// - Parameters:
  ///   - points: the cloth in the T-pose, in meters.
  ///   - room: the distance of each point from the skin, in meters.
  init(_ points: [SIMD3<Float>], normals: [SIMD3<Float>], room: [Float], on figure: ClothBody) {
    for (number, pair) in Self.joints.enumerated() {
      let joint = figure.joint(pair.joint)
      let axis = (figure.joint(pair.end) - joint).unit
      let isHip = pair.joint.kind == .upperLeg
      let size = isHip ? Self.span * 1.2 : Self.span
      for index in points.indices {
        let offset = points[index] - joint
        let along = offset.dot(axis)
        let across = offset.across(axis)
        guard abs(along) < 2 * size, across.length < 0.16 else { continue }
        let near = exp(-along * along / (size * size) * 1.6)
        let height = min(0.006 + room[index] * 0.5, 0.013) * near
        guard height > 0.0006 else { continue }
        // Ridges are slightly oblique, each in a different way.
        let turn = atan2(across.y + across.x * 0.3, across.z)
        let askew = 0.35 * sin(turn * 2 + Float(number)) + 0.2 * sin(turn * 5 + along * 30)
        creases.append(
          Crease(
            vertex: index, joint: number, out: across.unit, normal: normals[index], height: height,
            phase: along / Self.spacing * 2 * .pi + askew * 2))
      }
    }
  }

  /// Returns whether a point is where a knee or an elbow folds.
  static func isNear(_ point: SIMD3<Float>, _ figure: ClothBody) -> Bool {
    joints.contains { pair in
      guard pair.joint.kind != .upperLeg else { return false }
      let offset = point - figure.joint(pair.joint)
      return offset.dot(offset) < (1.5 * span) * (1.5 * span)
    }
  }

  /// Raises the folds of a pose.
  ///
  /// - Parameter points: the cloth in the T-pose.
  func raise(_ points: inout [SIMD3<Float>], on body: Body, _ posedRig: PosedRig) {
    let bends = Self.joints.map { pair -> (way: SIMD3<Float>, share: Float) in
      guard let parent = pair.joint.parent,
        let axis = (body.rig[pair.end] - body.rig[pair.joint]).normalized
      else { return (.zero, 0) }
      let turn =
        posedRig.modelFromJoint[parent.index].rotation.inverse
        * posedRig.modelFromJoint[pair.joint.index].rotation
      let bent = SIMD3<Float>(turn.rotate(axis))
      let start = SIMD3<Float>(axis)
      let angle = acos(min(max(bent.dot(start), -1), 1))
      return (bent.across(start).unit, smoothStep(angle, 0.15, 1.5))
    }
    for crease in creases {
      let bend = bends[crease.joint]
      guard bend.share > 0 else { continue }
      let inside = smoothStep(crease.out.dot(bend.way), -0.6, 0.4)
      let ridge = 0.5 + 0.5 * cos(crease.phase)
      points[crease.vertex] += crease.normal * (crease.height * bend.share * inside * ridge)
    }
  }
}
