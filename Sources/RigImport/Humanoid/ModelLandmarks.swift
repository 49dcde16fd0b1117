internal import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds nose, eyes, ears, the face's outline, fingertips, toes and heels on a surface without
/// landmarks.
///
/// It works in the T-pose, where the face looks along +Z and fingers point outward. The bones of
/// eyes determine where the face is; without them, a head's typical proportions do.
struct ModelLandmarks {
  private let humanoid: HumanoidModel
  private let body: Body
  /// The joint with the largest weight at each vertex; nil for hair and cloth.
  private let joints: [JointName?]
  /// The joint that carries the bone with the largest weight at each vertex, including hair and
  /// cloth.
  private let carriers: [JointName]
  /// A triangle at each vertex, and which of its corners the vertex is; −1 without a triangle.
  private let corners: [(triangle: Int, corner: Int)]

  init(
    _ humanoid: HumanoidModel, _ body: Body, _ joints: [JointName?], carriers: [JointName]
  ) {
    self.humanoid = humanoid
    self.body = body
    self.joints = joints
    self.carriers = carriers
    var corners = [(triangle: Int, corner: Int)](repeating: (-1, 0), count: joints.count)
    for (index, triangle) in body.surface.triangles.enumerated() {
      for corner in 0..<3 { corners[Int(triangle[corner])] = (index, corner) }
    }
    self.corners = corners
  }

  /// Returns all landmarks that can be found.
  func all(with head: HeadSurface?) -> [LandmarkName: SurfacePoint] {
    var found = head?.landmarks ?? [:]
    for side in Side.both {
      for finger in Finger.allCases { found[.tip(finger, side)] = tip(side, finger) }
      found.merge(foot(side)) { $1 }
    }
    return found
  }

  /// The head's surface; nil if there is no surface.
  var head: HeadSurface? {
    HeadSurface(
      body, triangles: headTriangles, leftEye: eye(.leftEye), rightEye: eye(.rightEye),
      joint: body.rig[.head], tilts: tilts)
  }

  /// The angles, in radians, by which the axes of the head's bone lean forward in the T-pose, if
  /// they are in the plane of symmetry and one of them can be the head's upright axis.
  private var tilts: [Double] {
    guard let node = humanoid.bones[.head] else { return [] }
    let frame =
      humanoid.tPoseFromRest(.head) * humanoid.modelFromFile * humanoid.rest.worldFromNode[node]
    let (x, y, z, _) = frame.columns
    return [x, y, z].compactMap { column -> Double? in
      guard var axis = Vector3(column.x, column.y, column.z).normalized else { return nil }
      if axis.y < 0 { axis = -axis }
      guard abs(axis.x) < 0.15 else { return nil }
      let tilt = atan2(axis.z, axis.y)
      return (0.15...1.1).contains(abs(tilt)) ? tilt : nil
    }
  }

  private func eye(_ joint: JointName) -> Vector3? {
    humanoid.missing.contains(joint) ? nil : body.rig[joint]
  }

  /// Returns which vertices follow a joint that satisfies a condition.
  private func followers(where isWanted: (JointName) -> Bool) -> [Bool] {
    let wanted = JointName.allCases.map(isWanted)
    return joints.map { joint in joint.map { wanted[$0.index] } ?? false }
  }

  /// The triangles that follow the head, or that are above its joint and follow the neck, since
  /// some figures' heads do. If there are none, those above the joint that follow the trunk.
  private var headTriangles: [Int] {
    let own: Set<JointKind> = [.head, .eye, .jaw]
    let joint = Float(body.rig[.head].y)
    func triangles(_ others: Set<JointKind>) -> [Int] {
      let isWanted = carriers.indices.map { vertex in
        let kind = carriers[vertex].kind
        return own.contains(kind)
          || (others.contains(kind) && body.surface.positions[vertex].y > joint)
      }
      return body.surface.triangles.indices.filter { index in
        let triangle = body.surface.triangles[index]
        return isWanted[Int(triangle.x)] && isWanted[Int(triangle.y)] && isWanted[Int(triangle.z)]
      }
    }
    let found = triangles([.neck])
    return found.isEmpty ? triangles([.neck, .upperChest, .chest, .spine]) : found
  }

  private func point(at vertex: Int) -> SurfacePoint? {
    let (triangle, corner) = corners[vertex]
    guard triangle >= 0 else { return nil }
    var barycentric = SIMD3<Float>.zero
    barycentric[corner] = 1
    return SurfacePoint(triangle: triangle, barycentric: barycentric)
  }

  /// Returns the vertex of some joints that is farthest along a direction.
  private func extreme(_ names: [JointName], along direction: Vector3) -> SurfacePoint? {
    let isWanted = followers(where: names.contains)
    let axis = SIMD3<Float>(direction)
    let vertices = joints.indices.filter { isWanted[$0] && corners[$0].triangle >= 0 }
    let positions = body.surface.positions
    return vertices.max { positions[$0].dot(axis) < positions[$1].dot(axis) }.flatMap(point)
  }

  // MARK: Hands and feet

  private func tip(_ side: Side, _ finger: Finger) -> SurfacePoint? {
    let chain = finger.joints.map { JointName($0, side) }
      .filter { !humanoid.missing.contains($0) }
    guard let last = chain.last else { return nil }
    let before = chain.dropLast().last ?? JointName(.hand, side)
    guard let direction = (body.rig[last] - body.rig[before]).normalized else { return nil }
    return extreme([last], along: direction)
  }

  private func foot(_ side: Side) -> [LandmarkName: SurfacePoint] {
    let outward = side == .left ? 1.0 : -1.0
    let front = [JointName(.foot, side), JointName(.toes, side)]
    var found: [LandmarkName: SurfacePoint] = [:]
    found[.heel(side)] = extreme(front, along: Vector3(0, -0.3, -1))
    found[.bigToe(side)] = extreme(front, along: Vector3(-outward * 0.6, -0.2, 1))
    found[.smallToe(side)] = extreme(front, along: Vector3(outward * 1.2, -0.2, 1))
    return found
  }
}
