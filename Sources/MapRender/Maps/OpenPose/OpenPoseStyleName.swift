public import PoseRig

/// The program that an OpenPose map is drawn like.
public enum OpenPoseStyleName: String, SettingChoice {
  /// comfyui_controlnet_aux's RenderPeopleKps and today's annotators: person by person.
  case comfy
  /// ComfyUI's own SDPoseDrawKeypoints: limbs as bright as points, feet as dots.
  case core
  /// ControlNet 1.1 and DWPose: limb by limb over all persons.
  case v11
  /// ComfyUI with xinsir's sticks, which grow with the canvas.
  case xinsir
  /// Wan-VACE: as v11, red and blue swapped.
  case vace
  /// Wan2.2-Animate: 20 points with toes, thinner sticks.
  case aapose
  /// SCAIL: shaded cylinders in space.
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

/// A part of a person that an OpenPose map may show.
public enum OpenPosePart: String, SettingChoice {
  /// Limbs and body points.
  case body
  /// Both hands.
  case hands
  /// The dots of the face.
  case face
  /// The dots of toes and heels, which only ``OpenPoseStyleName/core`` has.
  case feet
}

/// The size of the discs of xinsir's body points.
public enum OpenPoseDiscs: String, SettingChoice {
  /// Of a radius of 4 pixels, as comfyui_controlnet_aux draws them.
  case fixed
  /// As much larger as the sticks are thicker, as the function of the model's card draws them.
  case scaled
}
