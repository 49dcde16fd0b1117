internal import PoseRig

/// The frames of a clip that are wanted.
public enum FrameSelection: Equatable, Sendable {
  /// All of it.
  case all
  /// Some of it, counted from the clip's beginning.
  case range(ClosedRange<Int>)

  /// Returns the numbers of the frames, of a clip of `duration` seconds at `rate` frames a second.
  func frames(lasting duration: Double, at rate: Double) -> ClosedRange<Int> {
    switch self {
    case .all: 0...(PoseMotion.frameCount(lasting: duration, at: rate) - 1)
    case .range(let range): range
    }
  }
}
