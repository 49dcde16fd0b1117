/// The directions of a hand at rest, and the position of props of each kind in it, in the hand's
/// frame.
struct HandFrame {
  private let hand: HandSkin
  /// The direction in which the fingers point.
  let fingers: Vector3
  /// The direction that the palm faces.
  let palm = Vector3(0, -1, 0)
  /// The direction toward the thumb's side.
  let thumb = Vector3(0, 0, 1)
  /// The size of the hand relative to an adult's.
  let size: Double

  init(_ hand: HandSkin) {
    self.hand = hand
    fingers = hand.hand.side == .left ? .unitX : -.unitX
    size = hand.rest(.middleProximal).length / 0.09
  }

  /// The middle of the knuckles.
  private var knuckles: Vector3 {
    (hand.rest(.indexProximal) + hand.rest(.middleProximal) + hand.rest(.ringProximal)
      + hand.rest(.littleProximal)) / 4
  }

  /// The line of a fist, halfway between that of the knuckles, from the little finger to the index,
  /// and the one across the fingers.
  private var fistLine: Vector3 {
    let line = hand.rest(.indexProximal) - hand.rest(.littleProximal)
    let level = (line - palm * line.dot(palm)).normalized ?? thumb
    return ((level + thumb) / 2).normalized ?? thumb
  }

  /// Returns the position of a prop in the hand before it is moved to the palm.
  func placement(of grip: Grip) -> Transform {
    switch grip.kind {
    case .hammer: lay(grip, along: fistLine, at: knuckles - fingers * (0.012 * size))
    case .cup: lay(grip, along: fistLine, at: knuckles - fingers * (0.01 * size))
    case .tray: lay(grip, along: thumb, at: knuckles - fingers * (0.015 * size))
    case .phone:
      lay(
        grip, along: (thumb + fingers * 0.35).normalized ?? thumb,
        at: knuckles + fingers * (0.004 * size))
    case .pen: pen(grip)
    }
  }

  /// Returns a transform that aligns the grip's axis with a line and its palm with the hand's.
  private func lay(_ grip: Grip, along line: Vector3, at point: Vector3) -> Transform {
    let (own, facing) = (grip.axis, grip.facing(hand.hand.side))
    let side = (palm - line * palm.dot(line)).normalized ?? palm
    let from = Quaternion(axes: own, facing, own.cross(facing))
    let to = Quaternion(axes: line, side, line.cross(side))
    let rotation = (to * from.inverse).normalized
    return Transform(rotation: rotation, translation: point - rotation.rotate(grip.point))
  }

  /// Returns the position of a pen between the tips of thumb, index and middle finger, with its end
  /// on the web of the thumb.
  private func pen(_ grip: Grip) -> Transform {
    var pose = Pose.rest
    HandShape.pen.apply(to: &pose, hand.hand)
    let rig = PosedRig(rig: hand.body.rig, pose: pose)
    let toHand = rig.modelFromJoint[hand.hand.index].inverse
    func pad(_ finger: Finger) -> Vector3 {
      let joint = JointName(finger.joints[2], hand.hand.side)
      return (toHand * rig.modelFromJoint[joint.index]).apply(hand.tip(of: finger) * 0.7)
    }
    let point = (pad(.thumb) + pad(.index) + pad(.middle) * 2) / 4
    let web = hand.rest(.indexProximal) + thumb * (0.018 * size) - palm * (0.006 * size)
    let line = (web - point).normalized ?? thumb
    return lay(grip, along: line, at: point)
  }
}
