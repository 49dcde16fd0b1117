extension Body {
  /// Returns the joint that each vertex follows most.
  package func carriers() -> [JointName] {
    switch binding {
    case .linear(let skin): return surface.positions.indices.map { skin.carrier(of: $0) }
    case .dualQuaternion(let skin):
      let joints = JointName.allCases
      return skin.influences.map { influence in
        let index = Int(influence.x)
        return index < joints.count ? joints[index] : skin.helpers[index - joints.count].joint
      }
    }
  }

  /// Returns how much each vertex follows a joint, 0 to 1.
  func shares(of joint: JointName) -> [Double] {
    switch binding {
    case .linear(let skin):
      return surface.positions.indices.map { vertex in
        let range = Int(skin.starts[vertex])..<Int(skin.starts[vertex + 1])
        return range.reduce(0) {
          skin.bones[Int(skin.influences[$1])].joint == joint ? $0 + Double(skin.weights[$1]) : $0
        }
      }
    case .dualQuaternion(let skin):
      return zip(skin.influences, skin.weights).map { influence, weights in
        (0..<4).reduce(0) {
          Int(influence[$1]) == joint.index ? $0 + Double(weights[$1]) : $0
        }
      }
    }
  }
}
