public import PoseRig
internal import SceneFiles

#if canImport(Glibc)
  internal import Glibc
#endif

/// A model seen as VRM 1.0's normalized humanoid: facing +Z, upright, in meters, soles on y = 0, in
/// the T-pose.
public struct HumanoidModel: Sendable {
  /// The content of the file.
  public let model: ForeignModel
  /// The file's path, by which its own clips are known.
  public let source: String
  /// The index of each joint's node.
  public let bones: [JointName: Int]
  /// Nodes that move as a joint does, though the joint is another node.
  let followers: [Int: JointName]
  /// The joints without a node; they lie at the joint that carries them, or that they would carry.
  public let missing: Set<JointName>
  /// The joints in the T-pose.
  public private(set) var rig: Rig
  /// The changes of size and position, a sentence each.
  public private(set) var notes: [String] = []
  /// What was assumed or looks wrong, a sentence each.
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
  /// The turn of each joint from rest to the T-pose, in the model's axes.
  let corrections: [Quaternion]

  /// Creates the humanoid of a model with known bones.
  ///
  /// - Parameters:
  ///   - model: The content of the file.
  ///   - bones: The index of each joint's node.
  ///   - followers: Nodes that move as a joint does, though the joint is another node.
  ///   - source: The file's path, by which its own clips are known.
  public init(
    _ model: ForeignModel, bones: [JointName: Int], followers: [Int: JointName] = [:],
    source: String = ""
  ) {
    self.model = model
    self.source = source
    self.bones = bones
    self.followers = followers
    missing = Set(JointName.allCases.filter { bones[$0] == nil })
    let rest = RestPose(model, bones: bones)
    self.rest = rest
    let facing = Self.facing(model, rest, bones)
    self.facing = facing
    let turned = bones.mapValues { facing.rotate(rest.position($0)) }
    let (scale, note) = Self.scale(turned, model)
    metersPerUnit = scale
    if let note { notes.append(note) }
    let hips = turned[.hips] ?? .zero
    let shift = Vector3(-hips.x, 0, -hips.z) * scale
    modelFromFile =
      Matrix4(Transform(rotation: facing, translation: shift))
      * NodeTransform(translation: .zero, rotation: .identity, scale: Vector3(repeating: scale))
      .matrix
    jointsAtRest = Self.filled(turned.mapValues { $0 * scale + shift })
    if model.isInTPose {
      corrections = Array(repeating: .identity, count: JointName.allCases.count)
      rig = Rig(restPositions: jointsAtRest, limits: .standard)
    } else {
      let retarget = TPoseRetarget(joints: jointsAtRest)
      corrections = retarget.rotations
      rig = Rig(restPositions: retarget.tPose, limits: .standard)
    }
    lift(by: -soleHeight)
    // A surface stands on its own soles and not on the bones in it.
    let lowest = SurfaceBuilder(self).tPose().map(\.y).min()
    if let lowest { lift(by: -Double(lowest)) }
  }

  /// Moves the T-pose up by a height.
  mutating func lift(by height: Double) {
    rig.restPositions = rig.restPositions.map { $0 + Vector3(0, height, 0) }
  }

  /// The offset from rest to the T-pose.
  var lifted: Vector3 { rig[.hips] - jointsAtRest[JointName.hips.index] }

  /// Returns the matrix from rest to the T-pose for all that follows a joint, in the model's axes.
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

  /// Returns the joint that carries what hangs on `joint`. The uppermost joint of the trunk that
  /// the file has takes the turns of those that are missing above it.
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

  /// The height from the soles to the top of the surface, or of the skeleton, in meters.
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

