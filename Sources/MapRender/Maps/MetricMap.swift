/// Distances themselves, for whatever needs more than a picture of them.
public enum MetricMap {
  /// Whole millimetres along the view axis, rounded; 0 where nothing is, 65535 from 65.5 m on.
  public static func draw(_ buffer: GBuffer) -> Inset<UInt16> {
    buffer.picture(0) { index in
      let depth = buffer.depth[index]
      return depth > 0 ? UInt16(min(max((depth * 1000).rounded(), 1), 65535)) : 0
    }
  }
}
