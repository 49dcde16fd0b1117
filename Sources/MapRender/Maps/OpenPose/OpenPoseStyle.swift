internal import PoseRig

/// The style in which an OpenPose map is drawn on one canvas, in pixels.
struct OpenPoseStyle: Equatable, Sendable {
  /// Whether each limb is drawn for all people before the next, then dimmed with the whole canvas;
  /// otherwise, drawing is person by person.
  var limbByLimb = false
  /// Half the thickness of a limb at its middle.
  var stickWidth = 4
  var bodyPointRadius = 4
  var handLineWidth = 2
  var handPointRadius = 4
  var facePointRadius = 3
  /// Whether the two toes and the limbs leading to them are drawn.
  var toes = false
  /// Whether red and blue are swapped at the end.
  var swapsRedAndBlue = false

  /// Creates a style for a canvas; with xinsir's, the discs can grow with the sticks.
  ///
  /// Sources: ComfyUI's `dwpose/util.py` for xinsir's stick scale, which scales limbs but not
  /// points; VACE's `annotators/pose.py`; Wan2.2-Animate's `human_visualization.py`, "v2" widths.
  init(
    _ name: OpenPoseStyleName = .comfy, discs: OpenPoseDiscs = .fixed, width: Int, height: Int
  ) {
    switch name {
    case .comfy, .scail: break
    // A different pen draws this style.
    case .core: break
    case .v11: limbByLimb = true
    case .vace:
      limbByLimb = true
      swapsRedAndBlue = true
    case .xinsir:
      let side = max(width, height)
      stickWidth = side < 500 ? 4 : 4 * min(2 + side / 1000, 7)
      if discs == .scaled { bodyPointRadius = stickWidth }
    case .aapose:
      stickWidth = max(min(width, height) / 200 - 1, 1)
      bodyPointRadius = stickWidth
      handLineWidth = max(stickWidth / 2, 1)
      handPointRadius = handLineWidth
      toes = true
    }
  }
}
