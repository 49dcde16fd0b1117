public import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

/// A model seen as VRM 1.0's normalised humanoid: facing +Z, upright, in metres, soles on y = 0, in the T-pose.
public struct HumanoidModel: Sendable {
  /// The file.
  public let model: ForeignModel
  /// The file's path, by which its own clips are known.
  public let source: String
  /// Which node is which joint.
  public let bones: [JointName: Int]
  /// Joints without a node; they lie at the joint that carries them (or that they would carry).
  public let missing: Set<JointName>
  /// The joints in the T-pose.
  public private(set) var rig: Rig
  /// What was done to the size or the place, a sentence each.
  public private(set) var notes: [String] = []

  /// From the file's world to the model's axes and metres, before the T-pose.
  public let modelFromFile: Matrix4
  /// The rotation in it.
  let facing: Quaternion
  /// The scale in it.
  let metresPerUnit: Double
  let rest: RestPose
  /// The joints at rest, in the model's axes.
  let places: [Vector3]
  /// How each joint turns from rest to the T-pose, in the model's axes.
  let corrections: [Quaternion]

  /// The humanoid of a model whose bones are known.
  ///
  /// - Parameter source: the file's path, by which its own clips are known.
  public init(_ model: ForeignModel, bones: [JointName: Int], source: String = "") {
    self.model = model
    self.source = source
    self.bones = bones
    missing = Set(JointName.allCases.filter { bones[$0] == nil })
    let rest = RestPose(model, bones: bones)
    self.rest = rest
    let facing = Self.facing(model, rest, bones)
    self.facing = facing
    let turned = bones.mapValues { facing.rotate(rest.position($0)) }
    let (scale, note) = Self.scale(turned, model)
    metresPerUnit = scale
    if let note { notes.append(note) }
    let hips = turned[.hips] ?? .zero
    let shift = Vector3(-hips.x, 0, -hips.z) * scale
    modelFromFile =
      Matrix4(Transform(rotation: facing, translation: shift))
      * NodeTransform(translation: .zero, rotation: .identity, scale: Vector3(repeating: scale))
      .matrix
    places = Self.filled(turned.mapValues { $0 * scale + shift })
    if model.isInTPose {
      corrections = Array(repeating: .identity, count: JointName.allCases.count)
      rig = Rig(restPositions: places)
    } else {
      let retarget = TPoseRetarget(places: places)
      corrections = retarget.rotations
      rig = Rig(restPositions: retarget.tPose)
    }
    lift(by: -soleHeight)
    // Where there is a surface, it stands on its own soles and not on the bones in it.
    let lowest = SurfaceBuilder(self).tPose().map(\.y).min()
    if let lowest { lift(by: -Double(lowest)) }
  }

  /// Moves the T-pose up.
  mutating func lift(by height: Double) {
    rig = Rig(restPositions: rig.restPositions.map { $0 + Vector3(0, height, 0) })
  }

  /// How far the T-pose was moved up from where rest is.
  var lifted: Vector3 { rig[.hips] - places[JointName.hips.index] }

  /// Carries what follows a joint from rest to the T-pose, in the model's axes.
  func tPoseFromRest(_ joint: JointName) -> Matrix4 {
    let turn = corrections[joint.index]
    return Matrix4(
      Transform(
        rotation: turn, translation: rig[joint] - turn.rotate(places[joint.index])))
  }

  /// The joint that a node follows: its own or its nearest ancestor's; the hips for what is above or beside the skeleton.
  func joint(carrying node: Int) -> JointName {
    let joints = Dictionary(
      bones.map { ($0.value, $0.key) }, uniquingKeysWith: { $0.index > $1.index ? $0 : $1 })
    var node = node
    while node >= 0 {
      if let joint = joints[node] { return carrier(joint) }
      node = model.nodes[node].parent
    }
    return .hips
  }

  /// The trunk has as many joints as the file gives it: its uppermost one takes the turns of those that are missing above.
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

  /// From the soles to the top of the surface, or of the skeleton, in metres.
  public var height: Double {
    if let body = body(named: "") { return Double(body.surface.positions.map(\.y).max() ?? 0) }
    return rig[.head].y / 0.87
  }

  /// Upper arms at rest, in degrees from straight down: 90 in a T-pose.
  public var armAngle: Double {
    let angles = [
      (JointName.leftUpperArm, JointName.leftLowerArm), (.rightUpperArm, .rightLowerArm),
    ]
    .compactMap { places[$1.index] - places[$0.index] }.compactMap(\.normalized)
    .map { acos(min(max(-$0.y, -1), 1)) * 180 / .pi }
    return angles.isEmpty ? 90 : angles.reduce(0, +) / Double(angles.count)
  }

  // MARK: Parts

  /// The rotation that turns the file's rest to face +Z.
  private static func facing(
    _ model: ForeignModel, _ rest: RestPose, _ bones: [JointName: Int]
  ) -> Quaternion {
    switch model.format {
    case .vrm1, .vrmAnimation: return .identity
    case .vrm0: return Quaternion(angle: .pi, axis: .unitY)
    default: break
    }
    // What posemap wrote rests as it was placed.
    if model.isOwn, let hips = bones[.hips] { return rest.worldFromNode[hips].rotation.inverse }
    func at(_ joint: JointName) -> Vector3? { bones[joint].map(rest.position) }
    guard let hips = at(.hips), let head = at(.head) ?? at(.neck) ?? at(.spine),
      let left = at(.leftUpperLeg) ?? at(.leftUpperArm),
      let right = at(.rightUpperLeg) ?? at(.rightUpperArm),
      let up = (head - hips).normalized
    else { return .identity }
    let across = left - right
    // Upright is where the file's +Y is, unless the body lies along another axis.
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

  /// Metres a unit of the file: 1 unless that would make a giant or a beetle of someone.
  private static func scale(
    _ places: [JointName: Vector3], _ model: ForeignModel
  ) -> (Double, note: String?) {
    guard let head = places[.head] ?? places[.neck], let foot = places[.leftFoot] else {
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

  /// A place for every joint: those that are missing lie at the nearest that is there, necks and collars at what they carry.
  private static func filled(_ places: [JointName: Vector3]) -> [Vector3] {
    var filled: [Vector3] = []
    for joint in JointName.allCases {
      if let place = places[joint] {
        filled.append(place)
      } else if joint == .neck, let head = places[.head] {
        filled.append(head)
      } else if joint == .leftShoulder, let arm = places[.leftUpperArm] {
        filled.append(arm)
      } else if joint == .rightShoulder, let arm = places[.rightUpperArm] {
        filled.append(arm)
      } else {
        filled.append(joint.parent.map { filled[$0.index] } ?? .zero)
      }
    }
    return filled
  }

  /// Where the soles are in the T-pose, by the lowest node below the feet, or by a share of the leg.
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
  /// Whether the rest is the T-pose by the format's own promise, or because posemap wrote it.
  var isInTPose: Bool {
    [.vrm0, .vrm1, .vrmAnimation].contains(format) || isOwn
  }

  /// Whether posemap wrote it.
  var isOwn: Bool { generator.hasPrefix("posemap ") }
}
