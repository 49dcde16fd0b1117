/// The paths of heels and balls of both feet over a motion, sampled evenly, on the skeleton that
/// the motion was made for. Lengths are in leg lengths, so that a child and a giant walk alike.
struct FootCourse: Sendable {
  /// The number of samples per second.
  let rate: Double
  /// The number of samples.
  let count: Int
  /// The points by side (left, right), part and sample.
  let points: [[[Vector3]]]
  /// The speeds of the points, in leg lengths per second.
  let speeds: [[[Double]]]

  /// The smallest number of samples per second, which ensures that a foot set down between two
  /// frames is not missed.
  private static let leastRate = 30.0
  /// Half the time over which a speed is measured, in seconds; with less, the capture's noise
  /// dominates.
  private static let halfWindow = 0.025

  /// Samples a motion on a skeleton; nil for a motion of zero duration, and for one with more
  /// samples than ``PoseMotion/maximumFrames``.
  init?(_ motion: PoseMotion, on rig: Rig) {
    guard motion.duration > 0, motion.frameRate > 0, rig.legLength > 1e-6 else { return nil }
    let rate = motion.frameRate * max(1, (Self.leastRate / motion.frameRate - 1e-9).rounded(.up))
    let count = motion.frameCount(at: rate)
    guard (2...PoseMotion.maximumFrames).contains(count) else { return nil }
    let soles = Side.both.map { FootSole(rig, $0) }
    let samples = (0...(count - 1)).concurrentMap { sample -> [[Vector3]] in
      let posed = PosedRig(rig: rig, pose: motion.pose(at: Double(sample) / rate))
      return soles.map { sole in
        FootPart.allCases.map { part in
          let point = posed.modelFromJoint[sole.foot.index].apply(sole.pivots[part.rawValue])
          return (point - Vector3(0, sole.heights[part.rawValue], 0)) / rig.legLength
        }
      }
    }
    self.init(
      rate: rate,
      points: soles.indices.map { side in
        FootPart.allCases.map { part in samples.map { $0[side][part.rawValue] } }
      })
  }

  /// Creates a course from its points.
  init(rate: Double, points: [[[Vector3]]]) {
    self.rate = rate
    self.points = points
    count = points[0][0].count
    let half = max(1, Int((Self.halfWindow * rate).rounded()))
    speeds = points.map { $0.map { Self.speeds(of: $0, half, rate) } }
  }

  private static func speeds(of points: [Vector3], _ half: Int, _ rate: Double) -> [Double] {
    points.indices.map { sample in
      let (first, last) = (max(0, sample - half), min(points.count - 1, sample + half))
      return (points[last] - points[first]).length * rate / Double(max(1, last - first))
    }
  }
}
