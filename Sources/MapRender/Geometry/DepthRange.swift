/// The nearest and farthest distance along the view axis in a depth map, in meters.
public struct DepthRange: Equatable, Sendable {
  /// The distance that becomes white.
  public var near: Float
  /// The distance that becomes the floor.
  public var far: Float

  /// Creates a range from its ends.
  public init(near: Float, far: Float) {
    self.near = near
    self.far = far
  }

  /// Creates the range of the pixels that a G-buffer covers; nil if it covers nothing.
  public init?(covering buffer: GBuffer) { self.init(covering: buffer.depth) }

  /// Creates the range of distances, where 0 means nothing; nil if all are 0.
  init?(covering distances: [Float]) {
    var near = Float.infinity
    var far: Float = 0
    for depth in distances where depth > 0 {
      near = min(near, depth)
      far = max(far, depth)
    }
    guard near <= far else { return nil }
    self.init(near: near, far: far)
  }

  /// Creates the range between the 2nd and the 85th percentile of the pixels that a G-buffer
  /// covers, which ZoeDepth's annotator stretches; nil if it covers nothing. It interpolates
  /// between samples as `numpy.percentile` does.
  public init?(percentilesOf buffer: GBuffer) {
    let sorted = buffer.depth.filter { $0 > 0 }.sorted()
    guard !sorted.isEmpty else { return nil }
    func percentile(_ share: Double) -> Float {
      let index = Double(sorted.count - 1) * share
      let below = Int(index)
      let above = min(below + 1, sorted.count - 1)
      let rest = Float(index - Double(below))
      return sorted[below] + (sorted[above] - sorted[below]) * rest
    }
    self.init(near: percentile(0.02), far: percentile(0.85))
  }
}

extension DepthRange? {
  /// Returns the range that contains both, so that the depth maps drawn with it agree.
  public func union(_ other: DepthRange?) -> DepthRange? {
    guard let self, let other else { return self ?? other }
    return DepthRange(near: min(self.near, other.near), far: max(self.far, other.far))
  }
}
