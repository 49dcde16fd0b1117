/// A prop made of several shapes, with named places, as a file of `Rigs/props` describes it.
///
/// ```swift
/// let stool = PropDesign(
///   name: "stool", sceneClass: .seat,
///   parts: [.init(shape: .cylinder(radius: 0.17, height: 0.45))],
///   points: ["seat": .init(point: Vector3(0, 0.45, 0), direction: Vector3(0, 1, 0))])
/// let prop = Prop(id: "stool", shape: .thing(stool))
/// ```
public struct PropDesign: Equatable, Sendable {
  /// A shape among those that a thing is made of.
  public struct Part: Equatable, Sendable {
    /// The part's form, which is not a thing itself.
    public var shape: Prop.Shape
    /// The motion from the part to the thing.
    public var placement: Transform
    /// 1 or -1 for each axis of the thing along which the part is a mirror image.
    public var mirror: Vector3

    /// A part from its form and place.
    public init(
      shape: Prop.Shape, placement: Transform = .identity, mirror: Vector3 = Vector3(1, 1, 1)
    ) {
      self.shape = shape
      self.placement = placement
      self.mirror = mirror
    }

    /// Returns a point of the part's space in the thing's.
    func apply(_ point: Vector3) -> Vector3 { placement.apply(point) * mirror }
  }

  /// A point that goals can name.
  public struct NamedPoint: Equatable, Sendable {
    /// The point, in the thing's space.
    public var point: Vector3
    /// The way the surface faces there; nil where nothing lies against it.
    public var direction: Vector3?
    /// The line along which a hand closes around it; nil where no hand does.
    public var axis: Vector3?
    /// The way the palm of that hand faces; nil for any way around the axis.
    public var palm: Vector3?
    /// The way the knuckles of either hand face, instead of `palm`.
    public var knuckles: Vector3?
    /// How that hand holds it; nil for as a hammer.
    public var kind: GripKind?
    /// Whether it is held as well with the thumb at the other end.
    public var isEitherWay = false

    /// A named point from its parts.
    public init(point: Vector3, direction: Vector3? = nil, axis: Vector3? = nil) {
      self.point = point
      self.direction = direction
      self.axis = axis
    }
  }

  /// The thing's name, as scenes have it.
  public let name: String
  /// The thing in a sentence.
  public let summary: String
  /// The words that it is found by.
  public let tags: [String]
  /// The thing's class, for the segmentation map.
  public let sceneClass: SceneClass
  /// The shapes it is made of; empty for a thing that is a surface alone.
  public private(set) var parts: [Part]
  /// The named points.
  public private(set) var points: [String: NamedPoint]
  /// How many times as large it is as its file has it.
  public private(set) var scale = 1.0
  /// The surface in the thing's space.
  private(set) var mesh: PropMesh
  /// The smallest box around it, in its own space.
  public private(set) var bounds: PropBounds

  /// A thing made of shapes.
  /// - Precondition: there is a part, and none is a thing.
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

  /// A thing that is a surface, such as another program's model; it is put with the middle of its
  /// underside on the origin, and seen from both sides.
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

  /// Returns the thing as many times as large.
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
      var place = $0
      place.point *= factor
      return place
    }
    return scaled
  }
}

extension Prop.Shape {
  /// Returns the shape as many times as large.
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
