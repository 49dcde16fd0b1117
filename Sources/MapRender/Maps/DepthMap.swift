public import PoseRig

extension MapName {
  /// The distances of everything visible, near = white.
  public static let depth = MapName(of: "depth")
}

extension MapSettings {
  /// The quantity that the levels of the depth map are proportional to.
  public var depth: DepthCurve {
    get { self[DepthMap.curve] }
    set { self[DepthMap.curve] = newValue }
  }
  /// The distances that become white and the floor; nil for the default, see ``usedDepthRange``.
  public var depthRange: DepthRangeSource? {
    get { self[given: DepthMap.range] }
    set { self[given: DepthMap.range] = newValue }
  }
  /// The distances that become white and the floor, given or by default: those of all characters,
  /// or of everything if props are drawn among them.
  public var usedDepthRange: DepthRangeSource { self[DepthMap.range] }
  /// The darkest level of a covered pixel in the depth map, 0 to 254 (of 255, even with 16 bits).
  public var depthFloor: Int {
    get { self[DepthMap.floor] }
    set { self[DepthMap.floor] = newValue }
  }
  /// The number of bits per pixel of the depth map, 8 or 16.
  public var depthBits: Int {
    get { self[DepthMap.bits] }
    set { self[DepthMap.bits] = newValue }
  }
}

extension DepthMap {
  static let curve = MapSetting<DepthCurve>(
    "depth", default: .disparity,
    help: "What depth levels are proportional to: \(DepthCurve.list).",
    description: "What depth levels are proportional to; default disparity, as in MiDaS.")

  static let range = MapSetting<DepthRangeSource>(
    "depthRange",
    .choiceOrPair(
      DepthRangeSource.names,
      .init(names: ["near", "far"], range: 0.01...10_000, unit: "meters")),
    usual: { $0.props.contains(.depth) ? .scene : .characters },
    help:
      "The distances that become white and the darkest level: those of characters (all of them), "
      + "scene (props too) or character (each its own), or the distances themselves in meters.",
    valueName: "near,far",
    description:
      "characters, scene, character, or [near, far] in meters: the distances that become white and "
      + "the darkest level; default characters, or scene where props are drawn in the depth map.")

  static let floor = MapSetting<Int>(
    "depthFloor", .whole(0...254, unit: "levels"), default: 32,
    help: "The darkest level of a covered pixel of the depth map, 0 to 254.",
    description: "Darkest level of a covered pixel of the depth map; default 32; 0 is the "
      + "annotators' own formula.")

  static let bits = MapSetting<Int>(
    "depthBits", .oneOf([8, 16]), default: 8, help: "8 or 16.", description: "Default 8.")

  static let kind = MapKind(
    .depth, order: 20, summary: "how near everything is, near = white",
    takenBy: "SD 1.5, SDXL, Flux, Qwen-Image, Z-Image, Wan-VACE", channels: .gray, .deep,
    isStandard: true, showsProps: true, settings: [curve.row, range.row, floor.row, bits.row]
  ) { view in
    let map = DepthMap(view.settings, range: view.depthRange)
    return view.settings.depthBits == 16
      ? .deep(map.drawDeep(view.buffer)) : .gray(map.draw(view.buffer))
  }

  /// Creates a map from a scene's settings.
  init(_ settings: MapSettings, range: DepthRange) {
    self.init(curve: settings.depth, range: range, floor: settings.depthFloor)
  }
}

/// The quantity that the levels of a depth map are proportional to.
public enum DepthCurve: String, SettingChoice {
  /// 1/z, as in MiDaS and Depth Anything.
  case disparity
  /// −z between the 2nd and the 85th percentile, as in ZoeDepth's annotator.
  case zoe
  /// −z.
  case linear
}

/// The depth map: near = white, far = the floor, nothing = 0.
///
/// A level is the floor plus a share of the remaining levels, truncated as in the annotators. With
/// floor 0 and a picture that is covered everywhere, this is the annotators' own formula; a floor
/// keeps the far side of a lone figure distinct from the background.
public struct DepthMap: Equatable, Sendable {
  /// The quantity that the levels are proportional to.
  public var curve: DepthCurve
  /// The distances that become white and the floor.
  public var range: DepthRange
  /// The darkest level of a covered pixel, of 255.
  public var floor: Int

  /// Creates a map from its settings.
  public init(curve: DepthCurve = .disparity, range: DepthRange, floor: Int) {
    self.curve = curve
    self.range = range
    self.floor = floor
  }

  /// Returns how many of 256 levels lie between the ends of a range, both included.
  public func levels(of range: DepthRange) -> Int {
    withLevels(white: 255) { level in Int(level(range.near)) - Int(level(range.far)) + 1 }
  }

  /// Returns the map in 8 bits.
  public func draw(_ buffer: GBuffer) -> Inset<UInt8> {
    if curve == .disparity, 1 / range.near > 1 / range.far {
      return PixelLoops.disparities(of: buffer, in: range, from: Float(floor))
    }
    return draw(buffer, white: 255) { UInt8($0) }
  }

  /// Returns the map in 16 bits, for programs that distinguish more than 256 distances.
  public func drawDeep(_ buffer: GBuffer) -> Inset<UInt16> {
    draw(buffer, white: 65535) { UInt16($0) }
  }

  private func draw<Pixel>(
    _ buffer: GBuffer, white: Float, _ pixel: (Float) -> Pixel
  ) -> Inset<Pixel>
  where Pixel: BitwiseCopyable & Equatable & Sendable & ExpressibleByIntegerLiteral {
    withLevels(white: white) { level in
      buffer.picture(0) { index in
        let depth = buffer.depth[index]
        return depth > 0 ? pixel(level(depth)) : 0
      }
    }
  }

  /// Passes a function to `use` that converts a distance to a level up to `white`, not yet
  /// truncated. The curve is selected once, not for each pixel.
  ///
  /// A share is 1 at the near end of the range, and 0 at the far end. Sources: MiDaS
  /// (`annotator/midas` in ControlNet 1.1) for disparity; ZoeDepth (`annotator/zoe`), with the
  /// range of ``DepthRange/init(percentilesOf:)``.
  @inline(__always)
  private func withLevels<Result>(white: Float, _ use: ((Float) -> Float) -> Result) -> Result {
    let low = Float(floor) * (white / 255)
    func level(_ share: Float) -> Float { min(max(low + (white - low) * share, low), white) }
    switch curve {
    case .disparity:
      let farthest = 1 / range.far
      let span = 1 / range.near - farthest
      return use { level(span > 0 ? (1 / $0 - farthest) / span : 1) }
    case .zoe, .linear:
      let span = range.far - range.near
      return use { level(span > 0 ? 1 - ($0 - range.near) / span : 1) }
    }
  }
}
