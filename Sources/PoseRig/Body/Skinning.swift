/// A surface in a pose, as the renderer draws it.
public struct PosedSurface: Sendable {
  /// The positions in meters.
  public var positions: [SIMD3<Float>]
  /// The unit normals, facing outward.
  public var normals: [SIMD3<Float>]
  /// Three vertices per triangle, counter-clockwise from outside.
  public var triangles: [SIMD3<UInt32>]
  /// The label of each triangle.
  public var labels: [SurfaceLabel]
  /// The signed distance of each vertex into the second half of its part, in meters; empty for
  /// surfaces without halves.
  public var sides: [Float]
  /// Whether the surface encloses a volume, so that its back sides are never visible.
  public var isClosed: Bool
  /// The materials' sides and transparency; nil for one opaque material.
  public var look: SurfaceLook?

  /// Creates a surface from its parts.
  public init(
    positions: [SIMD3<Float>], normals: [SIMD3<Float>], triangles: [SIMD3<UInt32>],
    labels: [SurfaceLabel], sides: [Float] = [], isClosed: Bool = true
  ) {
    self.positions = positions
    self.normals = normals
    self.triangles = triangles
    self.labels = labels
    self.sides = sides
    self.isClosed = isClosed
  }
}

/// Deforms a body's surface by dual-quaternion skinning.
///
/// A weighted sum of matrices collapses a bent elbow and wrings a twisted wrist; blended dual
/// quaternions stay rigid motions, so the skin keeps its distance from the bone (Kavan et al.,
/// *Geometric Skinning with Approximate Dual Quaternion Blending*, 2008).
public enum Skinning {
  /// Returns the surface of `body` in the pose of `posedRig`, with every vertex then transformed by
  /// `worldFromModel`.
  ///
  /// - Parameter withNormals: whether the surface gets normals and a look, which only drawing
  ///   needs.
  public static func pose(
    _ body: Body, _ posedRig: PosedRig, worldFromModel: Transform = .identity,
    pose: Pose = .rest, withNormals: Bool = true
  ) -> PosedSurface {
    switch body.binding {
    case .linear(let skin):
      linear(skin, body, posedRig, worldFromModel, pose, withNormals)
    case .dualQuaternion(let skin):
      dualQuaternion(skin, body, posedRig, worldFromModel, withNormals)
    }
  }

  /// Returns a surface with the normals and look that it was posed without. `surface` must have
  /// this pose.
  static func withNormals(
    _ surface: PosedSurface, _ body: Body, _ posedRig: PosedRig, worldFromModel: Transform,
    pose: Pose
  ) -> PosedSurface {
    guard surface.normals.isEmpty else { return surface }
    switch body.binding {
    case .linear:
      return Self.pose(body, posedRig, worldFromModel: worldFromModel, pose: pose)
    case .dualQuaternion:
      var surface = surface
      surface.normals = vertexNormals(
        positions: surface.positions, triangles: surface.triangles)
      surface.look = look(of: body, posedRig)
      return surface
    }
  }

  /// Returns the look of a body's skin, with irises that follow the eyes; nil for skin of uniform
  /// tone.
  private static func look(of body: Body, _ posedRig: PosedRig) -> SurfaceLook? {
    body.surface.tones?.look(triangles: body.surface.triangles.count, posedRig: posedRig)
  }

  private static func linear(
    _ skin: LinearSkin, _ body: Body, _ posedRig: PosedRig, _ worldFromModel: Transform,
    _ pose: Pose, _ withNormals: Bool
  ) -> PosedSurface {
    let posed =
      if let own = pose.own(of: body) {
        skin.pose(
          own.bones.map { Matrix4(worldFromModel) * $0 }, face: pose.face, shapes: own.shapes,
          withNormals: withNormals)
      } else {
        skin.pose(
          jointMotions(body, posedRig).map { worldFromModel * $0 }, face: pose.face,
          withNormals: withNormals)
      }
    let surface = body.surface
    var result = PosedSurface(
      positions: posed.positions, normals: posed.normals, triangles: surface.triangles,
      labels: surface.labels, sides: surface.sides, isClosed: false)
    result.look = skin.look
    return result
  }