  /// Returns the rotation that turns the file's rest to face +Z.
  private static func facing(
    _ model: ForeignModel, _ rest: RestPose, _ bones: [JointName: Int]
  ) -> Quaternion {
    switch model.format {
    case .vrm1, .vrmAnimation: return .identity
    case .vrm0: return Quaternion(angle: .pi, axis: .unitY)
    default: break
    }
    // In posemap's own files a character rests where the scene put it.
    if model.isOwn, let hips = bones[.hips] { return rest.worldFromNode[hips].rotation.inverse }
    func at(_ joint: JointName) -> Vector3? { bones[joint].map(rest.position) }
    guard let hips = at(.hips), let head = at(.head) ?? at(.neck) ?? at(.spine),
      let left = at(.leftUpperLeg) ?? at(.leftUpperArm),
      let right = at(.rightUpperLeg) ?? at(.rightUpperArm),
      let up = (head - hips).normalized
    else { return .identity }
    let across = left - right
    // Up is the file's +Y, unless the body lies along another axis.
    let vertical = up.y > 0.7 ? Vector3.unitY : Self.nearestAxis(up)
    guard let x = (across - vertical * across.dot(vertical)).normalized else { return .identity }
    // A skeleton is seldom symmetrical to the last bit: nearly along an axis is along it.
    let snapped = Self.nearestAxis(x)
    let side = snapped.dot(x) > 0.999 && abs(snapped.dot(vertical)) < 0.5 ? snapped : x
    return Quaternion(axes: side, vertical, side.cross(vertical)).inverse
  }

  private static func nearestAxis(_ v: Vector3) -> Vector3 {
    let axes = [Vector3.unitX, .unitY, .unitZ]
    let best = axes.max { abs($0.dot(v)) < abs($1.dot(v)) } ?? .unitY
    return best.dot(v) < 0 ? -best : best
  }

  /// Returns the meters in a unit of the file: 1 unless that would make a giant or a beetle.
  private static func scale(
    _ joints: [JointName: Vector3], _ model: ForeignModel
  ) -> (Double, note: String?) {
    guard let head = joints[.head] ?? joints[.neck], let foot = joints[.leftFoot] else {
      return (1, nil)
    }
    let height = (head.y - foot.y) / 0.87
    guard !(0.2...12).contains(height), height > 0 else { return (1, nil) }
    // Grown people are the likeliest.
    let units = [(0.01, "centimetres"), (0.0254, "inches"), (0.001, "millimetres")]
    let nearest = units.min { abs(height * $0.0 - 1.7) < abs(height * $1.0 - 1.7) }
    if let (factor, unit) = nearest, (0.4...3).contains(height * factor) {
      return (factor, "it is \(rounded(height)) units tall; they were taken for \(unit)")
    }
    return (1.7 / height, "it is \(rounded(height)) units tall; it was scaled to 1.7 m")
  }

  private static func rounded(_ number: Double) -> Double { (number * 10).rounded() / 10 }

  /// Returns a position for every joint. Missing joints lie at the nearest that is there, necks and
  /// collars at the joint that they carry.
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

  /// The height of the soles in the T-pose, by the lowest node below the feet or a share of the
  /// leg.
  private var soleHeight: Double {
    let leg = rig.legLength
    let heights = [JointName.leftFoot, .rightFoot].compactMap { foot -> Double? in
      guard let node = bones[foot] else { return nil }
      let toFoot = tPoseFromRest(foot) * modelFromFile
      let below = model.nodes.indices.filter { $0 != node && model.isBelow($0, node) }
      let lowest = below.map { toFoot.apply(rest.position($0)).y }.min()
      return min(lowest.map { $0 - 0.02 * leg } ?? .infinity, rig[foot].y - 0.08 * leg)
    }
    return heights.min() ?? 0
  }
}

extension ForeignModel {
  /// Whether the rest is the T-pose: the format promises it, or posemap wrote the file.
  var isInTPose: Bool {
    [.vrm0, .vrm1, .vrmAnimation].contains(format) || isOwn
  }

  /// Whether posemap wrote the file.
  var isOwn: Bool { generator.hasPrefix("posemap ") }
}
