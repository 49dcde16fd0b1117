internal import PoseRig

/// Bounds on how near and how far surfaces can appear, found without drawing them.
///
/// Corners that face the camera enclose everything that can show between them. Most frames of a
/// clip cannot reach beyond those already measured, and need not be drawn to find that out.
enum DepthReach {
  /// Returns the range, slightly widened to allow for rounding; nil if it cannot be determined
  /// because something is beside or behind the camera.
  static func range(of surfaces: [PosedSurface], _ camera: Camera) -> DepthRange? {
    var range: DepthRange?
    for surface in surfaces {
      guard let own = Self.range(of: surface, camera) else { return nil }
      range = range.union(own)
    }
    return range.map { DepthRange(near: $0.near * 0.9999, far: $0.far * 1.0001) }
  }

  private static func range(of surface: PosedSurface, _ camera: Camera) -> DepthRange? {
    let eye = SIMD3<Float>(camera.position)
    let axis = SIMD3<Float>(camera.worldFromCamera.rotation.rotate(Vector3(0, 0, -1)))
    let depths = surface.positions.map { ($0 - eye).dot(axis) }
    guard depths.allSatisfy({ $0 > 0.01 }) else { return nil }
    // Only such surfaces are never seen from behind.
    let isOneSided = surface.isClosed && surface.look?.isWhole ?? true
    var (near, far) = (Float.infinity, Float(0))
    for corners in surface.triangles {
      let (a, b, c) = (Int(corners.x), Int(corners.y), Int(corners.z))
      let nearest = min(depths[a], depths[b], depths[c])
      let farthest = max(depths[a], depths[b], depths[c])
      // Hardly any triangle changes the range, and for the others it does not matter which way they
      // face.
      guard nearest < near || farthest > far else { continue }
      if isOneSided {
        let corner = surface.positions[a]
        let normal = (surface.positions[b] - corner).cross(surface.positions[c] - corner)
        if normal.dot(corner - eye) > 0 { continue }
      }
      near = min(near, nearest)
      far = max(far, farthest)
    }
    return DepthRange(near: near, far: max(near, far))
  }
}
