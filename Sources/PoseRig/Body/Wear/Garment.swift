/// Clothes or hair in MakeHuman's own form: a surface whose vertices hang on those of the base mesh,
/// so that it follows every shape (`docs/wear.md`).
public struct Garment: Equatable, Sendable {
  /// The number of vertices of MakeHuman's base mesh, `hm08`.
  public static let baseVertices = 19_158
  /// The number of its vertices that belong to the body.
  public static let bodyVertices = 13_380

  /// The garment's name.
  public var name: String
  /// What it counts as: hair or what is worn.
  public var kind: SurfaceKind
  /// Where its vertices hang.
  public var anchors: [Anchor]
  /// The measures that its offsets stretch with, along x, y and z; nil for an axis along which they
  /// keep their length.
  public var scales: [Scale?]
  /// Three vertices a triangle, counter-clockwise from outside.
  public var triangles: [SIMD3<UInt32>]
  /// How near to the skin it is worn: of two garments the higher lies outside.
  public var layer: Int
  /// Whether each vertex of the base mesh is covered: a face of which all are is not drawn. Empty
  /// if none is.
  public var covers: [Bool]
  /// What is cut away by a picture; nil if all of it is there.
  public var look: SurfaceLook?

  /// A garment from its parts.
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

  /// A vertex's hold on the base mesh: the weighted sum of three of its vertices, and an offset.
  public struct Anchor: Hashable, Sendable, BitwiseCopyable {
    /// MakeHuman's indices of the three vertices.
    public var vertices: SIMD3<UInt16>
    /// Their weights; negative ones and those over 1 reach beyond the triangle.
    public var weights: SIMD3<Float>
    /// The offset in meters, before it is stretched.
    public var offset: SIMD3<Float>

    /// A hold from its parts.
    public init(vertices: SIMD3<UInt16>, weights: SIMD3<Float>, offset: SIMD3<Float> = .zero) {
      self.vertices = vertices
      self.weights = weights
      self.offset = offset
    }

    /// A vertex that sits on one of the base mesh.
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

    /// A measure from its parts.
    public init(start: UInt16, end: UInt16, length: Float) {
      self.start = start
      self.end = end
      self.length = length
    }
  }
}

/// A garment fitted to a body, at rest.
public struct WornSurface: Equatable, Sendable {
  /// What it counts as.
  public var kind: SurfaceKind
  /// Rest positions in meters, beside those of the body.
  public var positions: [SIMD3<Float>]
  /// Three vertices a triangle, counter-clockwise from outside.
  public var triangles: [SIMD3<UInt32>]
  /// The label of each triangle.
  public var labels: [SurfaceLabel]
  /// The distance by which each vertex lies in the second half of the part below it, in meters;
  /// empty for hair.
  public var sides: [Float] = []
  /// The first of the vertices in the place of each, where a texture has several there; empty where
  /// none has.
  public var firstTwins: [Int] = []
  /// Of two garments the one with the higher layer lies outside.
  var layer = 0
  /// How far each vertex may drop before it lies on what is below, in meters; empty for cloth that
  /// does not.
  var sag: [Float] = []
  /// The folds that it throws where joints bend; nil for leather and for hats.
  var folds: ClothFolds?
  /// How it follows the joints, as the body does.
  public var skin: DualQuaternionSkin
  /// What is cut away by a picture; nil if all of it is there.
  public var look: SurfaceLook?

  /// A fitted garment from its parts.
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
