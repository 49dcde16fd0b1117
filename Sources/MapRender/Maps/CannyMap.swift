public import PoseRig

extension MapName {
  /// The edges of the shaded picture, or of the geometry.
  public static let canny = MapName(of: "canny")
}

extension MapSettings {
  /// The source of the Canny map's edges.
  public var canny: CannySource {
    get { self[CannyMap.source] }
    set { self[CannyMap.source] = newValue }
  }
  /// The arguments for finding edges in the shaded picture.
  public var cannyDetector: CannyDetector {
    get {
      let thresholds = self[CannyMap.thresholds]
      return CannyDetector(
        low: thresholds.low, high: thresholds.high, aperture: self[CannyMap.aperture],
        norm: self[CannyMap.norm], gray: self[CannyMap.gray])
    }
    set {
      self[CannyMap.thresholds] = CannyMap.Thresholds(low: newValue.low, high: newValue.high)
      self[CannyMap.aperture] = newValue.aperture
      self[CannyMap.norm] = newValue.norm
      self[CannyMap.gray] = newValue.gray
    }
  }
}

/// The source of the Canny map's edges.
public enum CannySource: String, SettingChoice {
  /// `cv2.Canny` on the shaded picture.
  case shaded
  /// Jumps of depth, folds and borders of parts, one pixel wide.
  case geometry
}

/// The Canny edge map: white lines where the picture changes, on black.
///
/// It is identical, bit for bit, to `cv2.Canny` on an RGB picture, which every annotator except the
/// gray ones calls with aperture 3 and L2gradient off.
public enum CannyMap {
  static let source = MapSetting<CannySource>(
    "canny", default: .shaded, help: "Where Canny's edges come from: \(CannySource.list).",
    description: "Where the Canny map's edges come from; default shaded: cv2.Canny.")

  static let thresholds = MapSetting<Thresholds>(
    "cannyThresholds",
    .pair(.init(names: ["low", "high"], range: 0...100_000, mayBeEqual: true)),
    default: Thresholds(low: 100, high: 200), help: "cv2.Canny's thresholds.",
    valueName: "low,high", description: "[low, high]; default [100, 200].")

  static let aperture = MapSetting<Int>(
    "cannyAperture", .oneOf([3, 5, 7]), default: 3, help: "cv2.Canny's aperture: 3, 5 or 7.",
    description: "Default 3.")

  static let norm = MapSetting<CannyDetector.Norm>(
    "cannyNorm", default: .l1, help: "cv2.Canny's norm: L1 or L2.", description: "Default L1.")

  static let gray = MapSetting<Bool>(
    "cannyGrey", .boolean, default: false,
    help: "Whether Canny reads the gray picture: true or false.",
    description: "Whether Canny reads the gray picture, as VideoX-Fun does; default false.")

  static let kind = MapKind(
    .canny, order: 40, summary: "edges one pixel wide, white on black",
    takenBy: "SD 1.5, SDXL, Flux, Qwen-Image, Z-Image, Wan-Fun", channels: .gray,
    isStandard: true, showsProps: true,
    settings: [source.row, thresholds.row, aperture.row, norm.row, gray.row],
    sharedSettings: [LineartMap.lines.row]
  ) { view in
    let edges =
      view.settings.canny == .geometry
      ? Inset(view.lines.canny(), background: 0)
      : detect(view.shaded, view.settings.cannyDetector)
    return .gray(edges.drawn(view.settings.lines))
  }

  /// Both thresholds, in the form that settings use.
  struct Thresholds: SettingConvertible {
    var low: Double
    var high: Double

    init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }

    init?(written: SettingValue) {
      guard case .list(let items) = written, items.count == 2, case .number(let low) = items[0],
        case .number(let high) = items[1]
      else { return nil }
      self.init(low: low, high: high)
    }

    var written: SettingValue { .list([.number(low), .number(high)]) }
  }
}
