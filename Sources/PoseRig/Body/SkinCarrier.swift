extension Body {
  /// Returns the joint with the largest weight at each vertex.
  package func carriers() -> [JointName] {
    switch binding {
    case .linear(let skin): return surface.positions.indices.map { skin.carrier(of: $0) }
    case .dualQuaternion(let skin):
      let joints = JointName.allCases
      return zip(skin.influences, skin.weights).map { influences, weights in
        // If two joints are equal, the vertex's other influences decide.
        let own = (0..<4).first { slot in
          let helper = Int(influences[slot]) - joints.count
          return weights[slot] > 0 && (helper < 0 || skin.helpers[helper].bend == nil)
        }
        let index = Int(influences[own ?? 0])
        return index < joints.count ? joints[index] : skin.helpers[index - joints.count].joint
      }
    }
  }

  /// Returns the share of each vertex that follows a joint, 0 to 1.
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
