internal import PoseRig

/// Darkens the surface behind a contour next to it, as if the surface in front cast a soft shadow,
/// so that every overlap is one clear step of tone.
///
/// Whatever light falls on two surfaces, the farther one becomes darker than the nearer one by a
/// fixed step, and the darkness fades out within a few pixels, too slowly to be an edge itself. The
/// idea is that of Luft, Colditz and Deussen (*Image Enhancement by Unsharp Masking the Depth
/// Buffer*, 2006), who distinguish overlaps for the eye; here the step is exact, for `cv2.Canny` to
/// find.
struct ContactShade {
  /// The number of levels of green by which the far side of an overlap is darker than the near
  /// side; clay's red is 1.08 times as bright. Canny counts a level of a straight edge fourfold,
  /// and starts an edge at 200.
  static let step: Float = 52
  /// The distance that the shade of one step reaches, in pixels of a picture of up to 1024. It
  /// fades by at most 8 levels per pixel, the darkest by 9, which Canny counts eightfold; Canny
  /// ignores edges under 100, and the light on the surface may add the difference.
  private static let reach: Float = 8
  /// The level below which shade does not darken a channel.
  private static let darkestChannel = 12

  /// The strength of the shade on each pixel; empty if nothing overlaps.
  private let strength: [UInt8]
  private let overlaps: Overlaps
  /// The pixels of gaps too narrow to be visible, each with the pixel that provides its color.
  let gaps: [(index: Int32, like: Int32)]

  /// Computes the shade on the surfaces in `buffer`, seen by a camera with these tangents.
  init(of buffer: GBuffer, tangents: SIMD2<Double>) {
    overlaps = Overlaps(of: buffer, tangents: tangents)
    gaps = overlaps.gaps
    let isFlat = overlaps.occlusions.isEmpty && overlaps.touches.isEmpty
    let scale = max(1, Float(max(buffer.width, buffer.height)) / 1024)
    strength =
      isFlat ? [] : ShadeSpread(of: overlaps, on: buffer, reach: Self.reach * scale).strength
  }

  /// Returns a color with the shade on a pixel, given by its index in the buffer's lists.
  ///
  /// Skin that is dark in tone, such as the inside of the mouth, needs that much less shade.
  @inline(__always)
  func darkened(_ color: RGB8, at index: Int) -> RGB8 {
    guard !strength.isEmpty, strength[index] > 0 else { return color }
    let shade = Float(ShadeScale.levels[Int(strength[index])])
    let level = Int(max(shade - overlaps.darkness(index), 0))
    // In the proportions of clay's channels.
    func less(_ channel: UInt8, _ share: Int) -> UInt8 {
      UInt8(max(Int(channel) - (level * share) >> 8, Self.darkestChannel))
    }
    return RGB8(less(color.red, 277), less(color.green, 256), less(color.blue, 235))
  }
}
