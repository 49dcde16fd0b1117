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
  /// The way in which the surface follows the joints.
  public var binding: Binding
  /// The joints that an imported model does not have; they are in the position of the joint that
  /// carries them, and are not keypoints.
  public var missing: Set<JointName> = []
  /// The garments on it.
  public var worn: [WornSurface] = []
  /// The clothes on it that hang.
  var hanging: [HangingCloth] = []
  /// The hats on it.
  var hats: [HatPlane] = []
  /// The part of the surface that garments do not cover; nil for all of it.
  public var uncovered: UncoveredSurface?
  /// The skin near the edges of clothes, which is pushed under them when it is drawn.
  var tucks: [SkinCover.Tuck] = []

  /// Creates a body from its parts.
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

  /// The frames that the skin follows in addition to the joints.
  public var helpers: [HelperJoint] {
    if case .dualQuaternion(let skin) = binding { skin.helpers } else { [] }
  }
}

/// A frame that moves with its joint but takes only a share of its rotation.
///
/// With the joint's rotation decomposed as swing · twist about the bone, the helper's rotation is
/// swing^share · twist^share, so that skin near a shoulder is not wrung when the arm rotates.
public struct HelperJoint: Equatable, Sendable {
  /// The way in which a helper's bend differs from its joint's.
  public struct Bend: Equatable, Sendable {
    /// The share of the swing that the helper takes, 0 to 1.
    public var share: Double
    /// The axis, of unit length, about which a positive swing draws the helper in.
    public var hinge: Vector3
    /// The inward movement for a full turn about the hinge, in meters at rest; smaller turns move
    /// by 1 − cos(angle / 2) of it, like a chord under its arc.
    public var draw: Vector3
    /// The joint's opening in the T-pose relative to the skin's rest, in radians.
    public var opened = 0.0

    /// Takes the joint's swing from the skin's rest to the T-pose into account: an axis times an
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
  /// The bend; nil for the joint's own.
  public var bend: Bend?

  /// Creates a helper from its parts.
  public init(
    name: String, joint: JointName, axis: Vector3, twistShare: Double, bend: Bend? = nil
  ) {
    self.name = name
    self.joint = joint
    self.axis = axis
    self.twistShare = twistShare
    self.bend = bend
  }

  /// The owners of the skin that the helper carries, with shares: half of a half bend's skin
  /// belongs to the joint before.
  var owners: [(joint: JointName, share: Double)] {
    guard let bend, let parent = joint.parent else { return [(joint, 1)] }
    return [(joint, bend.share), (parent, 1 - bend.share)]
  }

  /// Returns the frame's model-space transform for a posed rig.
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
  /// Three vertices per triangle, counter-clockwise from outside.
  public var triangles: [SIMD3<UInt32>]
  /// The label of each triangle.
  public var labels: [SurfaceLabel]
  /// The signed distance of each vertex into the second half of its part, in meters at rest.
  public var sides: [Float]
  /// The tones of the face; nil for skin of uniform tone.
  public var tones: FaceTones?

  /// Creates a surface from its parts.
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
  /// The label of each triangle.
  public var labels: [SurfaceLabel]

  /// Selects those triangles of a surface that are not hidden; nil if there are no hidden ones.
  init?(of surface: BodySurface, hidden: [Bool]) {
    guard hidden.contains(true) else { return nil }
    let seen = surface.triangles.indices.filter { !hidden.indices.contains($0) || !hidden[$0] }
    triangles = seen.map { surface.triangles[$0] }
    labels = seen.map { surface.labels[$0] }
  }
}

/// A point on a triangle of a surface.
public struct SurfacePoint: Equatable, Sendable {
  /// The index of the triangle.
  public var triangle: Int
  /// The weights of its three corners, summing to 1.
  public var barycentric: SIMD3<Float>

  /// Creates a point from its triangle and weights.
  public init(triangle: Int, barycentric: SIMD3<Float>) {
    self.triangle = triangle
    self.barycentric = barycentric
  }

  /// Returns the point's position when the vertices are at `positions`.
  public func position(
    on positions: [SIMD3<Float>], _ triangles: [SIMD3<UInt32>]
  ) -> SIMD3<Float> {
    let corners = triangles[triangle]
    return positions[Int(corners.x)] * barycentric.x + positions[Int(corners.y)] * barycentric.y
      + positions[Int(corners.z)] * barycentric.z
  }
}
