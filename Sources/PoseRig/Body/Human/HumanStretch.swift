extension HumanTemplate {
  /// Returns a shape and its joints in other proportions except for the height, still in
  /// MakeHuman's A-pose.
  ///
  /// Vertices follow the joints that they are skinned to, as in ``Body/proportioned(_:)``; so do
  /// those that hold clothes.
  func stretched(
    _ shape: [SIMD3<Float>], _ joints: [Vector3], by proportions: Proportions
  ) -> (shape: [SIMD3<Float>], joints: [Vector3]) {
    var rest = proportions
    rest.height = nil
    guard rest != Proportions() else { return (shape, joints) }
    let turns = TPoseRetarget(joints: joints).rotations
    let head = headHeights(shape, joints)
    if rest.heads != nil {
      var others = rest
      (others.heads, others.headSize) = (nil, 1)
      let plain = stretched(shape, joints, by: others).shape[..<surfaceVertices].map(\.y)
      rest = BodyStretch.sized(
        rest, head: head.crown - head.chin, crown: head.crown - head.joint,
        stature: Double((plain.max() ?? 0) - (plain.min() ?? 0)))
    }
    let stretch = BodyStretch(rest, chin: head.joint - head.chin)
    let moved = stretch.joints(joints, turns: turns)
    let frames = JointName.allCases.indices.map { joint in
      let axes = [Vector3.unitX, .unitY, .unitZ].map {
        SIMD3<Float>(stretch.stretch($0, by: joint, turns))
      }
      return (axes: axes, from: SIMD3<Float>(joints[joint]), to: SIMD3<Float>(moved[joint]))
    }
    let owners = JointName.allCases.map(\.index) + helpers.map(\.joint.index)
    var result = shape
    for vertex in shape.indices where weights[vertex].sum() > 0 {
      var point = SIMD3<Float>.zero
      for slot in 0..<4 where weights[vertex][slot] > 0 {
        let frame = frames[owners[Int(influences[vertex][slot])]]
        let offset = shape[vertex] - frame.from
        let stretched =
          frame.axes[0] * offset.x + frame.axes[1] * offset.y + frame.axes[2] * offset.z
        point += (frame.to + stretched) * weights[vertex][slot]
      }
      result[vertex] = point
    }
    return (result, moved)
  }

  /// Returns the heights of the crown, head joint and chin of a shape, in meters.
  private func headHeights(
    _ shape: [SIMD3<Float>], _ joints: [Vector3]
  ) -> (crown: Double, joint: Double, chin: Double) {
    let joint = joints[JointName.head.index].y
    let chin = landmarks[.face(8)].map { Double(shape[$0].y) } ?? joint
    return (Double(shape[..<surfaceVertices].map(\.y).max() ?? 0), joint, chin)
  }
}
