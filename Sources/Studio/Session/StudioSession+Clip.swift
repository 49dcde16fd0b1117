public import PoseRig
internal import SceneFiles

/// Times of clips.
extension StudioSession {
  /// The duration of the scene's clips, in seconds; 0 without motion.
  public var duration: Double { described?.clipDuration ?? 0 }

  /// The scene to show: as its file has it, or at a time of its clips.
  public var shown: PosedScene? { moment ?? posed }

  /// Shows a time of the clips, until the next edit.
  ///
  /// - Throws: a fault for clips that cannot be shown.
  public func show(time seconds: Double) throws(SceneEditFault) {
    guard let described else { return }
    if clip == nil { clip = try ClipScene(described) }
    guard let clip else { return }
    time = min(max(seconds, 0), duration)
    moment = clip.posed(at: time)
    noteChange()
  }

  /// Gives a character the pose that its motion has at a time.
  public func takeFrame(of id: String, at seconds: Double) throws(SceneEditFault) {
    guard let pose = described?.motionPose(of: id, at: seconds) else {
      throw .wrongForm("\(id) does not move")
    }
    try make(
      .several(
        [.pose(id, PoseWriter.value(of: pose, named: true))],
        description: "\(id) as at \(DecimalText.rounded(seconds, 2)) s"))
  }
}
