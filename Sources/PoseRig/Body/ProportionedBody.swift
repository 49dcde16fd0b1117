extension Body {
  /// Returns this body with other proportions: joints and surface move together. A foreign model
  /// stays as it is.
  ///
  /// Each joint stretches what hangs on it along the three axes of the rest pose. A vertex follows
  /// the joints that it is skinned to, so the stretches pass into each other as smoothly as the
  /// skin does.
  public func proportioned(_ proportions: Proportions) -> Body {
    guard proportions != Proportions(), case .dualQuaternion(let skin) = binding else {
      return self
    }
    let stretches = JointName.allCases.map { Self.stretch(of: $0, proportions) }
    var body = self
    for (index, joint) in JointName.allCases.enumerated() {
      guard let parent = joint.parent?.index else { continue }
      let offset = rig.restPositions[index] - rig.restPositions[parent]
      body.rig.restPositions[index] =
        body.rig.restPositions[parent] + offset * stretches[parent]
    }
    let owners = JointName.allCases.map(\.index) + skin.helpers.map(\.joint.index)
    let from = rig.restPositions.map { SIMD3<Float>($0) }
    let to = body.rig.restPositions.map { SIMD3<Float>($0) }
    let scale = stretches.map { SIMD3<Float>($0) }
    for vertex in surface.positions.indices {
      var moved = SIMD3<Float>.zero
      for slot in 0..<4 where skin.weights[vertex][slot] > 0 {
        let owner = owners[Int(skin.influences[vertex][slot])]
        let point = to[owner] + (surface.positions[vertex] - from[owner]) * scale[owner]
        moved += point * skin.weights[vertex][slot]
      }
      body.surface.positions[vertex] = moved
    }
    body.stand(height: proportions.height)
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

  /// Returns the factors by which one joint stretches its part of the surface, along x, y and z of
  /// the rest pose.
  ///
  /// Build thickens the trunk most (its depth, the waist also in breadth), limbs less, and hands,
  /// feet and head hardly.
  private static func stretch(of joint: JointName, _ p: Proportions) -> Vector3 {
    let trunk = p.build
    let limb = 1 + (p.build - 1) * 0.75
    let slight = 1 + (p.build - 1) * 0.2
    let broad = 1 + (p.build - 1) * 0.6
    let waist = (p.hipWidth + p.shoulderWidth) / 2
    switch joint.kind {
    case .hips: return Vector3(p.hipWidth * broad, 1, trunk)
    case .spine: return Vector3(waist * (1 + (p.build - 1) * 0.85), 1, trunk)
    case .chest: return Vector3((waist + p.shoulderWidth) / 2 * broad, 1, trunk)
    case .upperChest: return Vector3(p.shoulderWidth * (1 + (p.build - 1) * 0.45), 1, trunk)
    case .neck: return Vector3(limb, 1, limb)
    case .head, .eye, .jaw: return Vector3(repeating: p.headSize)
    case .upperLeg, .lowerLeg: return Vector3(limb, p.legLength, limb)
    case .foot, .toes: return Vector3(slight, 1, slight)
    case .shoulder: return Vector3(p.shoulderWidth, limb, limb)
    case .upperArm, .lowerArm: return Vector3(p.armLength, limb, limb)
    default: return Vector3(repeating: 1) * Vector3(1, slight, slight)
    }
  }
}
