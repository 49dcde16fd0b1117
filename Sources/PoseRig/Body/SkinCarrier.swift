extension Body {
  /// The joint that each vertex follows most.
  func carriers() -> [JointName] {
    if let skin { return surface.positions.indices.map { skin.carrier(of: $0) } }
    let joints = JointName.allCases
    return surface.influences.map { influence in
      let index = Int(influence.x)
      return index < joints.count ? joints[index] : helpers[index - joints.count].joint
    }
  }
}
