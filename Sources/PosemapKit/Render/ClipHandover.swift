internal import PoseRig

/// A clip in the form that a worker needs: the request, and the measurements of all its frames, so
/// that no worker repeats them.
struct ClipHandover {
  var job: RenderJob
  var task: SceneTask
  var frames: ClosedRange<Int>
  var rate: Double
  /// The camera for all frames.
  var camera: Camera
  /// The height by which each character is raised in all frames.
  var lifts: [Double]
  /// The characters' ranks from left to right, if maps use them to tell the characters apart.
  var identityRanks: [Int]?
}
