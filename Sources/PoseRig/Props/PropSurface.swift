extension PosedProp {
  /// Creates the prop with its surface in the world.
  init(_ prop: Prop) {
    self.init(id: prop.id, surface: PropSurface.surface(of: prop))
  }
}

/// Makes the surfaces of props.
enum PropSurface {
  /// Returns the prop's surface in the world.
  static func surface(of prop: Prop) -> PosedSurface {
    let mesh = PropMesh(of: prop.shape)
    let worldFromProp = prop.worldFromProp
    let label = SurfaceLabel(prop.sceneClass)
    return PosedSurface(
      positions: mesh.positions.map { SIMD3<Float>(worldFromProp.apply(Vector3($0))) },
      normals: mesh.normals.map { SIMD3<Float>(worldFromProp.rotation.rotate(Vector3($0))) },
      triangles: mesh.triangles,
      labels: [SurfaceLabel](repeating: label, count: mesh.triangles.count),
      isClosed: mesh.isClosed)
  }
}
