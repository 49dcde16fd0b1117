#if canImport(Glibc)
  internal import Glibc
#endif

extension PosedProp {
  /// The prop with its surface in the world.
  init(_ prop: Prop) {
    self.init(id: prop.id, surface: PropSurface.surface(of: prop))
  }
}

/// Makes the surfaces of props.
enum PropSurface {
  /// The prop's surface in the world.
  static func surface(of prop: Prop) -> PosedSurface {
    var builder = Builder(label: SurfaceLabel(prop.sceneClass))
    switch prop.shape {
    case .box(let size): builder.addBox(size)
    case .cylinder(let radius, let height): builder.addCylinder(radius: radius, height: height)
    case .plane(let width, let depth):
      let (x, z) = (width / 2, depth / 2)
      builder.surface.isClosed = false
      builder.addFace([
        Vector3(-x, 0, z), Vector3(x, 0, z), Vector3(x, 0, -z), Vector3(-x, 0, -z),
      ])
    }
    let turn = Quaternion(intrinsicXYZ: prop.rotation * (.pi / 180))
    var surface = builder.surface
    surface.positions = surface.positions.map {
      SIMD3<Float>(turn.rotate(Vector3($0)) + prop.position)
    }
    surface.normals = surface.normals.map { SIMD3<Float>(turn.rotate(Vector3($0))) }
    return surface
  }

  /// Collects flat faces; each has its own corners, so that edges stay sharp.
  private struct Builder {
    let label: SurfaceLabel
    var surface = PosedSurface(positions: [], normals: [], triangles: [], labels: [])

    /// A convex polygon, counter-clockwise from outside, flat unless `normals` are given.
    mutating func addFace(_ corners: [Vector3], normals: [Vector3]? = nil) {
      let flat = (corners[1] - corners[0]).cross(corners[2] - corners[0]).normalized ?? .unitY
      let first = UInt32(surface.positions.count)
      for (index, corner) in corners.enumerated() {
        surface.positions.append(SIMD3<Float>(corner))
        surface.normals.append(SIMD3<Float>(normals?[index] ?? flat))
      }
      for index in 1..<UInt32(corners.count - 1) {
        surface.triangles.append(SIMD3(first, first + index, first + index + 1))
        surface.labels.append(label)
      }
    }

    mutating func addBox(_ size: Vector3) {
      let (x, y, z) = (size.x / 2, size.y, size.z / 2)
      func corner(_ sx: Double, _ high: Bool, _ sz: Double) -> Vector3 {
        Vector3(sx * x, high ? y : 0, sz * z)
      }
      addFace([corner(-1, false, 1), corner(1, false, 1), corner(1, true, 1), corner(-1, true, 1)])
      addFace([
        corner(1, false, -1), corner(-1, false, -1), corner(-1, true, -1), corner(1, true, -1),
      ])
      addFace([corner(1, false, 1), corner(1, false, -1), corner(1, true, -1), corner(1, true, 1)])
      addFace([
        corner(-1, false, -1), corner(-1, false, 1), corner(-1, true, 1), corner(-1, true, -1),
      ])
      addFace([corner(-1, true, 1), corner(1, true, 1), corner(1, true, -1), corner(-1, true, -1)])
      addFace([
        corner(-1, false, -1), corner(1, false, -1), corner(1, false, 1), corner(-1, false, 1),
      ])
    }

    mutating func addCylinder(radius: Double, height: Double) {
      let sides = 64
      let directions = (0..<sides).map { side in
        let angle = 2 * Double.pi * Double(side) / Double(sides)
        return Vector3(cos(angle), 0, -sin(angle))
      }
      let up = Vector3(0, height, 0)
      addFace(directions.map { $0 * radius + up })
      addFace(directions.reversed().map { $0 * radius })
      for side in 0..<sides {
        let (a, b) = (directions[side], directions[(side + 1) % sides])
        addFace(
          [a * radius, b * radius, b * radius + up, a * radius + up], normals: [a, b, b, a])
      }
    }
  }
}
