/// The maps there are, by the names that files and the command use.
public enum MapName: String, CaseIterable, Sendable {
  /// The OpenPose skeleton.
  case openpose
  /// Disparity, near = white.
  case depth
  /// Surface normals in NormalBae's axes.
  case normal
  /// The edges of the shaded picture.
  case canny
  /// The character's silhouette.
  case mask
  /// The studio picture that Canny reads.
  case shaded

  /// What is drawn when nothing else is asked for.
  public static let standard: [MapName] = [.openpose, .depth, .normal, .canny, .mask]
}
