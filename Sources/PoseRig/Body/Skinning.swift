/// A surface in a pose, as the renderer draws it.
public struct PosedSurface: Sendable {
  /// Positions in meters.
  public var positions: [SIMD3<Float>]
  /// Unit normals, outwards.
  public var normals: [SIMD3<Float>]
  /// Three vertices a triangle, counter-clockwise from outside.
  public var triangles: [SIMD3<UInt32>]
  /// The label of each triangle.
  public var labels: [SurfaceLabel]
  /// The distance by which each vertex lies in the second half of its part, in meters; empty for
  /// surfaces without halves.
  public var sides: [Float]
  /// Whether the surface encloses a volume, so that its back sides are never seen.
  public var isClosed: Bool
  /// Sides and transparency; nil for one opaque material.
  public var look: SurfaceLook?

  /// A surface from its parts.
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

/// Bends a body's surface by dual-quaternion skinning.
///
/// A weighted sum of matrices collapses a bent elbow and wrings a twisted wrist; blended dual
/// quaternions stay rigid motions, so the skin keeps its distance from the bone
/// (Kavan et al., *Geometric Skinning with Approximate Dual Quaternion Blending*, 2008).
public enum Skinning {
  /// Returns the surface of `body` in the pose of `posedRig`, every vertex moved by
  /// `worldFromModel` after.
  ///
  /// - Parameter withNormals: whether the surface gets normals and a look, which only drawing needs.
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

  /// Returns a surface with the normals and the look that it was posed without; `surface` must be of this pose.
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

  /// Returns the look of a body's skin, whose irises follow the eyes; nil for skin of one tone.
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

  /// Returns a garment on a body in the pose of `posedRig`, every vertex moved by `worldFromModel`
  /// after.
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

  /// Returns normals that are alike for all vertices of one place.
  /// - Parameter first: the first of the vertices in the place of each.
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

  /// Returns how each skin joint (joints, then helpers) moves a point from rest.
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

  /// Returns how each joint moves a point from the T-pose.
  static func jointMotions(_ body: Body, _ posedRig: PosedRig) -> [Transform] {
    zip(posedRig.modelFromJoint, body.rig.restPositions).map { motion($0, rest: $1) }
  }

  private static func motion(_ modelFromJoint: Transform, rest: Vector3) -> Transform {
    modelFromJoint * Transform(rotation: .identity, translation: -rest)
  }

  /// Returns the normals of a smooth surface.
  ///
  /// Each triangle counts by its sine over the product of the edges at the vertex, which is exact
  /// on spheres and needs no arc cosine (Max, *Weights for Computing Vertex Normals*, 1999).
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
