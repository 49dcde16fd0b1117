/// A prop's surface in its own space, in meters.
struct PropMesh: Equatable, Sendable {
  var positions: [SIMD3<Float>] = []
  /// The unit normals, facing outward; at an edge each face has its own corners, so that it stays
  /// sharp.
  var normals: [SIMD3<Float>] = []
  /// Three corners per triangle, counter-clockwise from outside.
  var triangles: [SIMD3<UInt32>] = []
  /// Whether it encloses a volume.
  var isClosed = true

  /// Creates an empty surface.
  init() {}

  /// Creates the surface of a shape.
  init(of shape: Prop.Shape) {
    switch shape {
    case .box(let size): addBox(size)
    case .cylinder(let radius, let height): addCylinder(radius: radius, height: height)
    case .plane(let width, let depth):
      let (x, z) = (width / 2, depth / 2)
      isClosed = false
      addFace([Vector3(-x, 0, z), Vector3(x, 0, z), Vector3(x, 0, -z), Vector3(-x, 0, -z)])
    case .roundedBox(let size, let rounding): addRoundedBox(size, rounding: rounding)
    case .sphere(let size): addEllipsoid(size)
    case .cone(let radius, let top, let height):
      addLathe(.cone(radius: radius, topRadius: top, height: height))
    case .capsule(let radius, let height): addCapsule(radius: radius, height: height)
    case .torus(let radius, let thickness): addTorus(radius: radius, thickness: thickness)
    case .wedge(let size): addWedge(size)
    case .arch(let size, let thickness):
      addPrism(.arch(width: size.x, height: size.y, thickness: thickness), depth: size.z)
    case .lathe(let profile, let flatness): addLathe(profile, flatness: flatness)
    case .prism(let outline, let depth): addPrism(outline, depth: depth)
    case .tube(let path): addTube(path)
    case .thing(let design): self = design.mesh
    }
  }

  /// The bounding box.
  var bounds: PropBounds {
    let (low, high) = positions.bounds() ?? (.zero, .zero)
    return PropBounds(low: Vector3(low), high: Vector3(high))
  }

  /// Scales the surface.
  mutating func scale(by factor: Double) {
    positions = positions.map { SIMD3<Float>(Vector3($0) * factor) }
  }

  /// Adds a part of a prop, transformed to the prop's space.
  mutating func add(_ part: PropDesign.Part) {
    let mesh = PropMesh(of: part.shape)
    let first = UInt32(positions.count)
    positions += mesh.positions.map { SIMD3<Float>(part.apply(Vector3($0))) }
    normals += mesh.normals.map {
      SIMD3<Float>(part.placement.rotation.rotate(Vector3($0)) * part.mirror)
    }
    // Mirroring turns triangles inside out.
    let isTurned = part.mirror.x * part.mirror.y * part.mirror.z < 0
    triangles += mesh.triangles.map {
      (isTurned ? SIMD3($0.x, $0.z, $0.y) : $0) &+ SIMD3(repeating: first)
    }
    isClosed = isClosed && mesh.isClosed
  }

  // MARK: Faces

  /// Adds a convex polygon, counter-clockwise from outside, flat unless `normals` are given.
  mutating func addFace(_ corners: [Vector3], normals: [Vector3]? = nil) {
    let flat = (corners[1] - corners[0]).cross(corners[2] - corners[0]).normalized ?? .unitY
    let first = UInt32(positions.count)
    for (index, corner) in corners.enumerated() {
      positions.append(SIMD3<Float>(corner))
      self.normals.append(SIMD3<Float>(normals?[index] ?? flat))
    }
    for index in 1..<UInt32(corners.count - 1) {
      triangles.append(SIMD3(first, first + index, first + index + 1))
    }
  }

  /// Adds rows of corners with a quadrilateral between any four of them. Seen from outside, a row
  /// runs to the right and the next row is above it.
  mutating func addGrid(_ rows: [[(point: Vector3, normal: Vector3)]]) {
    let first = UInt32(positions.count)
    let columns = UInt32(rows[0].count)
    for row in rows {
      for corner in row {
        positions.append(SIMD3<Float>(corner.point))
        normals.append(SIMD3<Float>(corner.normal))
      }
    }
    for row in 0..<UInt32(rows.count - 1) {
      for column in 0..<columns - 1 {
        let here = first + row * columns + column
        addTriangle(here, here + 1, here + columns + 1)
        addTriangle(here, here + columns + 1, here + columns)
      }
    }
  }

  /// Adds a triangle, unless corners coincide, as at the poles of a sphere.
  mutating func addTriangle(_ a: UInt32, _ b: UInt32, _ c: UInt32) {
    let (p, q, r) = (positions[Int(a)], positions[Int(b)], positions[Int(c)])
    if p != q, q != r, r != p { triangles.append(SIMD3(a, b, c)) }
  }

  // MARK: Box and cylinder

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
    let directions = Circle.directions(64).dropLast()
    let up = Vector3(0, height, 0)
    addFace(directions.map { $0 * radius + up })
    addFace(directions.reversed().map { $0 * radius })
    for side in directions.indices {
      let (a, b) = (directions[side], directions[(side + 1) % directions.count])
      addFace([a * radius, b * radius, b * radius + up, a * radius + up], normals: [a, b, b, a])
    }
  }
}
