public import PoseRig
internal import SceneFiles

#if canImport(Glibc)
  internal import Glibc
#endif

/// A model as VRM 1.0's normalized humanoid: facing +Z, upright, in meters, with soles on y = 0, in
/// the T-pose.
public struct HumanoidModel: Sendable {
  /// The content of the file.
  public let model: ForeignModel
  /// The file's path, which identifies its own clips.
  public let source: String
  /// The index of each joint's node.
  public let bones: [JointName: Int]
  /// Additional nodes that move with a joint.
  let followers: [Int: JointName]
  /// The joints without a node; they are in the position of the joint that carries them, or that
  /// they would carry.
  public let missing: Set<JointName>
  /// The joints in the T-pose.
  public private(set) var rig: Rig
  /// Sentences about changes of size and position.
  public private(set) var notes: [String] = []
  /// Sentences about assumptions and suspicious findings.
  public private(set) var warnings: [String] = []

  /// The matrix from the file's world to the model's axes and meters, before the T-pose.
  public let modelFromFile: Matrix4
  /// The rotation in `modelFromFile`.
  let facing: Quaternion
  /// The scale in `modelFromFile`.
  let metersPerUnit: Double
  let rest: RestPose
  /// The positions of joints at rest, in the model's axes.
  let jointsAtRest: [Vector3]
  /// The rotation of each joint from rest to the T-pose, in the model's axes.
  let corrections: [Quaternion]
  /// The rotations of clips that stand along another axis than the rest.
  let clipTurns: [ClipTurn]

  /// Creates the humanoid of a model with known bones.
  ///
  /// - Parameters:
  ///   - model: the content of the file.
  ///   - bones: the index of each joint's node.
  ///   - followers: additional nodes that move with a joint.
  ///   - source: the file's path, which identifies its own clips.
  public init(
    _ model: ForeignModel, bones: [JointName: Int], followers: [Int: JointName] = [:],
    source: String = ""
  ) {
    self.model = model
    self.source = source
    self.bones = bones
    self.followers = followers
    missing = Set(JointName.allCases.filter { bones[$0] == nil })
    let assumed = AssumedRest(model, bones)
    rest = assumed.rest
    let (facing, facingNote) =
      !assumed.isStanding
      ? (Facing.turnOfMotion(model, bones), nil)
      : assumed.isMoment
        ? (Facing.turnOfMoment(rest, bones), nil) : Facing.turn(model, rest, bones)
    self.facing = facing
    let turned = bones.mapValues { facing.rotate(assumed.rest.position($0)) }
    let isInTPose = model.isInTPose && (model.isOwn || Self.armsHang(turned) == nil)
    // If nobody could stand in the rest, the height is known only after setting it upright.
    let upright =
      assumed.isStanding
      ? nil
      : UprightRetarget(
        joints: Self.filled(turned), missing: missing,
        bends: Bends.of(model, bones, rest: assumed.rest, facing: facing))
    let measured = upright.map { upright in
      Dictionary(uniqueKeysWithValues: bones.keys.map { ($0, upright.tPose[$0.index]) })
    }
    let (scale, scaleNote) = Self.scale(measured ?? turned, model)
    metersPerUnit = scale
    let hips = turned[.hips] ?? .zero
    let shift = assumed.isStanding ? Vector3(-hips.x, 0, -hips.z) * scale : .zero
    modelFromFile =
      Matrix4(Transform(rotation: facing, translation: shift))
      * NodeTransform(translation: .zero, rotation: .identity, scale: Vector3(repeating: scale))
      .matrix
    jointsAtRest = Self.filled(turned.mapValues { $0 * scale + shift })
    if let upright {
      corrections = upright.rotations
      rig = Rig(restPositions: upright.tPose.map { $0 * scale }, limits: .standard)
    } else if isInTPose {
      corrections = Array(repeating: .identity, count: JointName.allCases.count)
      rig = Rig(restPositions: jointsAtRest, limits: .standard)
    } else {
      let retarget = TPoseRetarget(joints: jointsAtRest, missing: missing)
      corrections = retarget.rotations
      rig = Rig(restPositions: retarget.tPose, limits: .standard)
    }
    clipTurns = Self.turns(of: model, bones, restUp: facing.inverse.rotate(.unitY))
    notes += [assumed.note, facingNote, scaleNote].compactMap(\.self)
    if model.isInTPose, !isInTPose, let angle = Self.armsHang(turned) {
      notes.append(
        "its format promises the T-pose, but its arms rest \(Int(angle.rounded()))° from it; they were raised to the T-pose, as in other models"
      )
    }
    if clipTurns.contains(where: { $0.turn != nil }) {
      notes.append("the up axis of its motion is not that of its rest pose; it was set upright")
    }
    if clipTurns.contains(where: \.isLying) {
      notes.append(
        "the figure in its motion lies on the floor; if it should stand, export it with Y up")
    }
    lift(by: -soleHeight)
    // A surface stands on its soles rather than on the bones inside it.
    let heights = SurfaceBuilder(self).tPose().map { Double($0.y) }
    if let lowest = heights.min() { lift(by: -lowest) }
    let tall = heights.max().map { $0 - (heights.min() ?? 0) } ?? rig[.head].y / 0.87
    if (3...12).contains(tall) {
      notes.append(
        "it is \(Self.rounded(tall)) m tall; if it is not a giant, give its height with \"height\" in the scene"
      )
    }
  }

