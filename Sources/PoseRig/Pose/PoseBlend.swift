/// Blends poses.
public enum PoseBlend {
  /// Returns the weighted mean of poses. Each joint's rotation is the one from which the weighted
  /// rotations to all others cancel (the Karcher mean; for two poses, the point between them);
  /// translations and faces are averaged. Weights are normalized.
  ///
  /// - Precondition: there is a pose, and weights are positive.
  public static func mean(of parts: [(pose: Pose, weight: Double)]) -> Pose {
    let total = parts.reduce(0) { $0 + $1.weight }
    let shares = parts.map { $0.weight / total }
    var mean = Pose.rest
    for joint in JointName.allCases {
      mean[joint] = rotation(parts.map { $0.pose[joint] }, shares)
    }
    for (part, share) in zip(parts, shares) {
      mean.translation += part.pose.translation * share
      for (name, value) in part.pose.face { mean.face[name, default: 0] += value * share }
    }
    let legs = Set(parts.filter { $0.pose.translation != .zero }.map(\.pose.legLength))
    mean.legLength = legs.count == 1 ? legs.first ?? nil : nil
    return mean
  }

  private static func rotation(_ rotations: [Quaternion], _ shares: [Double]) -> Quaternion {
    // Start from the heaviest, so that opposite rotations have a nearest one.
    let heaviest = shares.indices.max { (shares[$0], -$0) < (shares[$1], -$1) } ?? 0
    var mean = rotations[heaviest]
    for _ in 0..<24 {
      var step = Vector3.zero
      for (rotation, share) in zip(rotations, shares) {
        step += (mean.inverse * rotation).logarithm * share
      }
      mean = (mean * Quaternion(rotationVector: step)).normalized
      if step.length < 1e-12 { break }
    }
    return mean
  }
}
