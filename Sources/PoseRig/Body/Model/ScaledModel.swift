extension Body {
  /// Returns an imported model scaled to a height; returns other bodies unchanged.
  public func scaled(toHeight height: Double) -> Body {
    guard let top = surface.positions.map(\.y).max(), top > 0, case .linear(var skin) = binding
    else { return self }
    var body = self
    let factor = height / Double(top)
    skin.scale *= factor
    body.rig.restPositions = rig.restPositions.map { $0 * factor }
    body.surface.positions = surface.positions.map { $0 * Float(factor) }
    body.surface.sides = surface.sides.map { $0 * Float(factor) }
    skin.bones = skin.bones.map {
      LinearSkin.Bone(joint: $0.joint, modelFromMesh: Matrix4(scale: factor) * $0.modelFromMesh)
    }
    body.binding = .linear(skin)
    return body
  }
}

extension Matrix4 {
  /// Creates a matrix that scales by one factor along all axes.
  init(scale: Double) {
    self.init(
      SIMD4(scale, 0, 0, 0), SIMD4(0, scale, 0, 0), SIMD4(0, 0, scale, 0), SIMD4(0, 0, 0, 1))
  }
}
