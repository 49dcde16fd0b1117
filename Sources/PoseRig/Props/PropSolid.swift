/// A prop as a solid in the world, for contacts and checks, which require distances from its
/// surface.
struct PropSolid {
  /// A convex or swept shape, in its own space.
  fileprivate enum Form {
    case box(size: Vector3, rounding: Double)
    case cylinder(radius: Double, height: Double)
    case plane(width: Double, depth: Double)
    case ellipsoid(radii: Vector3)
    case capsule(radius: Double, height: Double)
    case ring(radius: Double, tube: Double)
    case turned(Outline, flatness: Double)
    case drawn(Outline, half: Double, isSideways: Bool)
    case tube(TubePath)
  }

  fileprivate struct Piece {
    var form: Form
    var toOwn: Transform
    var mirror: Vector3
    /// A bounding sphere of the piece, in the prop's space.
    var middle: Vector3
    var reach: Double
  }

  private let pieces: [Piece]
  private let toProp: Transform
  /// The bounding box, in its own space.
  let bounds: PropBounds

  /// Creates the solid of a prop.
  init(_ prop: Prop) {
    toProp = prop.worldFromProp.inverse
    bounds = prop.shape.bounds
    if case .thing(let design) = prop.shape {
      // The inside of a bare surface is unknown, so it has no pieces and touches nothing.
      pieces = design.parts.flatMap(Piece.pieces)
    } else {
      pieces = Piece.pieces(of: PropDesign.Part(shape: prop.shape))
    }
  }

  private init(_ other: PropSolid, pieces: [Piece]) {
    (self.pieces, toProp, bounds) = (pieces, other.toProp, other.bounds)
  }

  /// Returns the solid with only the pieces within a distance of a point of its own space, in
  /// meters.
  func near(_ point: Vector3, _ distance: Double) -> PropSolid {
    PropSolid(self, pieces: pieces.filter { ($0.middle - point).length < $0.reach + distance })
  }

  /// Returns the distance of a point of the world from the surface in meters; negative inside.
  func distance(to point: Vector3) -> Double { ownDistance(to: toProp.apply(point)) }

  /// Returns the depth of a point of the world inside the solid, in meters; 0 or less outside.
  func depth(of point: Vector3) -> Double {
    let own = toProp.apply(point)
    guard all(own .> bounds.low), all(own .< bounds.high) else { return 0 }
    return -ownDistance(to: own)
  }

  /// Returns whether the solid is directly under a point of the world that is moved to a height in
  /// the prop's space.
  func isUnder(_ point: Vector3, at height: Double) -> Bool {
    let own = toProp.apply(point)
    return ownDistance(to: Vector3(own.x, height - Self.skin, own.z)) <= 0
  }

  /// The depth below its top at which a prop must still be solid to carry something, in meters.
  private static let skin = 0.01
  /// The distance at which a surface counts as reached, in meters.
  private static let met = 0.000_1

  /// Returns the height of the first surface below a point of the world, or up to `slack` above it;
  /// nil if there is none.
  func surface(under point: Vector3, slack: Double) -> Double? {
    if pieces.isEmpty { return nil }
    let down = toProp.rotation.rotate(-.unitY)
    var probe = toProp.apply(point) - down * slack
    var fallen = 0.0
    // Everything is within half of that distance.
    let reach = (probe - bounds.middle).length + bounds.size.length / 2
    for _ in 0..<64 {
      let distance = ownDistance(to: probe)
      if distance < Self.met { return fallen == 0 ? nil : point.y + slack - fallen }
      probe += down * distance
      fallen += distance
      if fallen > reach { return nil }
    }
    return nil
  }

  private func ownDistance(to point: Vector3) -> Double {
    var nearest = Double.infinity
    for piece in pieces {
      // It cannot be nearer than its bounding sphere.
      if pieces.count > 1, (point - piece.middle).length - piece.reach > nearest { continue }
      nearest = min(nearest, Self.distance(piece.toOwn.apply(point * piece.mirror), to: piece.form))
    }
    return nearest
  }

  // MARK: Forms

  private static func distance(_ p: Vector3, to form: Form) -> Double {
    switch form {
    case .box(let size, let rounding):
      let middle = size.y / 2
      return Self.away(
        abs(p.x) - size.x / 2 + rounding, abs(p.y - middle) - middle + rounding,
        abs(p.z) - size.z / 2 + rounding) - rounding
    case .cylinder(let radius, let height):
      let middle = height / 2
      return Self.away(
        (p.x * p.x + p.z * p.z).squareRoot() - radius, abs(p.y - middle) - middle)
    case .plane(let width, let depth):
      return Self.away(abs(p.x) - width / 2, abs(p.y), abs(p.z) - depth / 2)
    case .ellipsoid(let radii):
      let way = p - Vector3(0, radii.y, 0)
      let (once, twice) = ((way / radii).length, (way / (radii * radii)).length)
      // Exact for a sphere; for other ellipsoids, accurate near the surface.
      return twice < 1e-9 ? -min(radii.x, radii.y, radii.z) : once * (once - 1) / twice
    case .capsule(let radius, let height):
      let axis = min(max(p.y, radius), height - radius)
      return Vector3(p.x, p.y - axis, p.z).length - radius
    case .ring(let radius, let tube):
      let out = (p.x * p.x + p.z * p.z).squareRoot() - (radius - tube)
      return (out * out + (p.y - tube) * (p.y - tube)).squareRoot() - tube
    case .turned(let profile, let flatness):
      return Self.distance(p, to: profile, flatness: flatness)
    case .drawn(let outline, let half, let isSideways):
      let (across, along) = isSideways ? (p.z, p.x) : (p.x, p.z)
      return Self.away(outline.distance(to: SIMD2(across, p.y)), abs(along) - half)
    case .tube(let path): return path.distance(to: p)
    }
  }