  private static func dualQuaternion(
    _ skin: DualQuaternionSkin, _ body: Body, _ posedRig: PosedRig, _ worldFromModel: Transform,
    _ withNormals: Bool
  ) -> PosedSurface {
    let surface = body.surface
    let positions = SkinLoops.moved(
      surface.positions, skin, skinMotions(skin, body, posedRig).map { worldFromModel * $0 })
    var posed = PosedSurface(
      positions: positions,
      normals: withNormals
        ? vertexNormals(positions: positions, triangles: surface.triangles) : [],
      triangles: surface.triangles, labels: surface.labels, sides: surface.sides)
    if withNormals { posed.look = look(of: body, posedRig) }
    return posed
  }

  /// Returns a garment on a body in the pose of `posedRig`, with every vertex then transformed by
  /// `worldFromModel`.
  static func pose(
    _ garment: WornSurface, on body: Body, _ posedRig: PosedRig, worldFromModel: Transform,
    withNormals: Bool
  ) -> PosedSurface {
    let motions = skinMotions(garment.skin, body, posedRig).map { worldFromModel * $0 }
    var rest = garment.positions
    garment.folds?.raise(&rest, on: body, posedRig)
    var positions = SkinLoops.moved(rest, garment.skin, motions)
    ClothSag.drop(&positions, of: garment, on: body, posedRig, worldFromModel)
    var surface = PosedSurface(
      positions: positions,
      normals: withNormals
        ? vertexNormals(positions: positions, triangles: garment.triangles) : [],
      triangles: garment.triangles, labels: garment.labels, sides: garment.sides, isClosed: false)
    if withNormals, !garment.firstTwins.isEmpty {
      surface.normals = joined(surface.normals, garment.firstTwins)
    }
    surface.look = garment.look
    return surface
  }

  /// Returns normals that are equal for all vertices in one position.
  ///
  /// - Parameter first: the first vertex in the position of each vertex.
  private static func joined(
    _ normals: [SIMD3<Float>], _ first: [Int]
  ) -> [SIMD3<Float>] {
    var sums = [SIMD3<Float>](repeating: .zero, count: normals.count)
    for (vertex, normal) in normals.enumerated() { sums[first[vertex]] += normal }
    return normals.indices.map { vertex in
      let sum = sums[first[vertex]]
      let length = sum.length
      return length > 1e-6 ? sum / length : normals[vertex]
    }
  }

  /// Returns the motion of each skin joint (joints, then helpers) from rest.
  static func skinMotions(
    _ skin: DualQuaternionSkin, _ body: Body, _ posedRig: PosedRig
  ) -> [Transform] {
    let joints = jointMotions(body, posedRig)
    let helpers = skin.helpers.map { helper in
      motion(helper.modelFromHelper(in: posedRig), rest: body.rig[helper.joint])
    }
    let motions = joints + helpers
    return skin.bind.isEmpty ? motions : zip(motions, skin.bind).map { $0 * $1 }
  }

  /// Returns the motion of each joint from the T-pose.
  static func jointMotions(_ body: Body, _ posedRig: PosedRig) -> [Transform] {
    zip(posedRig.modelFromJoint, body.rig.restPositions).map { motion($0, rest: $1) }
  }

  private static func motion(_ modelFromJoint: Transform, rest: Vector3) -> Transform {
    modelFromJoint * Transform(rotation: .identity, translation: -rest)
  }

  /// Returns the normals of a smooth surface.
  ///
  /// Each triangle is weighted by its sine over the product of the edges at the vertex, which is
  /// exact on spheres and requires no arc cosine (Max, *Weights for Computing Vertex Normals*,
  /// 1999).
  public static func vertexNormals(
    positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>]
  ) -> [SIMD3<Float>] {
    var normals = [SIMD3<Float>](repeating: .zero, count: positions.count)
    for corners in triangles {
      let (a, b, c) = (Int(corners.x), Int(corners.y), Int(corners.z))
      let ab = positions[b] - positions[a]
      let bc = positions[c] - positions[b]
      let ca = positions[a] - positions[c]
      let (abSquared, bcSquared, caSquared) = (ab.dot(ab), bc.dot(bc), ca.dot(ca))
      guard abSquared * bcSquared * caSquared > 0 else { continue }
      let area = ab.cross(-ca)
      normals[a] += area / (abSquared * caSquared)
      normals[b] += area / (abSquared * bcSquared)
      normals[c] += area / (bcSquared * caSquared)
    }
    return normals.map { normal in
      let length = normal.length
      return length > 0 ? normal / length : SIMD3(0, 0, 1)
    }
  }
}
