internal import PoseRig

/// The surface's weights in the form bodies have them: four skin joints a vertex, twist spread along the bones.
struct SkinWeights {
  /// The frames that take no twist, at the near end of each bone that twists.
  static let helpers: [HumanTemplate.Helper] = ["left", "right"].flatMap { side in
    [("UpperArm", "LowerArm"), ("LowerArm", "Hand"), ("UpperLeg", "LowerLeg")].map { bone, end in
      HumanTemplate.Helper(
        name: side + bone + "Swing", joint: side + bone, end: side + end, twist: 0)
    }
  }

  private let rig: HumanRig
  private let joints: [Vector3]

  init(_ rig: HumanRig, _ mesh: BaseMesh) {
    self.rig = rig
    joints = rig.jointVertices.map { vertices in
      vertices.reduce(Vector3.zero) { $0 + Vector3(mesh.positions[$1]) } / Double(vertices.count)
    }
  }

  /// The four strongest of a vertex and their shares.
  func strongest(
    _ vertex: Int, at place: SIMD3<Float>
  ) -> (influences: SIMD4<UInt8>, weights: SIMD4<Float>)? {
    guard let weights = rig.weights[vertex], !weights.isEmpty else { return nil }
    var shares: [(index: Int, weight: Double)] = []
    for (joint, weight) in weights.sorted(by: { $0.key.index < $1.key.index }) {
      guard let helper = Self.helpers.firstIndex(where: { $0.joint == joint.rawValue }) else {
        shares.append((joint.index, weight))
        continue
      }
      let twisted = along(joint, Self.helpers[helper], Vector3(place))
      shares.append((joint.index, weight * twisted))
      shares.append((JointName.allCases.count + helper, weight * (1 - twisted)))
    }
    shares = Array(shares.sorted { $0.weight > $1.weight }.prefix(4))
    let sum = shares.reduce(0) { $0 + $1.weight }
    guard sum > 0 else { return nil }
    var result = (influences: SIMD4<UInt8>.zero, weights: SIMD4<Float>.zero)
    for (slot, share) in shares.enumerated() {
      result.influences[slot] = UInt8(share.index)
      result.weights[slot] = Float(share.weight / sum)
    }
    return result
  }

  /// How far along a bone a place is, from 0 near its start to 1 near its end.
  private func along(
    _ joint: JointName, _ helper: HumanTemplate.Helper, _ place: Vector3
  ) -> Double {
    guard let end = JointName(rawValue: helper.end) else { return 1 }
    let run = joints[end.index] - joints[joint.index]
    let share = (place - joints[joint.index]).dot(run) / run.dot(run)
    let start = joint.kind == "upperArm" ? 0.2 : 0.12
    return min(max((share - start) / (0.85 - start), 0), 1)
  }
}
