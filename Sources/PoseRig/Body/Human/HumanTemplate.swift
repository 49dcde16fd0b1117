/// The parametric human: a base mesh, its morphs, and its rig (`docs/human.md`).
///
/// Everything is in MakeHuman's rest, an A-pose, in meters, with +Y up, +Z forward, and the
/// character's left along +X.
public struct HumanTemplate: Equatable, Sendable {
  /// The positions of all vertices: first those of the surface, then those that only determine
  /// joints or hold clothes.
  public var positions: [SIMD3<Float>]
  /// The number of vertices that belong to the surface.
  public var surfaceVertices: Int
  /// The index of each vertex in MakeHuman's base mesh, which garments refer to; from
  /// ``Garment/baseVertices`` up for vertices that are not MakeHuman's.
  public var makeHumanVertices: [UInt16]
  /// The surface: body, then eyeballs, then teeth.
  public var triangles: [SIMD3<UInt32>]
  /// Up to four skin joints per vertex (joints, then helpers), strongest first.
  public var influences: [SIMD4<UInt8>]
  /// The weights of the skin joints, summing to 1; all 0 for a vertex that only determines a joint.
  public var weights: [SIMD4<Float>]
  /// The part of each triangle.
  public var parts: [PartName]
  /// The frames that take only a share of their joint's twist.
  public var helpers: [Helper]
  /// The vertices that average to each joint's position, in `JointName.allCases` order.
  public var jointVertices: [[Int]]
  /// Morph targets by name.
  public var targets: [String: Target]
  /// The vertices that are interpolated between others after morphing.
  public var smoothing: [SmoothedVertex]
  /// Named points: vertices of the surface.
  public var landmarks: [LandmarkName: Int]
  /// The tissue of each vertex.
  public var tissues: [HumanTissue]
  /// The ranges of the joints.
  public var limits: JointLimits
  /// The tones of the face, which are calculated from the rest; nil before ``ready()``.
  public private(set) var tones: FaceTones?

  /// The weights for joints that bend far, which are calculated from the rest; nil before
  /// ``ready()``.
  private(set) var bending: BendingWeights?

  /// The name that scenes use for the human.
  public static let name = "human"

  /// A frame that follows a joint without some or all of its twist.
  public struct Helper: Equatable, Sendable, Codable {
    /// The helper's name, for messages.
    public var name: String
    /// The joint that it follows.
    public var joint: JointName
    /// The joint at the bone's other end.
    public var end: JointName
    /// The share of the twist that the helper takes, 0 to 1.
    public var twist: Double

    /// Creates a helper from its parts.
    public init(name: String, joint: JointName, end: JointName, twist: Double) {
      self.name = name
      self.joint = joint
      self.end = end
      self.twist = twist
    }
  }

  /// A vertex that is a weighted mean of others.
  public struct SmoothedVertex: Equatable, Sendable {
    /// The vertex.
    public var vertex: UInt16
    /// The others.
    public var sources: [UInt16]
    /// Their weights, summing to 1.
    public var weights: [Float]

    /// Creates a vertex from its parts.
    public init(vertex: UInt16, sources: [UInt16], weights: [Float]) {
      self.vertex = vertex
      self.sources = sources
      self.weights = weights
    }
  }

  /// Creates a template from its parts.
  public init(
    positions: [SIMD3<Float>], surfaceVertices: Int, makeHumanVertices: [UInt16],
    triangles: [SIMD3<UInt32>],
    influences: [SIMD4<UInt8>], weights: [SIMD4<Float>], parts: [PartName],
    helpers: [Helper], jointVertices: [[Int]], targets: [String: Target],
    smoothing: [SmoothedVertex], landmarks: [LandmarkName: Int], tissues: [HumanTissue],
    limits: JointLimits
  ) {
    self.positions = positions
    self.surfaceVertices = surfaceVertices
    self.makeHumanVertices = makeHumanVertices
    self.triangles = triangles
    self.influences = influences
    self.weights = weights
    self.parts = parts
    self.helpers = helpers
    self.jointVertices = jointVertices
    self.targets = targets
    self.smoothing = smoothing
    self.landmarks = landmarks
    self.tissues = tissues
    self.limits = limits
  }

  /// Draws the tones of the face, and prepares the weights for joints that bend far.
  ///
  /// - Precondition: every index of the template is valid.
  public mutating func ready() {
    tones = FaceTones(human: self)
    bending = BendingWeights(
      influences, weights, positions: positions, joints: joints(in: positions),
      helpers: helpers.map(\.joint))
  }
}