  /// Moves the T-pose up by a height.
  mutating func lift(by height: Double) {
    rig.restPositions = rig.restPositions.map { $0 + Vector3(0, height, 0) }
  }

  /// The offset from rest to the T-pose.
  var lifted: Vector3 { rig[.hips] - jointsAtRest[JointName.hips.index] }

  /// Returns the matrix from rest to the T-pose for everything that follows a joint, in the model's
  /// axes.
  func tPoseFromRest(_ joint: JointName) -> Matrix4 {
    let turn = corrections[joint.index]
    return Matrix4(
      Transform(
        rotation: turn, translation: rig[joint] - turn.rotate(jointsAtRest[joint.index])))
  }

  /// Returns the joint that a node follows: its own or its nearest ancestor's; the hips for nodes
  /// above or beside the skeleton.
  func joint(carrying node: Int) -> JointName {
    let joints = Dictionary(
      bones.map { ($0.value, $0.key) }, uniquingKeysWith: { $0.index > $1.index ? $0 : $1 }
    ).merging(followers) { own, _ in own }
    var node = node
    while node >= 0 {
      if let joint = joints[node] { return carrier(joint) }
      node = model.nodes[node].parent
    }
    return .hips
  }

  /// Returns the joint that carries a child of `joint`. The uppermost joint of the trunk in the
  /// file takes over the rotations of missing ones above it.
  private func carrier(_ joint: JointName) -> JointName {
    let trunk: [JointName] = [.spine, .chest, .upperChest]
    guard let at = trunk.firstIndex(of: joint) else { return joint }
    var last = joint
    for next in trunk[(at + 1)...] {
      guard missing.contains(next) else { break }
      last = next
    }
    return last
  }

  /// The height from the soles to the top of the surface or of the skeleton, in meters.
  public var height: Double {
    if let body = body(named: "") { return Double(body.surface.positions.map(\.y).max() ?? 0) }
    return rig[.head].y / 0.87
  }

  /// The angle of the upper arms at rest, in degrees from straight down: 90 in a T-pose.
  public var armAngle: Double {
    let angles = [
      (JointName.leftUpperArm, JointName.leftLowerArm), (.rightUpperArm, .rightLowerArm),
    ]
    .compactMap { jointsAtRest[$1.index] - jointsAtRest[$0.index] }.compactMap(\.normalized)
    .map { acos(min(max(-$0.y, -1), 1)) * 180 / .pi }
    return angles.isEmpty ? 90 : angles.reduce(0, +) / Double(angles.count)
  }

