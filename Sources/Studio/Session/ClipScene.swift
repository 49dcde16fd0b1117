internal import PoseRig
internal import SceneFiles

/// A scene at the times of its clips, as `posemap render --frames` draws it.
struct ClipScene: Sendable {
  private let sequence: SceneSequence

  /// The largest number of frames to measure for a preview.
  private static let longest = 3_000

  /// Measures a scene's clips; nil for a scene without motion. Throws a sentence if they cannot be
  /// shown.
  init?(_ scene: Scene) throws(SceneEditFault) {
    guard let (motion, remaining) = scene.longestMotion, remaining > 0 else { return nil }
    let count = PoseMotion.frameCount(lasting: remaining, at: motion.frameRate)
    guard count <= Self.longest else {
      throw .wrongForm("the clip has \(count) frames; the studio shows up to \(Self.longest)")
    }
    var findings: [Finding] = []
    guard
      let sequence = SceneSequence(
        scene, frames: 0...(count - 1), rate: motion.frameRate, findings: &findings)
    else { throw .wrongForm("the clip cannot be shown: a character is outside its picture") }
    self.sequence = sequence
  }

  /// Returns the scene at a time, in seconds from the clips' beginning.
  func posed(at seconds: Double) -> PosedScene? {
    let last = sequence.frames.upperBound
    return sequence.posed(min(max(Int((seconds * sequence.rate).rounded()), 0), last))
  }
}

extension Scene {
  /// The duration of its clips, in seconds; 0 without motion.
  var clipDuration: Double { longestMotion?.remaining ?? 0 }

  /// Returns the pose of a character at a time of its motion; nil for one that does not move.
  func motionPose(of id: String, at seconds: Double) -> Pose? {
    guard let character = characters.first(where: { $0.id == id }), let motion = character.motion
    else { return nil }
    return motion.pose(at: character.time + seconds)
  }
}
