public import PoseRig

/// The treatment of keypoints that something hides.
public enum OccludedPolicy: String, SettingChoice {
  /// Every point in the picture is drawn.
  case draw
  /// Only points in plain sight are drawn.
  case drop
  /// Hidden points of the head are left out, as detectors leave them out; limbs stay, and so do
  /// hands.
  case faceOnly = "face-only"
  /// As ``faceOnly``, and a hand of which too little is seen is left out whole; limbs stay.
  case faceAndHands = "face-and-hands"
}