  // MARK: Parts

  /// Returns how far the arms of a rest are from the T-pose, in degrees; nil if they are in it.
  ///
  /// Formats require arms straight to the sides, but elbows are a little bent in many files.
  private static func armsHang(_ joints: [JointName: Vector3]) -> Double? {
    let parts: [(start: JointKind, end: JointKind, limit: Double)] = [
      (.upperArm, .lowerArm, 5), (.upperArm, .hand, 5), (.lowerArm, .hand, 15),
    ]
    let angles = Side.both.flatMap { side in
      parts.compactMap { part -> Double? in
        guard let one = joints[JointName(part.start, side)],
          let other = joints[JointName(part.end, side)], let way = (other - one).normalized
        else { return nil }
        let angle = acos(min(max(side == .left ? way.x : -way.x, -1), 1)) * 180 / .pi
        return angle > part.limit ? angle : nil
      }
    }
    return angles.max()
  }

  /// Returns the meters per unit of the file, and a sentence unless the unit is a meter.
  private static func scale(
    _ joints: [JointName: Vector3], _ model: ForeignModel
  ) -> (Double, note: String?) {
    guard let head = joints[.head] ?? joints[.neck], let foot = joints[.leftFoot] else {
      return (1, nil)
    }
    let height = (head.y - foot.y) / 0.87
    guard height > 0 else { return (1, nil) }
    let units = "it is \(rounded(height)) units tall"
    switch LengthUnit.likeliest(ofHeight: height, isMeterStated: model.format != .bvh) {
    case .meter: return (1, nil)
    case let unit?: return (unit.meters, "\(units); they were read as \(unit.name)")
    case nil: return (1.7 / height, "\(units); it was scaled to 1.7 m")
    }
  }

  /// Returns a number with one decimal, or with two significant digits if it is small.
  private static func rounded(_ number: Double) -> Double {
    guard number > 0, number < 1 else { return (number * 10).rounded() / 10 }
    let unit = pow(10, 1 - log10(number).rounded(.down))
    return (number * unit).rounded() / unit
  }

  /// Returns a position for every joint. Missing joints get the position of the nearest existing
  /// one, necks and collarbones that of the joint that they carry.
  private static func filled(_ joints: [JointName: Vector3]) -> [Vector3] {
    var filled: [Vector3] = []
    for joint in JointName.allCases {
      if let position = joints[joint] {
        filled.append(position)
      } else if joint == .neck, let head = joints[.head] {
        filled.append(head)
      } else if joint == .leftShoulder, let arm = joints[.leftUpperArm] {
        filled.append(arm)
      } else if joint == .rightShoulder, let arm = joints[.rightUpperArm] {
        filled.append(arm)
      } else {
        filled.append(joint.parent.map { filled[$0.index] } ?? .zero)
      }
    }
    return filled
  }

  /// The height of the soles in the T-pose, from the lowest node below the feet or a share of the
  /// leg.
  private var soleHeight: Double {
    let leg = rig.legLength
    let heights = [JointName.leftFoot, .rightFoot].compactMap { foot -> Double? in
      guard let node = bones[foot] else { return nil }
      let toFoot = tPoseFromRest(foot) * modelFromFile
      let isBelow = model.isBelow(anyOf: [node])
      let below = model.nodes.indices.filter { $0 != node && isBelow[$0] }
      let lowest = below.map { toFoot.apply(rest.position($0)).y }.min()
      return min(lowest.map { $0 - 0.02 * leg } ?? .infinity, rig[foot].y - 0.08 * leg)
    }
    return heights.min() ?? 0
  }
}

extension ForeignModel {
  /// Whether the rest is the T-pose, because the format requires it or posemap wrote the file.
  var isInTPose: Bool {
    [.vrm0, .vrm1, .vrmAnimation].contains(format) || isOwn
  }

  /// Whether posemap wrote the file.
  var isOwn: Bool { generator.hasPrefix("posemap ") }
}
