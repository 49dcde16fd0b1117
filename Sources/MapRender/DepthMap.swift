/// The depth map as MiDaS-trained models expect it: disparity, near = white.
public enum DepthMap {
  /// The nearest and farthest distance along the view axis of what the maps show, in metres.
  public struct Range: Equatable, Sendable {
    /// The distance that becomes white.
    public var near: Float
    /// The distance that becomes the floor.
    public var far: Float

    /// A range from its ends.
    public init(near: Float, far: Float) {
      self.near = near
      self.far = far
    }

    /// The range of what a G-buffer covers; nil if it covers nothing.
    public init?(covering buffer: GBuffer) {
      var near = Float.infinity
      var far: Float = 0
      for depth in buffer.depth where depth > 0 {
        near = min(near, depth)
        far = max(far, depth)
      }
      guard near <= far else { return nil }
      self.init(near: near, far: far)
    }
  }

  /// Levels 0 to 255: `floor` + (255 − `floor`) · (1/z − 1/far) / (1/near − 1/far), truncated as the annotators
  /// truncate; 0 where nothing is.
  ///
  /// With `floor` 0 this is MiDaS's own min-max; a floor keeps the far side of a lone figure apart from the background.
  /// Source: `annotator/midas` of ControlNet 1.1.
  public static func draw(_ buffer: GBuffer, range: Range, floor: Int) -> Image<UInt8> {
    let farthest = 1 / range.far
    let span = 1 / range.near - farthest
    let low = Float(floor)
    let pixels = buffer.depth.map { depth -> UInt8 in
      guard depth > 0 else { return 0 }
      let disparity = span > 0 ? (1 / depth - farthest) / span : 1
      return UInt8(min(max(low + (255 - low) * disparity, low), 255))
    }
    return Image(width: buffer.width, height: buffer.height, pixels: pixels)
  }
}

extension DepthMap.Range? {
  /// The range that holds both, so that the depth maps drawn with it agree.
  func union(_ other: DepthMap.Range?) -> DepthMap.Range? {
    guard let self, let other else { return self ?? other }
    return DepthMap.Range(near: min(self.near, other.near), far: max(self.far, other.far))
  }
}
