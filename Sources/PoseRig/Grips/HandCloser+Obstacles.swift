extension HandCloser {
  // MARK: Obstacles

  /// A part of the hand that fingers avoid.
  struct Capsule {
    var start: Vector3
    var end: Vector3
    var radius: Double

    func distance(to point: Vector3) -> Double {
      let (side, way) = (end - start, point - start)
      let share = min(max(way.dot(side) / max(side.dot(side), 1e-12), 0), 1)
      return (way - side * share).length - radius
    }
  }

  /// Returns the bones with flesh that a finger can intersect: for the thumb those of the fingers,
  /// for the fingers those of the palm.
  func obstacles(of finger: Int) -> [Capsule] {
    let toHand = rig.modelFromJoint[hand.hand.index].inverse
    func position(_ kind: JointKind) -> Vector3 {
      toHand.apply(rig.position(of: JointName(kind, hand.hand.side)))
    }
    guard finger == 0 else {
      let knuckles: [JointKind] = [
        .indexProximal, .middleProximal, .ringProximal, .littleProximal,
      ]
      return knuckles.map {
        Capsule(start: position($0) * 0.3, end: position($0), radius: palmDepth)
      }
    }
    return [Finger.index, .middle, .ring].flatMap { other -> [Capsule] in
      let joints = other.joints.map { JointName($0, hand.hand.side) }
      let frame = toHand * rig.modelFromJoint[joints[2].index]
      let tip = frame.apply(hand.tip(of: other) * 0.75)
      let line = joints.map { toHand.apply(rig.position(of: $0)) } + [tip]
      return (0..<3).map {
        Capsule(start: line[$0], end: line[$0 + 1], radius: hand.radius(of: joints[$0]))
      }
    }
  }

  /// Returns the distance of the skin of the thumb's last joint from the fingers, in meters;
  /// negative inside.
  func thumbRoom() -> Double {
    let obstacles = obstacles(of: 0)
    let points = hand.points(of: 0, hand.motions(rig))
    var nearest = Double.infinity
    for index in points.indices where hand.parts[0].carrier(of: index).kind == .thumbDistal {
      for obstacle in obstacles {
        nearest = min(nearest, obstacle.distance(to: Vector3(points[index])))
      }
    }
    return nearest
  }
}
