extension Body {
  /// Returns this body with other proportions: joints and surface move together. An imported model
  /// is returned unchanged.
  ///
  /// Each joint stretches its part along the three axes of the rest pose. Vertices follow the
  /// joints that they are skinned to, so the stretches blend as smoothly as the skin.
  public func proportioned(_ proportions: Proportions) -> Body {
    guard proportions != Proportions(), case .dualQuaternion(let skin) = binding else {
      return self
    }
    let sized = sized(proportions)
    let head = headHeights
    let stretch = BodyStretch(sized, chin: head.joint - head.chin)
    var body = self
    body.rig.restPositions = stretch.joints(rig.restPositions, turns: nil)
    let owners = JointName.allCases.map { [($0, 1)] } + skin.helpers.map(\.owners)
    let from = rig.restPositions.map { SIMD3<Float>($0) }
    let to = body.rig.restPositions.map { SIMD3<Float>($0) }
    let scale = stretch.factors.map { SIMD3<Float>($0) }
    for vertex in surface.positions.indices {
      var moved = SIMD3<Float>.zero
      for slot in 0..<4 where skin.weights[vertex][slot] > 0 {
        for (joint, share) in owners[Int(skin.influences[vertex][slot])] {
          let owner = joint.index
          let point = to[owner] + (surface.positions[vertex] - from[owner]) * scale[owner]
          moved += point * skin.weights[vertex][slot] * Float(share)
        }
      }
      body.surface.positions[vertex] = moved
    }
    body.stand(height: proportions.height)
    body.renewHalfBends()
    return body
  }

  /// Scales the whole body to `height` meters, if given, and puts its soles on y = 0.
  private mutating func stand(height: Double?) {
    let heights = surface.positions.map { $0.y }
    let low = heights.min() ?? 0
    let high = heights.max() ?? 1
    let scale = height.map { Float($0) / (high - low) } ?? 1
    let lift = SIMD3<Float>(0, -low, 0)
    surface.positions = surface.positions.map { ($0 + lift) * scale }
    rig.restPositions = rig.restPositions.map {
      ($0 + Vector3(0, -Double(low), 0)) * Double(scale)
    }
  }

  /// Returns proportions with the head size for the requested number of heads, if there is one.
  private func sized(_ proportions: Proportions) -> Proportions {
    guard let heads = proportions.heads else { return proportions }
    var rest = proportions
    (rest.heads, rest.headSize, rest.height) = (nil, 1, nil)
    let stature = proportioned(rest).headHeights.crown
    let head = headHeights
    // Skin that follows both head and neck moves less than either, so measure the actual result.
    var (aim, sized) = (proportions, rest)
    for _ in 0..<3 {
      sized = BodyStretch.sized(
        aim, head: head.crown - head.chin, crown: head.crown - head.joint, stature: stature)
      sized.height = nil
      let made = proportioned(sized).headHeights
      aim.heads = (aim.heads ?? heads) * heads * (made.crown - made.chin) / made.crown
    }
    sized.height = proportions.height
    return sized
  }

  /// The heights of the crown, head joint and chin at rest, in meters.
  private var headHeights: (crown: Double, joint: Double, chin: Double) {
    let chin = landmarks[.face(8)]?.position(on: surface.positions, surface.triangles).y
    let joint = rig[.head].y
    return (
      Double(surface.positions.map(\.y).max() ?? 0), joint, chin.map(Double.init) ?? joint
    )
  }
}
