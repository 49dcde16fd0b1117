internal import PoseRig
internal import SceneFiles

/// The requested frames of a clip.
public enum FrameSelection: Equatable, Sendable {
  /// All frames.
  case all
  /// Some frames, counted from the clip's beginning.
  case range(ClosedRange<Int>)

  /// Returns the frame numbers for a clip of `duration` seconds at `rate` frames per second; fails
  /// with a sentence if there are too many, or if all are after its end.
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
        "--frames begins at \(range.lowerBound), but the longest clip ends at frame \(count - 1)")
    }
    return range
  }
}
