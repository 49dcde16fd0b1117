/// Clothes or hair in MakeHuman's own form: a surface attached to the vertices of the base mesh, so
/// that it follows every shape (`docs/wear.md`).
public struct Garment: Equatable, Sendable {
  /// The number of vertices of MakeHuman's base mesh, `hm08`.
  public static let baseVertices = 19_158
  /// The number of its vertices that belong to the body.
  public static let bodyVertices = 13_380

  /// The garment's name.
  public var name: String
  /// The surface kind: hair or worn.
  public var kind: SurfaceKind
  /// The attachments of its vertices.
  public var anchors: [Anchor]
  /// The measures that its offsets scale with, along x, y and z; nil for an axis along which they
  /// keep their length.
  public var scales: [Scale?]
  /// Three vertices per triangle, counter-clockwise from outside.
  public var triangles: [SIMD3<UInt32>]
  /// The layer: of two garments, the one with the higher layer is outside.
  public var layer: Int
  /// Whether each vertex of the base mesh is covered: faces with only covered vertices are not
  /// drawn. Empty if there are no covered vertices.
  public var covers: [Bool]
  /// The cutout by a picture; nil if nothing is cut away.
  public var look: SurfaceLook?

  /// Creates a garment from its parts.
  public init(
    name: String, kind: SurfaceKind, anchors: [Anchor], scales: [Scale?] = [nil, nil, nil],
    triangles: [SIMD3<UInt32>], layer: Int = 0, covers: [Bool] = []
  ) {
    self.name = name
    self.kind = kind
    self.anchors = anchors
    self.scales = scales
    self.triangles = triangles
    self.layer = layer
    self.covers = covers
  }

  /// The attachment of a vertex to the base mesh: the weighted sum of three of its vertices, plus
  /// an offset.
  public struct Anchor: Hashable, Sendable, BitwiseCopyable {
    /// MakeHuman's indices of the three vertices.
    public var vertices: SIMD3<UInt16>
    /// The weights of the vertices; negative weights, and those above 1, extend beyond the
    /// triangle.
    public var weights: SIMD3<Float>
    /// The offset in meters, before scaling.
    public var offset: SIMD3<Float>

    /// Creates an attachment from its parts.
    public init(vertices: SIMD3<UInt16>, weights: SIMD3<Float>, offset: SIMD3<Float> = .zero) {
      self.vertices = vertices
      self.weights = weights
      self.offset = offset
    }

    /// Attaches a vertex to a single vertex of the base mesh.
    public init(on vertex: UInt16) {
      self.init(vertices: SIMD3(repeating: vertex), weights: SIMD3(1, 0, 0))
    }
  }

  /// A measure of the body along one axis.
  public struct Scale: Equatable, Sendable {
    /// MakeHuman's index of the vertex at one end.
    public var start: UInt16
    /// MakeHuman's index of the vertex at the other end.
    public var end: UInt16
    /// The distance in meters along the axis at which offsets keep their length.
    public var length: Float

    /// Creates a measure from its parts.
    public init(start: UInt16, end: UInt16, length: Float) {
      self.start = start
      self.end = end
      self.length = length
    }
  }
}

/// A garment fitted to a body, at rest.
public struct WornSurface: Equatable, Sendable {
  /// The surface kind.
  public var kind: SurfaceKind
  /// The rest positions in meters, separate from those of the body.
  public var positions: [SIMD3<Float>]
  /// Three vertices per triangle, counter-clockwise from outside.
  public var triangles: [SIMD3<UInt32>]
  /// The label of each triangle.
  public var labels: [SurfaceLabel]
  /// The signed distance of each vertex into the second half of the part below it, in meters; empty
  /// for hair.
  public var sides: [Float] = []
  /// The first vertex in the position of each vertex, if a texture seam duplicates vertices; empty
  /// if there are no duplicates.
  public var firstTwins: [Int] = []
  /// The layer: of two garments, the one with the higher layer is outside.
  var layer = 0
  /// The distance that each vertex can drop until it rests on something, in meters; empty for stiff
  /// cloth.
  var sag: [Float] = []
  /// The folds that form where joints bend; nil for leather and for hats.
  var folds: ClothFolds?
  /// The way in which it follows the joints, like the body.
  public var skin: DualQuaternionSkin
  /// The cutout by a picture; nil if nothing is cut away.
  public var look: SurfaceLook?

  /// Creates a fitted garment from its parts.
  public init(
    kind: SurfaceKind, positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>],
    labels: [SurfaceLabel], skin: DualQuaternionSkin, look: SurfaceLook? = nil
  ) {
    self.kind = kind
    self.positions = positions
    self.triangles = triangles
    self.labels = labels
    self.skin = skin
    self.look = look
  }
}
