public import PoseRig

/// The program that an OpenPose map reproduces.
public enum OpenPoseStyleName: String, SettingChoice {
  /// comfyui_controlnet_aux's RenderPeopleKps and today's annotators: person by person.
  case comfy
  /// ComfyUI's own SDPoseDrawKeypoints: limbs as bright as points, feet as dots.
  case core
  /// ControlNet 1.1 and DWPose: limb by limb for all people.
  case v11
  /// ComfyUI with xinsir's sticks, which grow with the canvas.
  case xinsir
  /// Wan-VACE: like v11, with red and blue swapped.
  case vace
  /// Wan2.2-Animate: 20 points including toes, thinner sticks.
  case aapose
  /// SCAIL: shaded 3D cylinders.
  case scail

  /// The parts that the style shows by default.
  public var usualParts: Set<OpenPosePart> {
    switch self {
    case .comfy, .v11, .xinsir, .scail: [.body, .hands, .face]
    case .core: [.body, .hands, .face, .feet]
    case .vace: [.body, .face]
    case .aapose: [.body, .hands]
    }
  }
}

/// A part of a person that an OpenPose map can show.
public enum OpenPosePart: String, SettingChoice {
  /// Limbs and body points.
  case body
  /// Both hands.
  case hands
  /// The dots of the face.
  case face
  /// The dots of toes and heels, which only ``OpenPoseStyleName/core`` draws.
  case feet
}

/// The size of the discs of xinsir's body points.
public enum OpenPoseDiscs: String, SettingChoice {
  /// A radius of 4 pixels, as drawn by comfyui_controlnet_aux.
  case fixed
  /// Scaled up as much as the sticks, as drawn by the function in the model's card.
  case scaled
}
