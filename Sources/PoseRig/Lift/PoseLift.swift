#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds 3-D poses with keypoints that match a person's in a picture.
///
/// A picture does not determine depth. The search begins with the library poses that look most
/// similar from any side, and joints stay as near to them, and as well within their ranges, as the
/// picture allows.
public struct PoseLift: Sendable {
  /// A possible pose of the person in the picture.
  public struct Candidate: Sendable {
    /// The pose with its translation: the character stands at the world's origin, not on the
    /// ground.
    public var pose: Pose
    /// The median distance of the pose's body keypoints from the picture's, as a share of the
    /// figure's height.
    public var medianError: Double
    /// The library pose from which the search began.
    public var base: String
    /// The cost of misses and angles beyond ranges; less is better.
    var cost: Double
  }

  /// A pose to start from.
  public struct Prior: Sendable {
    var name: String
    var pose: Pose

    /// Creates a starting pose with a name.
    public init(name: String, pose: Pose) {
      self.name = name
      self.pose = pose
    }
  }

  let rig: Rig
  let camera: Camera
  private let priors: [Prior]
  private let keypoints: KeypointRig
  private let hands: [Side: KeypointRig]
  /// The number of starts to refine: more find no better poses and take longer.
  private static let beginnings = 12

  /// Creates a search.
  ///
  /// - Parameter priors: the library's poses; each is tried as it is and mirrored.
  public init(body: Body, camera: Camera, priors: [Prior]) {
    rig = body.rig
    self.camera = camera
    self.priors = priors + priors.map { Prior(name: $0.name, pose: $0.pose.mirrored) }
    keypoints = KeypointRig(body, KeypointLayout.body)
    hands = [
      .left: KeypointRig(body, KeypointLayout.hand(.left)),
      .right: KeypointRig(body, KeypointLayout.hand(.right)),
    ]
  }

