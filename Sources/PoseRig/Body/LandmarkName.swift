/// The landmarks every body has.
public enum LandmarkName {
  /// All of them.
  public static let all: [String] =
    ["nose", "leftEye", "rightEye", "leftEar", "rightEar"]
    + (0..<68).map { "face\($0)" } + ["leftPupil", "rightPupil"]
    + ["left", "right"].flatMap { side in
      ["ThumbTip", "IndexTip", "MiddleTip", "RingTip", "LittleTip", "BigToe", "SmallToe", "Heel"]
        .map { side + $0 }
    }
}
