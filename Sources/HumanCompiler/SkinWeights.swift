internal import PoseRig

/// The skin weights of the surface in the form that bodies use: four skin joints per vertex, with
/// twist spread along the bones.
struct SkinWeights {
  /// The frames that take no twist, at the near end of each bone that twists.
  static let helpers: [HumanTemplate.Helper] = Side.both.flatMap { side in
    [(JointKind.upperArm, JointKind.lowerArm), (.lowerArm, .hand), (.upperLeg, .lowerLeg)].map {
      let (joint, end) = (JointName($0, side), JointName($1, side))
      return HumanTemplate.Helper(
        name: joint.rawValue + "Swing", joint: joint, end: end, twist: 0)
    }
  }

  /// The joints at which the borders between bones are too sharp for fully bent limbs: the distance
  /// around each over which the weights are spread (meters), and the number of times they are
  /// averaged with their neighbors'.
  private static let spread: [(kind: JointKind, reach: Double, rounds: Int)] = [
    (.upperArm, 0.19, 14), (.upperLeg, 0.20, 10),
  ]

  private let weights: [Int: [JointName: Double]]
  private let joints: [Vector3]

  init(_ rig: HumanRig, _ mesh: BaseMesh) {
    let joints = rig.jointVertices.map { vertices in
      vertices.reduce(Vector3.zero) { $0 + Vector3(mesh.positions[$1]) } / Double(vertices.count)
    }
    self.joints = joints
    var weights = rig.weights.mapValues(Self.normalized)
    Self.freeShoulders(&weights, mesh, joints)
    let neighbors = mesh.neighbors
    for (kind, reach, rounds) in Self.spread {
      for joint in Side.both.map({ JointName(kind, $0) }) {
        let share = mesh.positions.indices.reduce(into: [Int: Double]()) { shares, vertex in
          let distance = (Vector3(mesh.positions[vertex]) - joints[joint.index]).length
          if distance < reach, weights[vertex] != nil {
            shares[vertex] = 1 - (distance / reach) * (distance / reach)
          }
        }
        for _ in 0..<rounds { Self.diffuse(&weights, share, neighbors) }
      }
    }
    self.weights = weights
  }

  /// Takes the vertices on the trunk's side of the shoulder from the arms: a raised arm would
  /// rotate them down into the chest. Above the joint, the collarbone carries them, and below it
  /// the chest.
  private static func freeShoulders(
    _ weights: inout [Int: [JointName: Double]], _ mesh: BaseMesh, _ joints: [Vector3]
  ) {
    for side in Side.both {
      let (arm, elbow) = (JointName(.upperArm, side), JointName(.lowerArm, side))
      let collar = JointName(.shoulder, side)
      guard let armRun = (joints[elbow.index] - joints[arm.index]).normalized,
        let collarRun = (joints[arm.index] - joints[collar.index]).normalized,
        let across = (armRun + collarRun).normalized
      else { continue }
      for (vertex, own) in weights {
        guard let weight = own[arm] else { continue }
        let offset = Vector3(mesh.positions[vertex]) - joints[arm.index]
        let t = min(max((offset.dot(across) + 0.035) / 0.06, 0), 1)
        let kept = weight * t * t * (3 - 2 * t)
        weights[vertex]?[arm] = kept
        weights[vertex]?[offset.y > -0.02 ? collar : .upperChest, default: 0] += weight - kept
      }
    }
  }

  /// Moves each weight partway to the mean of the weights around it.
  private static func diffuse(
    _ weights: inout [Int: [JointName: Double]], _ share: [Int: Double], _ neighbors: [[Int]]
  ) {
    let before = weights
    for (vertex, share) in share {
      let around = neighbors[vertex].compactMap { before[$0] }
      guard let own = before[vertex], !around.isEmpty else { continue }
      var mixed = own.mapValues { $0 * (1 - share * 0.6) }
      for other in around {
        for (joint, weight) in other {
          mixed[joint, default: 0] += weight * share * 0.6 / Double(around.count)
        }
      }
      weights[vertex] = mixed
    }
  }

  private static func normalized(_ weights: [JointName: Double]) -> [JointName: Double] {
    let sum = weights.values.sorted().reduce(0, +)
    return sum > 0 ? weights.mapValues { $0 / sum } : weights
  }

  /// Returns the four strongest influences of a vertex and their shares.
  func strongest(
    _ vertex: Int, at position: SIMD3<Float>
  ) -> (influences: SIMD4<UInt8>, weights: SIMD4<Float>)? {
    guard let weights = weights[vertex], !weights.isEmpty else { return nil }
    var shares: [(index: Int, weight: Double)] = []
    for (joint, weight) in weights.sorted(by: { $0.key.index < $1.key.index }) {
      guard let helper = Self.helpers.firstIndex(where: { $0.joint == joint }) else {
        shares.append((joint.index, weight))
        continue
      }
      let twisted = along(joint, Self.helpers[helper], Vector3(position))
      shares.append((joint.index, weight * twisted))
      shares.append((JointName.allCases.count + helper, weight * (1 - twisted)))
    }
    shares = Array(shares.sorted { $0.weight > $1.weight }.prefix(4))
    let sum = shares.reduce(0) { $0 + $1.weight }
    guard sum > 0, sum.isFinite else { return nil }
    var result = (influences: SIMD4<UInt8>.zero, weights: SIMD4<Float>.zero)
    for (slot, share) in shares.enumerated() {
      result.influences[slot] = UInt8(share.index)
      result.weights[slot] = Float(share.weight / sum)
    }
    return result
  }

  /// Returns how far a point is along a bone, from 0 near its start to 1 near its end.
  private func along(
    _ joint: JointName, _ helper: HumanTemplate.Helper, _ point: Vector3
  ) -> Double {
    let run = joints[helper.end.index] - joints[joint.index]
    let share = (point - joints[joint.index]).dot(run) / run.dot(run)
    let start = joint.kind == .upperArm ? 0.2 : 0.12
    return min(max((share - start) / (0.85 - start), 0), 1)
  }
}