  /// Returns at most `count` different poses, the most likely first.
  public func candidates(for target: LiftTarget, count: Int) -> [Candidate] {
    let found = beginnings(for: target).map { refined($0, target) }
      .enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element)
    var chosen: [Candidate] = []
    for candidate in found where chosen.count < count {
      if chosen.allSatisfy({ difference($0.pose, candidate.pose) > 0.06 }) {
        chosen.append(candidate)
      }
    }
    return chosen
  }

  // MARK: Beginnings

  /// Returns the library's poses, rotated and positioned, that look most similar to the picture.
  private func beginnings(for target: LiftTarget) -> [Prior] {
    var found: [(score: Double, prior: Prior)] = []
    for prior in priors {
      var best: (score: Double, pose: Pose)?
      for step in 0..<24 {
        var pose = prior.pose
        let turn = Quaternion(angle: Double(step) * .pi / 12, axis: .unitY)
        pose[.hips] = turn * pose[.hips]
        pose.translation = .zero
        pose.legLength = nil
        guard let placed = placed(&pose, target) else { continue }
        if placed < best?.score ?? .infinity { best = (placed, pose) }
      }
      if let best { found.append((best.score, Prior(name: prior.name, pose: best.pose))) }
    }
    return found.enumerated().sorted {
      ($0.element.score, $0.offset) < ($1.element.score, $1.offset)
    }
    .prefix(Self.beginnings).map(\.element.prior)
  }

  /// Moves a pose to where it looks as large as the person, by weak perspective, and returns the
  /// remaining misfit; nil if that is impossible.
  private func placed(_ pose: inout Pose, _ target: LiftTarget) -> Double? {
    let toCamera = camera.cameraFromWorld.rotation
    let focal = Double(camera.canvas.height) / 2 / camera.tangents.y
    let middle = SIMD2(Double(camera.canvas.width), Double(camera.canvas.height)) / 2
    var seen: [(have: SIMD2<Double>, want: SIMD2<Double>)] = []
    let points = keypoints.points(PosedRig(rig: rig, pose: pose))
    for (sources, want) in zip(points, target.body) {
      guard let want else { continue }
      let mean = toCamera.rotate(sources.reduce(.zero, +) / Double(sources.count))
      seen.append((SIMD2(mean.x, -mean.y), want - middle))
    }
    let count = Double(seen.count)
    let have = seen.reduce(SIMD2.zero) { $0 + $1.have } / count
    let want = seen.reduce(SIMD2.zero) { $0 + $1.want } / count
    let product = seen.reduce(0) { $0 + (($1.have - have) * ($1.want - want)).sum() }
    let square = seen.reduce(0) { $0 + (($1.have - have) * ($1.have - have)).sum() }
    guard product > 0, square > 1e-6 else { return nil }
    let scale = product / square
    let distance = focal / scale
    // Put the middle of the points where the picture has it, at that distance.
    let depth =
      seen.isEmpty
      ? 0
      : points.enumerated().filter { target.body[$0.offset] != nil }
        .map { toCamera.rotate($0.element[0]).z }.reduce(0, +) / count
    let offset = Vector3(want.x / scale - have.x, -(want.y / scale) + have.y, -distance - depth)
    pose.translation += camera.worldFromCamera.rotation.rotate(offset) + camera.position
    let size = target.size
    return seen.reduce(0) { sum, point in
      let miss = (point.have - have) * scale - (point.want - want)
      return sum + (miss * miss).sum() / (size * size)
    } / count
  }

  // MARK: Refinement

  private func refined(_ beginning: Prior, _ target: LiftTarget) -> Candidate {
    let search = LiftSearch(
      rig: rig, camera: camera, keypoints: keypoints, hands: hands, target: target)
    var (pose, cost) = search.refine(beginning.pose)
    // The search leaves joints 0.01° beyond their limits, and ignores limits where two angles are
    // almost indistinguishable. The other joints compensate for the misses after clamping.
    let past = settle(&pose)
    if !past.isEmpty {
      pose = search.compensate(pose, holding: past)
      _ = settle(&pose)
    }
    return Candidate(
      pose: pose, medianError: medianError(of: pose, target), base: beginning.name, cost: cost)
  }

  /// Clamps all joints to their ranges; returns those that this rotates by more than a tenth of a
  /// degree.
  private func settle(_ pose: inout Pose) -> Set<JointName> {
    var moved: Set<JointName> = []
    for joint in JointName.allCases where joint != .hips {
      let settled = JointRange(joint, rig.limits).settled(pose[joint])
      let turn = (pose[joint].inverse * settled).angle.radiansToDegrees
      if turn > 0.1 { moved.insert(joint) }
      pose[joint] = settled
    }
    return moved
  }

  /// Returns the median miss of body keypoints, as a share of the body's apparent stature at the
  /// distance of the hips.
  public func medianError(of pose: Pose, _ target: LiftTarget) -> Double {
    let posed = PosedRig(rig: rig, pose: pose)
    let misses = zip(keypoints.points(posed), target.body).compactMap { sources, want -> Double? in
      guard let want, let seen = camera.middle(of: sources) else { return nil }
      let miss = seen - want
      return (miss * miss).sum().squareRoot()
    }.sorted()
    guard !misses.isEmpty, let hips = camera.project(posed.position(of: .hips)) else { return 1 }
    let focal = Double(camera.canvas.height) / 2 / camera.tangents.y
    let stature = rig[.leftEye].y + 0.11 * rig.size
    return misses[misses.count / 2] / (stature * focal / hips.depth)
  }

  /// Returns the mean distance between the joints of two poses, each relative to its hips, in
  /// meters.
  private func difference(_ one: Pose, _ other: Pose) -> Double {
    let (a, b) = (PosedRig(rig: rig, pose: one), PosedRig(rig: rig, pose: other))
    let joints: [JointName] = [
      .head, .leftLowerArm, .leftHand, .rightLowerArm, .rightHand, .leftLowerLeg, .leftFoot,
      .rightLowerLeg, .rightFoot,
    ]
    return joints.reduce(0) { sum, joint in
      let way =
        a.position(of: joint) - a.position(of: .hips) - b.position(of: joint)
        + b.position(of: .hips)
      return sum + way.length
    } / Double(joints.count)
  }
}

extension Camera {
  /// Returns the middle of points in the picture, in pixels; nil if one is not in front of the
  /// camera.
  func middle(of points: [Vector3]) -> SIMD2<Double>? {
    var sum = SIMD2<Double>.zero
    for point in points {
      guard let seen = project(point) else { return nil }
      sum += seen.pixel
    }
    return sum / Double(points.count)
  }
}

extension Camera {
  /// Returns a level camera with a 50 mm lens at breast height, looking along −z, for pictures
  /// without any camera data.
  public static func level(_ canvas: Canvas) -> Camera {
    Camera(
      worldFromCamera: Transform(rotation: .identity, translation: Vector3(0, 1.2, 4)),
      tangentY: tangentY(of: .focalLength(50), canvas: canvas), canvas: canvas)
  }
}
