public import PoseRig

/// The treatment of keypoints that something hides.
public enum OccludedPolicy: String, SettingChoice {
  /// All points in the picture are drawn.
  case draw
  /// Only visible points are drawn.
  case drop
  /// Hidden points of the head are left out, as by detectors; limbs and hands stay.
  case faceOnly = "face-only"
  /// Like ``faceOnly``, and a hand of which too little is visible is left out completely; limbs
  /// stay.
  case faceAndHands = "face-and-hands"
}
