/// A person's keypoints in a picture, for ``PoseLift``: pixels from the top left, nil for points
/// that were not found.
public struct LiftTarget: Equatable, Sendable {
  /// The 18 points of COCO in OpenPose's order.
  public var body: [SIMD2<Double>?]
  /// The 21 points of the left hand; empty for a hand that was not found.
  public var leftHand: [SIMD2<Double>?]
  /// The 21 points of the right hand; empty for a hand that was not found.
  public var rightHand: [SIMD2<Double>?]

  /// Creates a target from 18 points, or BODY_25's 25; nil for another number, or if fewer than six
  /// were found.
  public init?(
    body: [SIMD2<Double>?], leftHand: [SIMD2<Double>?] = [], rightHand: [SIMD2<Double>?] = []
  ) {
    switch body.count {
    case 18: self.body = body
    // The middle of the hips and the feet are not used.
    case 25: self.body = (Array(0...7) + Array(9...18)).map { body[$0] }
    default: return nil
    }
    guard self.body.compactMap(\.self).count >= 6 else { return nil }
    self.leftHand = leftHand.count == 21 ? leftHand : []
    self.rightHand = rightHand.count == 21 ? rightHand : []
  }

  /// The person's size: the diagonal of the body points' box, in pixels.
  public var size: Double {
    let points = body.compactMap(\.self)
    let x = points.map(\.x)
    let y = points.map(\.y)
    let box = SIMD2((x.max() ?? 1) - (x.min() ?? 0), (y.max() ?? 1) - (y.min() ?? 0))
    return max((box * box).sum().squareRoot(), 1)
  }
}

/// The keypoints of a body by its joints alone: face points are attached to the head.
struct KeypointRig {
  /// A keypoint: the mean of one or two points attached to joints.
  private let sources: [[(joint: JointName, offset: Vector3)]]

  init(_ body: Body, _ layout: [KeypointLayout.Source]) {
    let rest = PosedRig(rig: body.rig, pose: .rest)
    let skin = Skinning.pose(body, rest)
    sources = layout.map { source in
      switch source {
      case .joint(let joint): return [(joint, .zero)]
      case .middle(let one, let other): return [(one, .zero), (other, .zero)]
      case .landmark(let name):
        let carrier = name.carrier
        guard let point = body.landmarks[name]?.position(on: skin.positions, skin.triangles) else {
          return [(carrier, .zero)]
        }
        return [(carrier, Vector3(point) - body.rig[carrier])]
      }
    }
  }

  /// Returns the points in the character's own space; for a keypoint between two joints, both.
  func points(_ posed: PosedRig) -> [[Vector3]] {
    sources.map { source in
      source.map { posed.modelFromJoint[$0.joint.index].apply($0.offset) }
    }
  }
}
