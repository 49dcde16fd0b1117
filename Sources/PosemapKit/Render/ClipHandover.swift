internal import PoseRig

/// A clip as a worker needs it: the request, and the results of measuring all its frames, which no
/// worker measures again.
struct ClipHandover {
  var job: RenderJob
  var task: SceneTask
  var frames: ClosedRange<Int>
  var rate: Double
  /// The camera of all frames.
  var camera: Camera
  /// How far each character is moved up in all frames.
  var lifts: [Double]
  /// The characters' ranks from left to right, where maps tell them apart by it.
  var identityRanks: [Int]?
}
