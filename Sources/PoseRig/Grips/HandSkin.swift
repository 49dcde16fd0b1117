/// The skin of one hand, which can be posed without the rest of the body: in the hand's own frame,
/// by the rotations of its fingers.
struct HandSkin {
  /// A part of the hand: a finger, or the palm with the back of the hand.
  struct Part {
    /// The vertices at rest, as in the body.
    var positions: [SIMD3<Float>] = []
    /// Their joints and weights.
    var skin: DualQuaternionSkin
    /// The joint with the largest weight at each vertex.
    var carriers: [JointName] = []
    /// The edges with an additional point in the middle, as pairs of vertices.
    var edges: [SIMD2<Int32>] = []

    /// The number of points: the vertices, and one on each of the edges.
    var count: Int { positions.count + edges.count }

    /// Returns the joint with the largest weight at a point.
    func carrier(of point: Int) -> JointName {
      point < carriers.count ? carriers[point] : carriers[Int(edges[point - carriers.count].x)]
    }
  }

  let body: Body
  let hand: JointName
  private let skin: DualQuaternionSkin
  /// The fingers from the thumb on, then the palm.
  private(set) var parts: [Part]
  /// The body's vertices that mainly follow the hand itself: palm and back.
  let ownVertices: [Int]
  /// Half the thickness of each finger joint's bone with its flesh, in meters, by joint index.
  private var thickness: [Int: Double] = [:]

  static let palm = Finger.allCases.count
  /// The length from which edges get a point in the middle, so that nothing slips through a
  /// triangle, in meters.
  private static let longest: Float = 0.003

  /// Extracts the hand of a body; nil for another program's body, which has other bones.
  init?(_ body: Body, _ hand: JointName) {
    guard case .dualQuaternion(let skin) = body.binding else { return nil }
    (self.body, self.hand, self.skin) = (body, hand, skin)
    let carriers = body.carriers()
    let partOfVertex = carriers.map { joint -> Int in
      if joint == hand { return Self.palm }
      guard joint.side == hand.side, let finger = joint.kind.finger else { return -1 }
      return Finger.allCases.firstIndex(of: finger) ?? -1
    }
    ownVertices = carriers.indices.filter { carriers[$0] == hand }
    parts = (0...Self.palm).map { part in
      Self.part(part, body, skin, carriers, partOfVertex)
    }
    measure()
  }

  /// Returns a part with the vertices of the triangles that belong entirely to it.
  private static func part(
    _ part: Int, _ body: Body, _ skin: DualQuaternionSkin, _ carriers: [JointName],
    _ partOfVertex: [Int]
  ) -> Part {
    var result = Part(skin: DualQuaternionSkin(influences: [], weights: []))
    var indices: [Int: Int32] = [:]
    func index(_ vertex: Int) -> Int32 {
      if let known = indices[vertex] { return known }
      let new = Int32(result.positions.count)
      indices[vertex] = new
      result.positions.append(body.surface.positions[vertex])
      result.skin.influences.append(skin.influences[vertex])
      result.skin.weights.append(skin.weights[vertex])
      result.carriers.append(carriers[vertex])
      return new
    }
    var known: Set<SIMD2<Int32>> = []
    for corners in body.surface.triangles {
      let vertices = [Int(corners.x), Int(corners.y), Int(corners.z)]
      let own = vertices.filter { partOfVertex[$0] == part }.count
      guard own == 3 else { continue }
      let local = vertices.map(index)
      for (one, other) in [(0, 1), (1, 2), (2, 0)] {
        let edge = SIMD2(min(local[one], local[other]), max(local[one], local[other]))
        let way = result.positions[Int(edge.x)] - result.positions[Int(edge.y)]
        if way.length > longest, known.insert(edge).inserted { result.edges.append(edge) }
      }
    }
    return result
  }

  // MARK: Posing

  /// Returns the motion of each skin joint, in the hand's frame.
  func motions(_ rig: PosedRig) -> [Transform] {
    let toHand = rig.modelFromJoint[hand.index].inverse
    return Skinning.skinMotions(skin, body, rig).map { toHand * $0 }
  }

  /// Returns the points of a part, in the hand's frame.
  func points(of part: Int, _ motions: [Transform]) -> [SIMD3<Float>] {
    let own = parts[part]
    var points = SkinLoops.moved(own.positions, own.skin, motions)
    points.reserveCapacity(own.count)
    for edge in own.edges { points.append((points[Int(edge.x)] + points[Int(edge.y)]) * 0.5) }
    return points
  }

  // MARK: Measures

  /// Returns a joint's rest position in the hand's frame.
  func rest(_ kind: JointKind) -> Vector3 {
    body.rig[JointName(kind, hand.side)] - body.rig[hand]
  }

  /// Returns the tip of a finger in the frame of its last joint.
  func tip(of finger: Finger) -> Vector3 {
    let joint = JointName(finger.joints[2], hand.side)
    let before = JointName(finger.joints[1], hand.side)
    let way = (body.rig[joint] - body.rig[before]).normalized ?? .unitX
    return way * (tipLengths[finger] ?? 0.02)
  }

  private var tipLengths: [Finger: Double] = [:]

  /// Returns the radius of the flesh around the bone of a finger joint, in meters.
  func radius(of joint: JointName) -> Double { thickness[joint.index] ?? 0.008 }

  private mutating func measure() {
    let rest = PosedRig(rig: body.rig, pose: .rest)
    let motions = motions(rest)
    for finger in Finger.allCases {
      let part = Finger.allCases.firstIndex(of: finger) ?? 0
      let points = points(of: part, motions).prefix(parts[part].positions.count).map { Vector3($0) }
      for (index, kind) in finger.joints.enumerated() {
        let joint = JointName(kind, hand.side)
        let start = self.rest(kind)
        let end = index < 2 ? self.rest(finger.joints[index + 1]) : nil
        let before = index > 0 ? self.rest(finger.joints[index - 1]) : .zero
        let way = ((end ?? start + start - before) - start).normalized ?? .unitX
        let own = zip(points, parts[part].carriers).filter { $0.1 == joint }.map { $0.0 - start }
        if end == nil { tipLengths[finger] = own.map { $0.dot(way) }.max() ?? 0.02 }
        let out = own.map { ($0 - way * $0.dot(way)).length }.sorted()
        if !out.isEmpty { thickness[joint.index] = out[out.count / 2] }
      }
    }
  }
}
