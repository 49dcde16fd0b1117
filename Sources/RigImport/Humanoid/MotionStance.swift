internal import PoseRig

/// The overall stance of a motion in its file's axes.
struct MotionStance {
  /// The mean direction from hips to head, not of unit length.
  let up: Vector3
  /// The mean position of the hips.
  private let hips: Vector3
  /// The positions of the feet.
  private let feet: [Vector3]
  /// The positions of the joints with which a lying body touches the floor.
  private let outline: [Vector3]
  private let leg: Double

  private static let moments = 24
  private static let rim: [JointName] = Side.both.flatMap { side in
    [JointKind.lowerLeg, .foot, .toes, .lowerArm, .hand].map { JointName($0, side) }
  }

  init?(_ model: ForeignModel, _ clip: ForeignModel.Clip, _ bones: [JointName: Int]) {
    guard let hips = bones[.hips], let top = bones[.head] ?? bones[.neck],
      let thigh = bones[.leftUpperLeg], let knee = bones[.leftLowerLeg], let foot = bones[.leftFoot]
    else { return nil }
    let ends = [JointName.leftFoot, .rightFoot].compactMap { bones[$0] }
    let rim = [hips, top] + Self.rim.compactMap { bones[$0] }
    var (up, middle, feet, outline) = (Vector3.zero, Vector3.zero, [Vector3](), [Vector3]())
    var leg = 0.0
    for step in 0..<Self.moments {
      let time = clip.duration * Double(step) / Double(Self.moments - 1)
      let nodes = NodePose(model, clip: clip, time: time)
      up += (nodes.position(top) - nodes.position(hips)).normalized ?? .zero
      middle += nodes.position(hips)
      feet += ends.map(nodes.position)
      outline += rim.map(nodes.position)
      leg =
        (nodes.position(thigh) - nodes.position(knee)).length
        + (nodes.position(knee) - nodes.position(foot)).length
    }
    self.up = up / Double(Self.moments)
    self.hips = middle / Double(Self.moments)
    self.feet = feet
    self.outline = outline
    self.leg = leg
  }

  /// Returns whether the motion stands along the rest's up direction.
  func stands(along rest: Vector3) -> Bool { up.dot(rest) > 0.85 }

  /// Returns the axis along which the motion stands if it is another than the rest's: heads and
  /// hips are as far along it as for a standing person, with feet on its floor.
  ///
  /// In programs, up is along Y or Z: a person lying on the back with the feet at the origin, as
  /// after a fall backward, is along a negative axis, and a person who has fallen sideways along X.
  /// A person who has fallen forward looks as if up were +Z, except for the floor
  /// (``liesOnFloor(of:)``).
  func otherUp(than rest: Vector3) -> Vector3? {
    let axis = Stance.nearestAxis(up)
    guard axis.sum() > 0, axis.x == 0, axis.dot(up) > 0.85, abs(axis.dot(rest)) < 0.5,
      abs(up.dot(rest)) < 0.5, leg > 0,
      (0.55...1.4).contains(hips.dot(axis) / leg),
      let lowest = feet.map({ $0.dot(axis) / leg }).min(), (-0.1...0.3).contains(lowest)
    else { return nil }
    return axis
  }

  /// Returns whether the body lies on the floor that the rest stands on: hips a little above it,
  /// and nothing below or far above. For a body that stands along another axis, arms and legs are
  /// on both sides of that plane.
  func liesOnFloor(of rest: Vector3) -> Bool {
    let heights = outline.map { $0.dot(rest) / leg }
    guard let low = heights.min(), let high = heights.max() else { return false }
    return low > -0.02 && high < 0.8 && (0.03...0.35).contains(hips.dot(rest) / leg)
  }
}
