#if canImport(Glibc)
  internal import Glibc
#endif

/// A rig with a skinned surface and landmarks, at rest (`docs/body-format.md`).
public struct Body: Equatable, Sendable {
  /// The body's name.
  public var name: String
  /// The joints at rest.
  public var rig: Rig
  /// The surface.
  public var surface: BodySurface
  /// Named points of the surface.
  public var landmarks: [LandmarkName: SurfacePoint]
  /// How the surface follows the joints.
  public var binding: Binding
  /// Joints that a foreign model does not have; they lie at the joint that carries them and are no
  /// keypoints.
  public var missing: Set<JointName> = []
  /// The garments on it.
  public var worn: [WornSurface] = []
  /// The clothes on it that hang.
  var hanging: [HangingCloth] = []
  /// The hats on it.
  var hats: [HatPlane] = []
  /// The part of the surface that garments leave to be seen; nil for all of it.
  public var uncovered: UncoveredSurface?
  /// The skin under clothes near their edges, which is pushed under them when it is drawn.
  var tucks: [SkinCover.Tuck] = []

  /// A body from its parts.
  public init(
    name: String, rig: Rig, surface: BodySurface, landmarks: [LandmarkName: SurfacePoint] = [:],
    binding: Binding
  ) {
    self.name = name
    self.rig = rig
    self.surface = surface
    self.landmarks = landmarks
    self.binding = binding
  }

  /// Extra frames that the skin follows beside the joints.
  public var helpers: [HelperJoint] {
    if case .dualQuaternion(let skin) = binding { skin.helpers } else { [] }
  }
}

/// A frame that moves with its joint but takes only a share of its turn.
///
/// With the joint's rotation split as swing · twist about the bone, the helper's is
/// swing^share · twist^share: skin near a shoulder must not be wrung when the arm turns.
public struct HelperJoint: Equatable, Sendable {
  /// How a helper bends otherwise than its joint.
  public struct Bend: Equatable, Sendable {
    /// The share of the swing that the helper takes, 0 to 1.
    public var share: Double
    /// The axis, of unit length, about which a positive swing draws the helper in.
    public var hinge: Vector3
    /// The way that it goes for a full turn about the hinge, in meters at rest; for less as far as
    /// a chord lies under its arc, 1 − cos(angle / 2) of it.
    public var draw: Vector3
    /// How far the joint is open in the T-pose against where the skin is at rest, in radians.
    public var opened = 0.0

    /// Takes in how the joint swings from where the skin is at rest to the T-pose: an axis times an
    /// angle in radians.
    mutating func open(by swing: Vector3) { opened = swing.dot(hinge) }
  }

  /// The helper's name, for messages.
  public var name: String
  /// The joint that the helper moves with.
  public var joint: JointName
  /// The bone's direction at rest, of unit length.
  public var axis: Vector3
  /// The share of the twist that the helper takes, 0 to 1.
  public var twistShare: Double
  /// How it bends; nil for as far as its joint.
  public var bend: Bend?

  /// A helper from its parts.
  public init(
    name: String, joint: JointName, axis: Vector3, twistShare: Double, bend: Bend? = nil
  ) {
    self.name = name
    self.joint = joint
    self.axis = axis
    self.twistShare = twistShare
    self.bend = bend
  }

  /// The joints whose skin the helper carries, and how much it is theirs: of half a bend one half
  /// is that of the joint before.
  var owners: [(joint: JointName, share: Double)] {
    guard let bend, let parent = joint.parent else { return [(joint, 1)] }
    return [(joint, bend.share), (parent, 1 - bend.share)]
  }

  /// Returns the frame's model-space transform where its joint is posed.
  public func modelFromHelper(in posedRig: PosedRig) -> Transform {
    let frame = posedRig.modelFromJoint[joint.index]
    let parent = joint.parent.map { posedRig.modelFromJoint[$0.index].rotation } ?? .identity
    let local = parent.inverse * frame.rotation
    let (swing, twist) = local.swingTwist(about: axis)
    let ownTwist = twist.scaled(by: twistShare)
    guard let bend else {
      return Transform(rotation: parent * swing * ownTwist, translation: frame.translation)
    }
    let rotation = parent * swing.scaled(by: bend.share) * ownTwist
    let opening = max(bend.opened + swing.logarithm.dot(bend.hinge), 0)
    let depth = 1 - cos(opening / 2)
    return Transform(
      rotation: rotation, translation: frame.translation + rotation.rotate(bend.draw) * depth)
  }
}

/// The triangles of a body at rest.
public struct BodySurface: Equatable, Sendable {
  /// Rest positions in meters.
  public var positions: [SIMD3<Float>]
  /// Three vertices a triangle, counter-clockwise from outside.
  public var triangles: [SIMD3<UInt32>]
  /// The label of each triangle.
  public var labels: [SurfaceLabel]
  /// The distance by which each vertex lies in the second half of its part, in meters at rest.
  public var sides: [Float]
  /// The tones of the face; nil for skin of one tone.
  public var tones: FaceTones?

  /// A surface from its parts.
  public init(
    positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>], labels: [SurfaceLabel], sides: [Float]
  ) {
    self.positions = positions
    self.triangles = triangles
    self.labels = labels
    self.sides = sides
  }
}

/// The triangles of a body's surface that no garment covers.
public struct UncoveredSurface: Equatable, Sendable {
  /// The triangles, in the order of the surface's.
  public var triangles: [SIMD3<UInt32>]
  /// The label of each.
  public var labels: [SurfaceLabel]

  /// Returns those triangles of a surface that are not hidden; nil if none is.
  init?(of surface: BodySurface, hidden: [Bool]) {
    guard hidden.contains(true) else { return nil }
    let seen = surface.triangles.indices.filter { !hidden.indices.contains($0) || !hidden[$0] }
    triangles = seen.map { surface.triangles[$0] }
    labels = seen.map { surface.labels[$0] }
  }
}

/// A point of a surface, in one of its triangles.
public struct SurfacePoint: Equatable, Sendable {
  /// The triangle.
  public var triangle: Int
  /// Weights of its three corners, summing to 1.
  public var barycentric: SIMD3<Float>

  /// A point from its triangle and weights.
  public init(triangle: Int, barycentric: SIMD3<Float>) {
    self.triangle = triangle
    self.barycentric = barycentric
  }

  /// Returns the point's location when the corners are at `positions`.
  public func position(
    on positions: [SIMD3<Float>], _ triangles: [SIMD3<UInt32>]
  ) -> SIMD3<Float> {
    let corners = triangles[triangle]
    return positions[Int(corners.x)] * barycentric.x + positions[Int(corners.y)] * barycentric.y
      + positions[Int(corners.z)] * barycentric.z
  }
}
