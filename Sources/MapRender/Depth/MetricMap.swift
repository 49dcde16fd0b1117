/// Distances themselves, for whatever needs more than a picture of them.
public enum MetricMap {
  /// Whole millimetres along the view axis, rounded; 0 where nothing is, 65535 from 65.5 m on.
  public static func draw(_ buffer: GBuffer) -> Image<UInt16> {
    let pixels = buffer.depth.map { depth -> UInt16 in
      depth > 0 ? UInt16(min(max((depth * 1000).rounded(), 1), 65535)) : 0
    }
    return Image(width: buffer.width, height: buffer.height, pixels: pixels)
  }
}
