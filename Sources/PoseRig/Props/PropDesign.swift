/// A prop made of several shapes, with named points, as a file of `Rigs/props` describes it.
///
/// ```swift
/// let stool = PropDesign(
///   name: "stool", sceneClass: .seat,
///   parts: [.init(shape: .cylinder(radius: 0.17, height: 0.45))],
///   points: ["seat": .init(point: Vector3(0, 0.45, 0), direction: Vector3(0, 1, 0))])
/// let prop = Prop(id: "stool", shape: .thing(stool))
/// ```
public struct PropDesign: Equatable, Sendable {
  /// One of the shapes that a prop is made of.
  public struct Part: Equatable, Sendable {
    /// The part's shape, which is not itself a design.
    public var shape: Prop.Shape
    /// The transform from the part to the prop.
    public var placement: Transform
    /// The mirroring: 1 or -1 for each axis of the prop.
    public var mirror: Vector3

    /// Creates a part from its shape and transform.
    public init(
      shape: Prop.Shape, placement: Transform = .identity, mirror: Vector3 = Vector3(1, 1, 1)
    ) {
      self.shape = shape
      self.placement = placement
      self.mirror = mirror
    }

    /// Converts a point of the part's space to the prop's.
    func apply(_ point: Vector3) -> Vector3 { placement.apply(point) * mirror }
  }

  /// A point that goals can name.
  public struct NamedPoint: Equatable, Sendable {
    /// The point, in the prop's space.
    public var point: Vector3
    /// The surface normal there; nil if nothing can lie against it.
    public var direction: Vector3?
    /// The line along which a hand closes around it; nil if no hand does.
    public var axis: Vector3?
    /// The direction that the palm of that hand faces; nil for any direction around the axis.
    public var palm: Vector3?
    /// The direction that the knuckles of either hand face, instead of `palm`.
    public var knuckles: Vector3?
    /// The way in which that hand holds it; nil for like a hammer.
    public var kind: GripKind?
    /// Whether it can also be held with the thumb at the other end.
    public var isEitherWay = false

    /// Creates a named point from its parts.
    public init(point: Vector3, direction: Vector3? = nil, axis: Vector3? = nil) {
      self.point = point
      self.direction = direction
      self.axis = axis
    }
  }

  /// The prop's name, as in scenes.
  public let name: String
  /// A sentence about the prop.
  public let summary: String
  /// The words by which it is found.
  public let tags: [String]
  /// The prop's class, for the segmentation map.
  public let sceneClass: SceneClass
  /// The shapes that it is made of; empty for a bare surface.
  public private(set) var parts: [Part]
  /// The named points.
  public private(set) var points: [String: NamedPoint]
  /// The scale relative to its file.
  public private(set) var scale = 1.0
  /// The surface in the prop's space.
  private(set) var mesh: PropMesh
  /// The bounding box, in its own space.
  public private(set) var bounds: PropBounds

  /// Creates a prop made of shapes.
  ///
  /// - Precondition: there is a part, and no part is itself a design.
  public init(
    name: String, summary: String = "", tags: [String] = [], sceneClass: SceneClass = .box,
    parts: [Part], points: [String: NamedPoint] = [:]
  ) {
    precondition(!parts.isEmpty, "PropDesign: a thing needs a part")
    var mesh = PropMesh()
    for part in parts { mesh.add(part) }
    self.init(
      name: name, summary: summary, tags: tags, sceneClass: sceneClass, mesh: mesh, points: points)
    self.parts = parts
  }

  /// Creates a prop from a surface, such as another program's model. The middle of its underside is
  /// moved to the origin, and it is visible from both sides.
  ///
  /// - Parameters:
  ///   - positions: points in meters.
  ///   - normals: a unit normal for each of them.
  ///   - triangles: three points each, counter-clockwise from outside.
  public init(
    name: String, positions: [SIMD3<Float>], normals: [SIMD3<Float>],
    triangles: [SIMD3<UInt32>]
  ) {
    var mesh = PropMesh()
    (mesh.positions, mesh.normals, mesh.triangles) = (positions, normals, triangles)
    mesh.isClosed = false
    let bounds = mesh.bounds
    let foot = SIMD3<Float>(Vector3(bounds.middle.x, bounds.low.y, bounds.middle.z))
    mesh.positions = positions.map { $0 - foot }
    self.init(name: name, sceneClass: .box, mesh: mesh)
  }

  private init(
    name: String, summary: String = "", tags: [String] = [], sceneClass: SceneClass, mesh: PropMesh,
    points: [String: NamedPoint] = [:]
  ) {
    self.name = name
    self.summary = summary
    self.tags = tags
    self.sceneClass = sceneClass
    self.mesh = mesh
    self.points = points
    parts = []
    bounds = mesh.bounds
  }

  /// Returns the scaled prop.
  public func scaled(by factor: Double) -> PropDesign {
    var scaled = self
    scaled.scale *= factor
    scaled.mesh.scale(by: factor)
    scaled.bounds = PropBounds(low: bounds.low * factor, high: bounds.high * factor)
    scaled.parts = parts.map {
      var part = $0
      part.shape = part.shape.scaled(by: factor)
      part.placement.translation *= factor
      return part
    }
    scaled.points = points.mapValues {
      var named = $0
      named.point *= factor
      return named
    }
    return scaled
  }
}

extension Prop.Shape {
  /// Returns the scaled shape.
  func scaled(by factor: Double) -> Prop.Shape {
    switch self {
    case .box(let size): .box(size: size * factor)
    case .cylinder(let radius, let height):
      .cylinder(radius: radius * factor, height: height * factor)
    case .plane(let width, let depth): .plane(width: width * factor, depth: depth * factor)
    case .roundedBox(let size, let rounding):
      .roundedBox(size: size * factor, rounding: rounding * factor)
    case .sphere(let size): .sphere(size: size * factor)
    case .cone(let radius, let top, let height):
      .cone(radius: radius * factor, topRadius: top * factor, height: height * factor)
    case .capsule(let radius, let height):
      .capsule(radius: radius * factor, height: height * factor)
    case .torus(let radius, let thickness):
      .torus(radius: radius * factor, thickness: thickness * factor)
    case .wedge(let size): .wedge(size: size * factor)
    case .arch(let size, let thickness): .arch(size: size * factor, thickness: thickness * factor)
    case .lathe(let profile, let flatness):
      .lathe(profile: profile.scaled(by: factor), flatness: flatness)
    case .prism(let outline, let depth):
      .prism(outline: outline.scaled(by: factor), depth: depth * factor)
    case .tube(let path): .tube(path.scaled(by: factor))
    case .thing(let design): .thing(design.scaled(by: factor))
    }
  }
}
