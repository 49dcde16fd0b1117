/// How the maps of a scene are drawn. A map's own name is the key of its style.
public struct MapSettings: Equatable, Sendable {
  /// Whose drawing the OpenPose map follows.
  public var openpose = OpenPoseStyleName.comfy
  /// What of a person the OpenPose map shows; nil for what its style usually shows.
  public var openposeParts: Set<OpenPosePart>?
  /// Whether the discs of xinsir's body points grow with its sticks.
  public var openposeDiscs = OpenPoseDiscs.fixed
  /// What becomes of keypoints that something hides.
  public var occluded = OccludedPolicy.faceAndHands
  /// What the levels of the depth map are proportional to.
  public var depth = DepthCurve.disparity
  /// The distances that become white and the floor; nil for what suits what is drawn, see ``usedDepthRange``.
  public var depthRange: DepthRangeSource?
  /// The darkest level of a covered pixel in the depth map, 0 to 254 (of 255, also with 16 bits).
  public var depthFloor = 32
  /// Bits a pixel of the depth map, 8 or 16.
  public var depthBits = 8
  /// Which way the axes of the normal map go.
  public var normal = NormalAxes.bae
  /// Where the Canny map's edges come from.
  public var canny = CannySource.shaded
  /// How edges are found in the shaded picture.
  public var cannyDetector = CannyDetector()
  /// How far the mask and visible maps reach beyond the silhouette, in pixels; negative: how far they stay back. In ``growRange``.
  public var grow = 0
  /// How wide the ramp at the edge of the mask and visible maps is in all, in pixels. In ``featherRange``.
  public var feather = 0
  /// Whether the lines of canny, softedge and lineart are light or dark.
  public var lines = LineColors.lightOnDark
  /// The same for lineart alone; nil for what holds for all.
  public var lineart: LineColors?
  /// What the colours of the segmentation stand for.
  public var segmentation = SegmentationPalette.ade20k
  /// What is around the characters in a segmentation of identities.
  public var identityGround = IdentityGround.black
  /// The colours of the DensePose map.
  public var densepose = DensePosePalette.viridis
  /// The maps in which the scene's props are drawn.
  public var props: Set<MapName> = []

  /// How far masks may grow or shrink, in pixels.
  public static let growRange = -256...256
  /// How wide their ramps may be, in pixels.
  public static let featherRange = 0...256

  /// The defaults.
  public init() {}

  /// The distances that become white and the floor: those of all characters, or of everything where props are drawn among them.
  public var usedDepthRange: DepthRangeSource {
    depthRange ?? (props.contains(.depth) ? .scene : .characters)
  }

  /// Whether lineart's lines are light or dark.
  public var usedLineart: LineColors { lineart ?? lines }

  /// What is asked for and comes to nothing, a sentence each.
  public var idle: [String] {
    var sentences: [String] = []
    if openposeParts?.contains(.feet) == true, openpose != .core {
      sentences.append(
        openpose == .aapose
          ? "\"openposeParts\" has \"feet\", which are \"core\"'s dots; \"aapose\" draws its toes with the body"
          : "\"openposeParts\" has \"feet\", which only the style \"core\" draws, not \"\(openpose.rawValue)\""
      )
    }
    if openposeDiscs == .scaled, openpose != .xinsir {
      sentences.append(
        "\"openposeDiscs\" is for the style \"xinsir\", not for \"\(openpose.rawValue)\"")
    }
    if identityGround == .white, segmentation != .identities {
      sentences.append(
        "\"identityGround\" is for the segmentation \"identities\", not for \"\(segmentation.rawValue)\""
      )
    }
    return sentences
  }
}

/// Whose drawing an OpenPose map follows.
public enum OpenPoseStyleName: String, CaseIterable, Sendable {
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