  /// Returns the distance from a profile rotated about the vertical and flattened: exact for a
  /// round one; for others, accurate near the surface.
  private static func distance(
    _ p: Vector3, to profile: Outline, flatness: Double
  ) -> Double {
    let (x, z) = (p.x, p.z / flatness)
    let radius = (x * x + z * z).squareRoot()
    func round(_ radius: Double, _ y: Double) -> Double {
      profile.distance(to: SIMD2(radius, y), axis: true)
    }
    let distance = round(radius, p.y)
    guard flatness != 1, radius > step else { return distance * min(flatness, 1) }
    let out = (round(radius + step, p.y) - round(radius - step, p.y)) / (2 * step)
    let up = (round(radius, p.y + step) - round(radius, p.y - step)) / (2 * step)
    let slope = Vector3(out * x / radius, up, out * z / radius / flatness).length
    return distance / max(slope, 1)
  }

  /// The step for estimating a gradient, in meters.
  private static let step = 0.000_01

  /// Returns the distance from a shape with an inside where all of these are negative.
  private static func away(_ ways: Double...) -> Double {
    let length = ways.reduce(0) { $0 + max(0, $1) * max(0, $1) }.squareRoot()
    return length > 0 ? length : ways.max() ?? 0
  }
}

extension PropSolid.Piece {
  /// The number of segments of a tube per piece: few, so that most pieces are too far away to
  /// matter.
  private static let stretches = 8

  /// Returns the pieces of a part.
  fileprivate static func pieces(of part: PropDesign.Part) -> [PropSolid.Piece] {
    guard case .tube(let path) = part.shape else { return [PropSolid.Piece(part)] }
    return path.cut(into: stretches).map {
      var piece = part
      piece.shape = .tube($0)
      return PropSolid.Piece(piece)
    }
  }

  private init(_ part: PropDesign.Part) {
    form = PropSolid.Form(part.shape)
    toOwn = part.placement.inverse
    mirror = part.mirror
    let bounds = part.shape.bounds
    middle = part.apply(bounds.middle)
    reach = bounds.size.length / 2
  }
}

extension PropSolid.Form {
  fileprivate init(_ shape: Prop.Shape) {
    self =
      switch shape {
      case .box(let size): .box(size: size, rounding: 0)
      case .roundedBox(let size, let rounding): .box(size: size, rounding: rounding)
      case .cylinder(let radius, let height): .cylinder(radius: radius, height: height)
      case .plane(let width, let depth): .plane(width: width, depth: depth)
      case .sphere(let size): .ellipsoid(radii: size / 2)
      case .cone(let radius, let top, let height):
        .turned(.cone(radius: radius, topRadius: top, height: height), flatness: 1)
      case .capsule(let radius, let height): .capsule(radius: radius, height: height)
      case .torus(let radius, let thickness): .ring(radius: radius, tube: thickness / 2)
      case .wedge(let size):
        .drawn(.wedge(size), half: size.x / 2, isSideways: true)
      case .arch(let size, let thickness):
        .drawn(
          .arch(width: size.x, height: size.y, thickness: thickness), half: size.z / 2,
          isSideways: false)
      case .lathe(let profile, let flatness): .turned(profile, flatness: flatness)
      case .prism(let outline, let depth): .drawn(outline, half: depth / 2, isSideways: false)
      case .tube(let path): .tube(path)
      case .thing(let design): .box(size: design.bounds.size, rounding: 0)
      }
  }
}

extension Prop.Shape {
  /// Whether the shape has an inside.
  package var isSolid: Bool { if case .plane = self { false } else { true } }

  /// Returns whether a point of the prop's own space is above (or below) its top.
  package func covers(_ point: Vector3) -> Bool {
    switch self {
    case .box(let size): abs(point.x) <= size.x / 2 && abs(point.z) <= size.z / 2
    case .cylinder(let radius, _): point.x * point.x + point.z * point.z <= radius * radius
    case .plane(let width, let depth): abs(point.x) <= width / 2 && abs(point.z) <= depth / 2
    default: PropSolid(Prop(id: "", shape: self)).isUnder(point, at: height)
    }
  }

  /// Returns the point with a name in the prop's own space; nil if it does not exist.
  ///
  /// Every prop has `top` and `middle`; library props and files have their own points too.
  package func point(named name: String) -> PropDesign.NamedPoint? {
    switch name {
    case "top": return PropDesign.NamedPoint(point: Vector3(0, height, 0), direction: .unitY)
    case "middle":
      return PropDesign.NamedPoint(point: Vector3(0, (bounds.low.y + bounds.high.y) / 2, 0))
    default:
      if case .thing(let design) = self { return design.points[name] }
      return nil
    }
  }

  /// The names of its points: those that all props have, then the others in alphabetical order.
  package var pointNames: [String] {
    guard case .thing(let design) = self else { return ["top", "middle"] }
    return ["top", "middle"] + design.points.keys.sorted()
  }
}
