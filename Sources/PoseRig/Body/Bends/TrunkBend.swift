/// Distributes the bend of the spine's joints over the trunk, so that no fold runs around the
/// waist.
struct TrunkBend {
  /// The joints from the hips up.
  private static let chain = [JointName.hips, .spine, .chest, .upperChest]
  /// The heights of all but the first, in meters.
  private let heights: SIMD3<Float>
  /// The extent of a bend above and below its joint, in meters.
  private let reach: Float
  private let trunk: SkinJoints

  init(_ joints: [Vector3]) {
    heights = SIMD3(
      Float(joints[Self.chain[1].index].y), Float(joints[Self.chain[2].index].y),
      Float(joints[Self.chain[3].index].y))
    reach = (heights.z - heights.x) * 0.42
    trunk = SkinJoints(JointName.allCases) { Self.chain.contains($0) }
  }

  /// Redistributes a vertex's shares of the trunk among the trunk's joints by its height.
  func spread(_ shares: inout VertexShares, at point: SIMD3<Float>) {
    let all = shares.sum(trunk)
    guard all > 0 else { return }
    shares.scale(by: 0, trunk)
    var above: Float = 1
    for index in 0..<4 {
      let next = index < 3 ? smoothStep((point.y - heights[index]) / (2 * reach) + 0.5, 0, 1) : 0
      shares.add(all * max(above - next, 0), to: UInt8(Self.chain[index].index))
      above = next
    }
  }
}
