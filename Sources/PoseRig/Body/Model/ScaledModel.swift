extension Body {
  /// A foreign model made taller or smaller as a whole.
  public func scaled(toHeight height: Double) -> Body {
    guard let top = surface.positions.map(\.y).max(), top > 0 else { return self }
    var body = self
    let factor = height / Double(top)
    body.scale = scale * factor
    body.rig = Rig(restPositions: rig.restPositions.map { $0 * factor })
    body.surface.positions = surface.positions.map { $0 * Float(factor) }
    body.surface.sides = surface.sides.map { $0 * Float(factor) }
    body.skin?.bones = (skin?.bones ?? []).map {
      LinearSkin.Bone(joint: $0.joint, modelFromMesh: Matrix4(scale: factor) * $0.modelFromMesh)
    }
    return body
  }
}

extension Matrix4 {
  /// The same factor along all axes.
  init(scale: Double) {
    self.init(
      SIMD4(scale, 0, 0, 0), SIMD4(0, scale, 0, 0), SIMD4(0, 0, scale, 0), SIMD4(0, 0, 0, 1))
  }
}
