public import PoseRig

extension MapName {
  /// The 24 parts of DensePose.
  public static let densepose = MapName(of: "densepose")
}

extension MapSettings {
  /// The colors of the DensePose map.
  public var densepose: DensePosePalette {
    get { self[DensePoseMap.palette] }
    set { self[DensePoseMap.palette] = newValue }
  }
}

/// The colors of a DensePose map.
public enum DensePosePalette: String, SettingChoice {
  /// OpenCV's VIRIDIS on its own darkest color, as MagicAnimate expects it.
  case viridis
  /// OpenCV's PARULA on black, as the SD 1.5 DensePose model expects it.
  case parula
}

/// The densepose map: DensePose's I map, which shows the body chart of each pixel, one of 24, in
/// the annotators' colors.
public enum DensePoseMap {
  static let palette = MapSetting<DensePosePalette>(
    "densepose", default: .viridis, help: "The DensePose map's colors: \(DensePosePalette.list).",
    description: "Default viridis, as in MagicAnimate; parula for SD 1.5's model.")

  static let kind = MapKind(
    .densepose, order: 130, summary: "DensePose's 24 charts",
    takenBy: "SD 1.5 DensePose, MagicAnimate", channels: .color, settings: [palette.row]
  ) { .color(draw($0.buffer, palette: $0.settings.densepose)) }

  /// Returns the charts' colors; props count as background. There is no UV map, because posemap's
  /// surface has no SMPL texture coordinates.
  public static func draw(_ buffer: GBuffer, palette: DensePosePalette) -> Inset<RGB8> {
    let colors = palette == .viridis ? viridis : parula
    return buffer.picture(background(palette)) { index in
      let chart = buffer.label(index).flatMap(chart) ?? 0
      return chart == 0 ? background(palette) : colors[chart]
    }
  }

  private static func background(_ palette: DensePosePalette) -> RGB8 {
    palette == .viridis ? viridis[0] : .black
  }

  /// Returns the chart of a label, 1 to 24; nil for a prop.
  ///
  /// 1 torso back, 2 front; 3 right hand, 4 left; 5 left foot, 6 right; thighs 7 right back, 8 left
  /// back, 9 right front, 10 left front; shins 11 to 14 in the same order; upper arms 15 left
  /// inner, 16 right inner, 17 left outer, 18 right outer; forearms 19 to 22 in the same order;
  /// head 23 right, 24 left.
  static func chart(_ label: SurfaceLabel) -> Int? {
    let second = label.half == .second
    switch label.underlyingPart {
    case nil: return nil
    case .head, .neck: return second ? 24 : 23
    case .torso, .pelvis: return second ? 1 : 2
    case .rightHand, .rightThumb, .rightIndexFinger, .rightMiddleFinger, .rightRingFinger,
      .rightLittleFinger:
      return 3
    case .leftHand, .leftThumb, .leftIndexFinger, .leftMiddleFinger, .leftRingFinger,
      .leftLittleFinger:
      return 4
    case .leftFoot: return 5
    case .rightFoot: return 6
    case .rightUpperLeg: return second ? 7 : 9
    case .leftUpperLeg: return second ? 8 : 10
    case .rightLowerLeg: return second ? 11 : 13
    case .leftLowerLeg: return second ? 12 : 14
    case .leftUpperArm: return second ? 17 : 15
    case .rightUpperArm: return second ? 18 : 16
    case .leftLowerArm: return second ? 21 : 19
    case .rightLowerArm: return second ? 22 : 20
    }
  }

  /// `cv2.COLORMAP_VIRIDIS` at 255/24 times 0 to 24.
  static let viridis = [
    RGB8(68, 1, 84), RGB8(71, 16, 99), RGB8(72, 31, 112), RGB8(71, 44, 122), RGB8(68, 57, 131),
    RGB8(64, 70, 136), RGB8(59, 81, 139), RGB8(54, 93, 141), RGB8(49, 104, 142),
    RGB8(44, 113, 142), RGB8(40, 124, 142), RGB8(37, 133, 142), RGB8(33, 144, 141),
    RGB8(31, 154, 138), RGB8(32, 163, 134), RGB8(39, 173, 129), RGB8(53, 183, 121),
    RGB8(70, 192, 111), RGB8(92, 200, 99), RGB8(115, 208, 86), RGB8(142, 214, 69),
    RGB8(170, 220, 50), RGB8(197, 224, 33), RGB8(226, 228, 24), RGB8(253, 231, 37),
  ]

  /// `cv2.COLORMAP_PARULA` at 255/24 times 0 to 24.
  static let parula = [
    RGB8(53, 42, 135), RGB8(37, 60, 163), RGB8(20, 80, 194), RGB8(4, 97, 223), RGB8(8, 110, 221),
    RGB8(14, 122, 216), RGB8(20, 132, 212), RGB8(15, 144, 208), RGB8(11, 156, 203),
    RGB8(6, 166, 198), RGB8(22, 173, 185), RGB8(38, 179, 172), RGB8(55, 185, 159),
    RGB8(86, 187, 144), RGB8(114, 189, 130), RGB8(145, 191, 116), RGB8(170, 189, 105),
    RGB8(192, 188, 96), RGB8(216, 186, 86), RGB8(228, 192, 74), RGB8(240, 199, 60),
    RGB8(252, 206, 46), RGB8(251, 220, 36), RGB8(250, 235, 25), RGB8(249, 251, 14),
  ]
}
