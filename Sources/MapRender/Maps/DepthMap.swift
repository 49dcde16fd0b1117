public import PoseRig

/// The depth map: near = white, far = the floor, nothing = 0.
///
/// A level is the floor plus the rest times a share, truncated as the annotators truncate. With floor 0
/// and a picture that is covered everywhere this is their own formula; a floor keeps the far side of a lone figure
/// apart from the background.
public struct DepthMap: Equatable, Sendable {
  /// What the levels are proportional to.
  public var curve: DepthCurve
  /// The distances that become white and the floor.
  public var range: DepthRange
  /// The darkest level of a covered pixel, of 255.
  public var floor: Int

  /// A map from its settings.
  public init(curve: DepthCurve = .disparity, range: DepthRange, floor: Int) {
    self.curve = curve
    self.range = range
    self.floor = floor
  }

  /// How many of 256 levels lie between the ends of a range, both included.
  public func levels(of range: DepthRange) -> Int {
    withLevels(white: 255) { level in Int(level(range.near)) - Int(level(range.far)) + 1 }
  }

  /// The map in 8 bits.
  public func draw(_ buffer: GBuffer) -> Inset<UInt8> {
    draw(buffer, white: 255) { UInt8($0) }
  }

  /// The map in 16 bits, for what can tell more than 256 distances apart.
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

  /// Gives `use` what turns a distance into a level up to `white`, yet to be truncated. Which curve it is is settled once, not for each pixel.
  ///
  /// A share is 1 at the near end of the range, 0 at the far end. Sources: MiDaS (`annotator/midas` of ControlNet 1.1) for disparity, ZoeDepth
  /// (`annotator/zoe`), whose range is ``DepthRange/init(percentilesOf:)``.
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
