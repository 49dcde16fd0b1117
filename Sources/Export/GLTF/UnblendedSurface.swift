internal import PoseRig

/// A posed surface with linear blending undone, so that a viewer's blending reproduces it.
///
/// posemap blends dual quaternions, glTF viewers blend matrices. With B = Σ wⱼ Mⱼ the blend of a
/// vertex in this pose, the file holds B⁻¹ p for its position p. Normals are multiplied by B⁻¹ too:
/// viewers rotate them by B itself, since the inverse transpose of each rigid Mⱼ is its own
/// rotation.
struct UnblendedSurface {
  /// The smallest determinant of a blend that is undone: with less, the vertex would lie far away
  /// at rest.
  static let smallestDeterminant = 0.05

  var positions: [SIMD3<Float>] = []
  var normals: [SIMD3<Float>] = []
  /// The frames that each vertex follows, strongest first; 0 where the weight is 0.
  var joints: [SIMD4<UInt16>] = []
  /// The weights of the frames; their sum is exactly 1.
  var weights: [SIMD4<Float>] = []
  /// The number of vertices that follow only their strongest frame because their blend cannot be
  /// undone.
  var stiffVertices = 0

  /// Unblends the surface of a character with frames that move by `motions` from rest to the world.
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
    // Hair and twist joints of an imported model follow the joint that carries them, which gives
    // the same surface in this pose.
    var shares: [UInt16: Float] = [:]
    for slot in Int(skin.starts[vertex])..<Int(skin.starts[vertex + 1]) {
      let joint = skin.bones[Int(skin.influences[slot])].joint
      shares[UInt16(joint.index), default: 0] += skin.weights[slot]
    }
    let ordered = shares.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    return Influence(ordered.prefix(4).map { ($0.key, $0.value) })
  }
}

/// The joints and weights of a vertex as glTF requires them: each joint once, and positive weights
/// that sum to exactly 1.
private struct Influence {
  var joints = SIMD4<UInt16>.zero
  var weights = SIMD4<Float>(1, 0, 0, 0)

  /// Follows a single frame.
  init(lead: UInt16) {
    joints.x = lead
  }

  /// Follows up to four frames by their shares, the strongest first.
  init(_ shares: [(joint: UInt16, weight: Float)]) {
    // Multiples of 2⁻²³ up to 1 add without rounding errors in any order.
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

/// A matrix of three columns and a translation, which can be added, unlike rotations.
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

  /// Returns the vector that the three columns map to `vector` (Cramer's rule).
  func undo(_ vector: Vector3) -> Vector3 {
    Vector3(vector.dot(y.cross(z)), vector.dot(z.cross(x)), vector.dot(x.cross(y))) / determinant
  }
}
