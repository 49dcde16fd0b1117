extension Body {
  /// Returns the joint that each vertex follows most.
  func carriers() -> [JointName] {
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
}
