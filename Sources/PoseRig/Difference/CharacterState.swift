/// A character of a solved scene, measured so that two of its states can be compared.
public struct CharacterState: Sendable {
  /// The character as its file describes it.
  public var described: Character
  /// The body's rig at rest.
  public var rig: Rig
  /// The tracked points, in the axes of its position and yaw, in meters.
  public var points: [JointName: Vector3]
  /// The direction of the gaze, in the axes of its position and yaw.
  public var gaze: Vector3
  /// The distances in meters to everything near its hands and feet.
  public var gaps: [Contact: Double]
  /// The position of its center of mass; nil without support.
  public var balance: Balance?
  /// The angles beyond their joints' ranges.
  public var strays: [StrayAngle]
  /// The share of the body outside the picture, 0 to 1.
  public var outside: Double
  /// The edge of the picture that cuts off most of it; nil if it is entirely visible.
  public var edge: PictureEdge?

  /// The joints with movements that are listed.
  public static let followed: [JointName] = [
    .hips, .head, .leftHand, .rightHand, .leftFoot, .rightFoot,
  ]

  init(
    _ described: Character, _ posed: PosedCharacter, camera: Camera, gaps: [Contact: Double],
    support: (Vector3) -> Double
  ) {
    self.described = described
    rig = posed.body.rig
    let placement = Transform(
      rotation: Quaternion(angle: described.yaw.degreesToRadians, axis: .unitY),
      translation: described.position)
    let fromWorld = placement.inverse
    points = Dictionary(
      uniqueKeysWithValues: Self.followed.map { ($0, fromWorld.apply(Self.point($0, of: posed))) })
    gaze = placement.rotation.inverse.rotate(posed.look).normalized ?? .unitZ
    self.gaps = gaps
    balance = Balance.of(posed, support: support)
    strays = StrayAngle.all(in: described.pose, posed.body.rig.limits)
    (outside, edge) = PictureEdge.cut(posed, camera)
  }

  /// Returns the point that represents a joint: for a hand the root of its middle finger, which a
  /// wrist moves too; for a head the point between the eyes.
  private static func point(_ joint: JointName, of posed: PosedCharacter) -> Vector3 {
    switch joint.kind {
    case .hand: posed.position(of: JointName(.middleProximal, joint.side))
    case .foot: posed.position(of: JointName(.toes, joint.side))
    case .head: posed.eyes
    default: posed.position(of: joint)
    }
  }
}

/// An angle beyond the range of its joint.
public struct StrayAngle: Hashable, Sendable {
  /// The joint.
  public var joint: JointName
  /// The angle's name.
  public var angle: AngleName
  /// The angle in degrees, rounded to tenths.
  public var degrees: Double
  /// The end of the range that it exceeds, in degrees.
  public var end: Double

  /// Returns all such angles of a pose, with half a degree of slack for rounding in files.
  static func all(in pose: Pose, _ limits: JointLimits) -> [StrayAngle] {
    JointName.allCases.flatMap { joint -> [StrayAngle] in
      let range = JointRange(joint, limits)
      return range.excess(of: pose[joint]).compactMap { stray in
        let name = range.name(of: stray.freedom)
        guard stray.excess > 0.5, let ends = limits.range(of: name, at: joint) else { return nil }
        return StrayAngle(
          joint: joint, angle: name, degrees: (stray.angle * 10).rounded() / 10,
          end: stray.angle < ends.lowerBound ? ends.lowerBound : ends.upperBound)
      }
    }
  }
}

/// An edge of the picture.
public enum PictureEdge: String, CaseIterable, Sendable {
  case left, right, top, bottom

  /// Returns the share of a character's skin outside the picture, and the edge that most of it is
  /// beyond.
  static func cut(_ character: PosedCharacter, _ camera: Camera) -> (Double, PictureEdge?) {
    let toCamera = camera.cameraFromWorld
    var beyond: [PictureEdge: Int] = [:]
    var outside = 0
    let points = character.bodySurface.points
    for point in points {
      guard let (pixel, _) = camera.project(inCamera: toCamera.apply(point)) else {
        outside += 1
        continue
      }
      let over: [(PictureEdge, Double)] = [
        (.left, -pixel.x), (.right, pixel.x - Double(camera.canvas.width)), (.top, -pixel.y),
        (.bottom, pixel.y - Double(camera.canvas.height)),
      ]
      guard let most = over.max(by: { $0.1 < $1.1 }), most.1 > 0 else { continue }
      outside += 1
      beyond[most.0, default: 0] += 1
    }
    let edge = allCases.filter { beyond[$0] != nil }.max { beyond[$0] ?? 0 < beyond[$1] ?? 0 }
    return (points.isEmpty ? 0 : Double(outside) / Double(points.count), edge)
  }
}
