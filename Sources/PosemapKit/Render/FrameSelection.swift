internal import PoseRig
internal import SceneFiles

/// The frames of a clip that are wanted.
public enum FrameSelection: Equatable, Sendable {
  /// All of it.
  case all
  /// Some of it, counted from the clip's beginning.
  case range(ClosedRange<Int>)

  /// Returns the numbers of the frames, of a clip of `duration` seconds at `rate` frames per
  /// second, or fails with a sentence if they are too many or all behind its end.
  func frames(
    of path: String, lasting duration: Double, at rate: Double
  ) throws(Failure) -> ClosedRange<Int> {
    let count = PoseMotion.frameCount(lasting: duration, at: rate)
    guard case .range(let range) = self else {
      if let fault = ClipLength.fault(frames: count) { throw Failure(.badData, of: path, fault) }
      return 0...(count - 1)
    }
    guard range.lowerBound < count else {
      throw Failure(
        .usage, of: path,
        "--frames begins at \(range.lowerBound), but its longest clip ends at frame \(count - 1)")
    }
    return range
  }
}
