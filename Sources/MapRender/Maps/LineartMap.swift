public import PoseRig

extension MapName {
  /// Lines as an illustrator would draw them.
  public static let lineart = MapName(of: "lineart")
}

extension MapSettings {
  /// Whether the lines of canny, softedge and lineart are light or dark.
  public var lines: LineColors {
    get { self[LineartMap.lines] }
    set { self[LineartMap.lines] = newValue }
  }
  /// Whether lineart's lines are light or dark; nil to follow ``lines``.
  public var lineart: LineColors? {
    get { self[given: LineartMap.own] }
    set { self[given: LineartMap.own] = newValue }
  }
  /// Whether lineart's lines are light or dark, given or by default.
  public var usedLineart: LineColors { self[LineartMap.own] }
}

/// Whether lines are light or dark.
public enum LineColors: String, SettingChoice {
  /// The key of the setting of all maps of lines.
  public static let key = LineartMap.lines.row.key

  /// White on black, as models expect it.
  case lightOnDark = "light-on-dark"
  /// Black on white, like a drawing.
  case darkOnLight = "dark-on-light"
}

/// The lineart map: smooth lines of contours and folds.
enum LineartMap {
  static let lines = MapSetting<LineColors>(
    "lines", default: .lightOnDark,
    help: "Whether the lines of canny, softedge and lineart are light or dark: \(LineColors.list).",
    description: "Whether the lines of canny, softedge and lineart are light or dark; default "
      + "light-on-dark, as models take them.")

  static let own = MapSetting<LineColors>(
    "lineart", .choice(LineColors.names), usual: { $0.lines },
    help: "The same for lineart alone.",
    description: "The same for lineart alone; default the value of lines.", follows: "lines")

  static let kind = MapKind(
    .lineart, order: 100, summary: "smooth lines of contours and folds",
    takenBy: "SD 1.5 lineart, SDXL union (canny slot), Qwen-Image (DiffSynth)", channels: .gray,
    showsProps: true, settings: [lines.row, own.row]
  ) { view in
    let lines = Inset(view.lines.lineart(), background: 0)
    return .gray(lines.drawn(view.settings.usedLineart))
  }
}