  /// What the style shows unless told otherwise.
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
public enum OpenPosePart: String, CaseIterable, Sendable {
  /// Limbs and body points.
  case body
  /// Both hands.
  case hands
  /// The dots of the face.
  case face
  /// The dots of toes and heels, which only ``OpenPoseStyleName/core`` has.
  case feet
}

/// How large the discs of xinsir's body points are.
public enum OpenPoseDiscs: String, CaseIterable, Sendable {
  /// Of a radius of 4 pixels, as comfyui_controlnet_aux draws them.
  case fixed
  /// As much larger as the sticks are thicker, as the function of the model's card draws them.
  case scaled
}

/// What becomes of keypoints that something hides.
public enum OccludedPolicy: String, CaseIterable, Sendable {
  /// Every point in the picture is drawn.
  case draw
  /// Only points in plain sight are drawn.
  case drop
  /// Hidden points of the head are left out, as detectors leave them out; limbs stay, and so do hands.
  case faceOnly = "face-only"
  /// The same, and a hand of which too little is seen is left out whole; limbs stay.
  case faceAndHands = "face-and-hands"
}

/// What the levels of a depth map are proportional to.
public enum DepthCurve: String, CaseIterable, Sendable {
  /// 1/z, as MiDaS and Depth Anything.
  case disparity
  /// −z between the 2nd and the 85th percentile, as ZoeDepth's annotator.
  case zoe
  /// −z.
  case linear
}

/// Which distances become white and the floor of a depth map.
public enum DepthRangeSource: Equatable, Sendable {
  /// Those of everything in the scene, so that the maps of its characters agree, and props lie in the range.
  case scene
  /// Those of all characters, so that their maps agree; props do not count.
  case characters
  /// Those of the character alone.
  case character
  /// These, in metres: the same for every frame of a clip.
  case fixed(near: Double, far: Double)
}

/// Which way the axes of a normal map go.
public enum NormalAxes: String, CaseIterable, Sendable {
  /// NormalBae, ControlNet 1.1: red = screen-left, green = up, blue = to the camera.
  case bae
  /// ControlNet 1.0: red = to the camera, green = up, blue = screen-left.
  case midas
  /// OpenGL and three.js: red = screen-right, green = up.
  case opengl
  /// DirectX: red = screen-right, green = down.
  case directx
}

/// Where the Canny map's edges come from.
public enum CannySource: String, CaseIterable, Sendable {
  /// `cv2.Canny` on the shaded picture.
  case shaded
  /// Jumps of depth, folds and borders of parts, one pixel wide.
  case geometry
}

/// The arguments of `cv2.Canny`.
public struct CannyDetector: Equatable, Sendable {
  /// How a gradient's length is measured.
  public enum Norm: String, CaseIterable, Sendable {
    /// |dx| + |dy|.
    case l1 = "L1"
    /// √(dx² + dy²).
    case l2 = "L2"
  }

  /// Gradient above which a pixel continues an edge.
  public var low: Double
  /// Gradient above which a pixel starts one.
  public var high: Double
  /// Width of the Sobel kernel: 3, 5 or 7.
  public var aperture: Int
  /// How gradients are measured.
  public var norm: Norm
  /// Whether the picture is made grey first, as VideoX-Fun does.
  public var gray: Bool

  /// The annotators' arguments, unless told otherwise.
  public init(
    low: Double = 100, high: Double = 200, aperture: Int = 3, norm: Norm = .l1, gray: Bool = false
  ) {
    self.low = low
    self.high = high
    self.aperture = aperture
    self.norm = norm
    self.gray = gray
  }
}

/// Whether lines are light or dark.
public enum LineColors: String, CaseIterable, Sendable {
  /// White on black, as models take it.
  case lightOnDark = "light-on-dark"
  /// Black on white, as it is drawn.
  case darkOnLight = "dark-on-light"
}

/// What the colours of a segmentation stand for.
public enum SegmentationPalette: String, CaseIterable, Sendable {
  /// Classes of ADE20K.
  case ade20k
  /// Parts of the body.
  case parts
  /// Characters.
  case characters
  /// Characters, in the six colours that SCAIL-2 and region models tell apart.
  case identities
}

/// What is around the characters in a segmentation of identities.
public enum IdentityGround: String, CaseIterable, Sendable {
  /// Black: SCAIL-2 animates.
  case black
  /// White: SCAIL-2 replaces people.
  case white
}

/// The colours of a DensePose map.
public enum DensePosePalette: String, CaseIterable, Sendable {
  /// OpenCV's VIRIDIS on its own darkest colour, as MagicAnimate takes it.
  case viridis
  /// OpenCV's PARULA on black, as the SD 1.5 DensePose model takes it.
  case parula
}
