internal import PoseRig

/// The limit on the frames of a clip, whether they are read, imported or rendered.
public enum ClipLength {
  /// Returns a sentence about a clip with too many frames; nil if the number is allowed.
  public static func fault(frames count: Int) -> String? {
    if count <= PoseMotion.maximumFrames { return nil }
    let number = count == .max ? "far more" : "\(count)"
    return "a clip has up to \(PoseMotion.maximumFrames) frames, and this would have \(number): "
      + "take a part of it, or fewer frames per second"
  }
}
