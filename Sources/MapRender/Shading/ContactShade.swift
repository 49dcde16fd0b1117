internal import PoseRig

/// Darkens what lies behind a contour next to it, as if what is before cast a soft shade, so that
/// every overlap is one clear step of tone.
///
/// Whatever light falls on two surfaces, the farther is made darker than the nearer by a fixed
/// step, and the darkness fades out within a few pixels, too slowly to be an edge itself. In the
/// spirit of Luft, Colditz and Deussen (*Image Enhancement by Unsharp Masking the Depth Buffer*,
/// 2006), who set overlaps apart for the eye; here the step is exact, for `cv2.Canny` to find.
struct ContactShade {
  /// How many levels of green the far side of an overlap is darker than the near one; clay's red is
  /// 1.08 times as bright. Canny counts a level of a straight edge fourfold, and begins an edge at
  /// 200.
  static let step: Float = 52
  /// How far the shade of one step reaches, in pixels of a picture of up to 1024. It fades by 8
  /// levels a pixel at most, the darkest by 9, which Canny counts eightfold; under 100 it drops
  /// them, and the light on the surface may add what is left.
  private static let reach: Float = 8
  /// No shade makes a channel darker than this.
  private static let darkestChannel = 12

  /// How strong the shade on each pixel is; empty if nothing overlaps.
  private let strength: [UInt8]
  private let overlaps: Overlaps
  /// The pixels of gaps too narrow to be seen, each with the pixel that it is to be like.
  let gaps: [(index: Int32, like: Int32)]

  /// The shade on the surfaces in `buffer`, which a camera of these tangents sees.
  init(of buffer: GBuffer, tangents: SIMD2<Double>) {
    overlaps = Overlaps(of: buffer, tangents: tangents)
    gaps = overlaps.gaps
    let isFlat = overlaps.occlusions.isEmpty && overlaps.touches.isEmpty
    let scale = max(1, Float(max(buffer.width, buffer.height)) / 1024)
    strength =
      isFlat ? [] : ShadeSpread(of: overlaps, on: buffer, reach: Self.reach * scale).strength
  }

  /// A color with the shade that lies on a pixel, given by its place in the buffer's lists.
  ///
  /// What is dark by its skin's tone, as the mouth is inside, needs that much less.
  @inline(__always)
  func darkened(_ color: RGB8, at index: Int) -> RGB8 {
    guard !strength.isEmpty, strength[index] > 0 else { return color }
    let shade = Float(ShadeScale.levels[Int(strength[index])])
    let level = Int(max(shade - overlaps.darkness(index), 0))
    // In clay's proportions.
    func less(_ channel: UInt8, _ share: Int) -> UInt8 {
      UInt8(max(Int(channel) - (level * share) >> 8, Self.darkestChannel))
    }
    return RGB8(less(color.red, 277), less(color.green, 256), less(color.blue, 235))
  }
}
