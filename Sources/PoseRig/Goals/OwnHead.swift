/// The head of a figure, as its own arms avoid it.
struct OwnHead {
  private let form: HeadForm
  /// The position of the head's joint at rest.
  private let joint: Vector3
  /// The size of the body that the arms belong to, in adults.
  private let size: Double
  /// The largest distance from the head's middle at which arms are looked at, in meters.
  private let reach: Float

  /// Half the thickness of an arm along it, in meters, on a body of the usual size: less than its
  /// skin has, since flesh gives.
  private static let thickness = [0.036, 0.036, 0.032, 0.026, 0.02, 0.014, 0.01, 0.006]
  /// The number of points of an arm.
  static let count = 8
  /// The number of those that stay outside even of a hand that touches the head: up to the wrist.
  static let touching = 6

  /// Creates the head of a body; nil for one without the landmarks of a head.
  init?(_ form: HeadForm?, _ rig: Rig) {
    guard let form else { return nil }
    self.form = form
    joint = rig[.head]
    size = rig.size
    reach = form.largest + Float(0.05 * size)
  }

  /// The depths of points of an arm, from the middle of the upper arm to a fingertip, in meters; 0
  /// outside.
  typealias Depths = SIMD8<Double>

  /// Returns how deep an arm is inside the head.
  func depths(of hand: JointName, _ posed: PosedRig) -> Depths {
    let toRest = posed.modelFromJoint[JointName.head.index].inverse
    func own(_ point: Vector3) -> Vector3 { toRest.apply(point) + joint }
    let lower = hand.parent ?? hand
    let side = hand.side
    let (shoulder, elbow, wrist, knuckle, tip) = (
      own(posed.position(of: lower.parent ?? lower)), own(posed.position(of: lower)),
      own(posed.position(of: hand)), own(posed.position(of: JointName(.middleProximal, side))),
      own(posed.position(of: JointName(.middleDistal, side)))
    )
    let points = [
      shoulder + (elbow - shoulder) * 0.6, shoulder + (elbow - shoulder) * 0.85,
      elbow + (wrist - elbow) * 0.15, elbow + (wrist - elbow) * 0.45,
      elbow + (wrist - elbow) * 0.75, wrist, knuckle, tip,
    ]
    var depths = Depths.zero
    for (index, point) in points.enumerated() {
      depths[index] = max(0, depth(ofRest: point, thickness: Self.thickness[index] * size))
    }
    return depths
  }

  /// Returns whether a point in the figure's own space is on the head, so that a hand there
  /// touches it.
  func isTouched(at point: Vector3, _ posed: PosedRig) -> Bool {
    let toRest = posed.modelFromJoint[JointName.head.index].inverse
    return depth(ofRest: toRest.apply(point) + joint, thickness: 0.03 * size) > 0
  }

  /// Returns a point beside the head instead of one that is inside it, for a hand that is as thick
  /// as `thickness` in meters.
  func beside(_ point: Vector3, thickness: Double, _ posed: PosedRig) -> Vector3 {
    let frame = posed.modelFromJoint[JointName.head.index]
    let rest = frame.inverse.apply(point) + joint
    let (height, outwards) = form.height(of: SIMD3<Float>(rest), overEars: false)
    let missing = thickness - Double(height)
    guard missing > 0, (SIMD3<Float>(rest) - form.origin).length < reach else { return point }
    return point + frame.rotation.rotate(Vector3(outwards)) * missing
  }

  private func depth(ofRest point: Vector3, thickness: Double) -> Double {
    let point = SIMD3<Float>(point)
    guard (point - form.origin).length < reach else { return 0 }
    return thickness - Double(form.height(of: point, overEars: false).height)
  }
}
