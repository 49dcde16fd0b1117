/// A body prepared for tailoring: its skin in the T-pose, and the ends of its limbs.
struct ClothBody {
  let body: Body
  let skin: DualQuaternionSkin
  /// The skin in the T-pose.
  var mesh: ClothMesh
  /// The joints of each possible influence, with shares.
  let owners: [[(joint: JointName, share: Double)]]
  /// The height of the lowest point between the legs, in meters.
  let crotch: Float

  /// Measures a body; nil for an imported model, since the surfaces of models vary too much.
  init?(_ body: Body) {
    guard case .dualQuaternion(let skin) = body.binding else { return nil }
    self.body = body
    self.skin = skin
    let posed = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest))
    let vertices = posed.positions.indices.map { index in
      ClothVertex(
        point: posed.positions[index], normal: posed.normals[index],
        influences: skin.influences[index], weights: skin.weights[index], source: index)
    }
    mesh = ClothMesh(vertices: vertices, triangles: posed.triangles)
    owners = JointName.allCases.map { [($0, 1)] } + skin.helpers.map(\.owners)
    let knees = Float(body.rig[.leftLowerLeg].y)
    crotch =
      posed.positions.filter { abs($0.x) < 0.01 && $0.y > knees }.map(\.y).min()
      ?? Float(body.rig[.leftUpperLeg].y)
  }

  /// Returns the position of a joint in the T-pose, in meters.
  func joint(_ name: JointName) -> SIMD3<Float> { SIMD3<Float>(body.rig[name]) }

  /// Returns the height of a level of the trunk: 0 at the hip joints, 1 at the base of the neck.
  func height(ofTrunk level: Float) -> Float {
    let low = joint(.leftUpperLeg).y
    return low + (joint(.neck).y - low) * level
  }

  /// Returns the height of a level of the legs: 0 at the hip joints, 1 at the ankles.
  func height(ofLeg level: Float) -> Float {
    let high = joint(.leftUpperLeg).y
    return high + (joint(.leftFoot).y - high) * level
  }

  /// Returns the share of a vertex that follows joints of some types, 0 to 1.
  func share(_ vertex: ClothVertex, of kinds: Set<JointKind>) -> Float {
    (0..<4).reduce(0) { sum, slot in
      owners[Int(vertex.influences[slot])].reduce(sum) { sum, owner in
        kinds.contains(owner.joint.kind) ? sum + vertex.weights[slot] * Float(owner.share) : sum
      }
    }
  }

  /// Converts points of the T-pose to the pose in which the surface is stored.
  func atRest(_ points: [SIMD3<Float>], _ vertices: [ClothVertex]) -> [SIMD3<Float>] {
    guard !skin.bind.isEmpty else { return points }
    let toTPose = Skinning.skinMotions(skin, body, PosedRig(rig: body.rig, pose: .rest))
    // The motion of a vertex is rigid, so four points determine it.
    let own = DualQuaternionSkin(
      helpers: skin.helpers, influences: vertices.map(\.influences),
      weights: vertices.map(\.weights), bind: skin.bind)
    func moved(_ point: SIMD3<Float>) -> [SIMD3<Float>] {
      SkinLoops.moved(Array(repeating: point, count: points.count), own, toTPose)
    }
    let origins = moved(.zero)
    let (x, y, z) = (moved(SIMD3(1, 0, 0)), moved(SIMD3(0, 1, 0)), moved(SIMD3(0, 0, 1)))
    return points.indices.map { index in
      let offset = points[index] - origins[index]
      let axes = [x, y, z].map { $0[index] - origins[index] }
      return SIMD3(offset.dot(axes[0]), offset.dot(axes[1]), offset.dot(axes[2]))
    }
  }
}
