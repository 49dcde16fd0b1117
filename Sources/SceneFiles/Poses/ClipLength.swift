internal import PoseRig

/// The limit to the frames of a clip, whether they are read, imported or rendered.
public enum ClipLength {
  /// Returns a sentence on a clip of too many frames; nil for a clip that may be.
  public static func fault(frames count: Int) -> String? {
    if count <= PoseMotion.maximumFrames { return nil }
    let number = count == .max ? "far more" : "\(count)"
    return "a clip has up to \(PoseMotion.maximumFrames) frames, and this would have \(number): "
      + "take a part of it, or fewer frames per second"
  }
}
