internal import PoseRig

/// A posed surface taken back through linear blending, so that a viewer's blending lands on it
/// again.
///
/// posemap blends dual quaternions, glTF's viewers matrices. With B = Σ wⱼ Mⱼ the blend of a vertex
/// in this pose, the file holds B⁻¹ p for its place p. Normals go through B⁻¹ likewise: viewers
/// turn them by B itself, since the inverse transpose of each rigid Mⱼ is its own rotation.
struct UnblendedSurface {
  /// Blends that keep less than this share of a volume are not undone: the vertex would lie far off
  /// at rest.
  static let smallestDeterminant = 0.05

  var positions: [SIMD3<Float>] = []
  var normals: [SIMD3<Float>] = []
  /// The frames each vertex follows, strongest first; 0 where the weight is.
  var joints: [SIMD4<UInt16>] = []
  /// Their weights; the sum is 1 to the last bit.
  var weights: [SIMD4<Float>] = []
  /// How many vertices follow their strongest frame alone because their blend cannot be undone.
  var stiffVertices = 0

  /// The surface of a character with frames that move by `motions` from rest to the world.
  init(_ character: PosedCharacter, motions: [Transform]) {
    let posed = character.bodySurface
    let matrices = motions.map(BlendMatrix.init)
    for vertex in posed.positions.indices {
      var influence = Self.influence(on: vertex, of: character.body)
      var blend = influence.blend(matrices)
      if blend.determinant < Self.smallestDeterminant {
        stiffVertices += 1
        influence = Influence(lead: influence.joints.x)
        blend = influence.blend(matrices)
      }
      joints.append(influence.joints)
      weights.append(influence.weights)
      let position = Vector3(posed.positions[vertex])
      positions.append(SIMD3<Float>(blend.undo(position - blend.translation)))
      let normal = Vector3(posed.normals[vertex])
      normals.append(SIMD3<Float>(blend.undo(normal).normalized ?? normal))
    }
  }
}

extension UnblendedSurface {
  private static func influence(on vertex: Int, of body: Body) -> Influence {
    switch body.binding {
    case .dualQuaternion(let skin):
      let (joints, weights) = (skin.influences[vertex], skin.weights[vertex])
      return Influence((0..<4).map { (UInt16(joints[$0]), weights[$0]) })
    case .linear(let skin): return influence(on: vertex, of: skin)
    }
  }

  private static func influence(on vertex: Int, of skin: LinearSkin) -> Influence {
    // A foreign model's hair and twists follow the joint that carries them: in this pose the
    // surface is the same.
    var shares: [UInt16: Float] = [:]
    for slot in Int(skin.starts[vertex])..<Int(skin.starts[vertex + 1]) {
      let joint = skin.bones[Int(skin.influences[slot])].joint
      shares[UInt16(joint.index), default: 0] += skin.weights[slot]
    }
    let ordered = shares.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    return Influence(ordered.prefix(4).map { ($0.key, $0.value) })
  }
}

/// The joints and weights of a vertex as glTF wants them: each joint once, weights above 0 that sum
/// to exactly 1.
private struct Influence {
  var joints = SIMD4<UInt16>.zero
  var weights = SIMD4<Float>(1, 0, 0, 0)

  /// One frame alone.
  init(lead: UInt16) {
    joints.x = lead
  }

  /// Up to four frames and their shares, the strongest first.
  init(_ shares: [(joint: UInt16, weight: Float)]) {
    // Multiples of 2⁻²³ up to 1 add up without rounding in any order.
    let grain: Float = 0x1p-23
    let total = shares.reduce(0) { $0 + $1.weight }
    var merged: [(joint: UInt16, weight: Float)] = [(shares[0].joint, 0)]
    for share in shares.dropFirst() {
      let weight = (share.weight / total / grain).rounded() * grain
      let joint = share.joint
      guard weight > 0, joint != merged[0].joint else { continue }
      if let known = merged.firstIndex(where: { $0.joint == joint }) {
        merged[known].weight += weight
      } else {
        merged.append((joint, weight))
      }
    }
    merged[0].weight = 1 - merged.reduce(0) { $0 + $1.weight }
    for (slot, influence) in merged.enumerated() {
      self.joints[slot] = influence.joint
      self.weights[slot] = influence.weight
    }
  }

  func blend(_ matrices: [BlendMatrix]) -> BlendMatrix {
    var blend = matrices[Int(joints.x)] * Double(weights.x)
    for slot in 1..<4 where weights[slot] > 0 {
      blend = blend + matrices[Int(joints[slot])] * Double(weights[slot])
    }
    return blend
  }
}

/// Three columns and a translation, which can be added where rotations cannot.
private struct BlendMatrix {
  var x: Vector3
  var y: Vector3
  var z: Vector3
  var translation: Vector3

  init(x: Vector3, y: Vector3, z: Vector3, translation: Vector3) {
    self.x = x
    self.y = y
    self.z = z
    self.translation = translation
  }

  init(_ motion: Transform) {
    self.init(
      x: motion.rotation.rotate(.unitX), y: motion.rotation.rotate(.unitY),
      z: motion.rotation.rotate(.unitZ), translation: motion.translation)
  }

  static func + (a: BlendMatrix, b: BlendMatrix) -> BlendMatrix {
    BlendMatrix(
      x: a.x + b.x, y: a.y + b.y, z: a.z + b.z, translation: a.translation + b.translation)
  }

  static func * (a: BlendMatrix, factor: Double) -> BlendMatrix {
    BlendMatrix(
      x: a.x * factor, y: a.y * factor, z: a.z * factor, translation: a.translation * factor)
  }

  var determinant: Double { x.dot(y.cross(z)) }

  /// The vector that the three columns take to `vector` (Cramer's rule).
  func undo(_ vector: Vector3) -> Vector3 {
    Vector3(vector.dot(y.cross(z)), vector.dot(z.cross(x)), vector.dot(x.cross(y))) / determinant
  }
}
