extension MapName {
  /// Millimeters along the view axis.
  public static let metric = MapName(of: "metric")
}

/// The distances themselves, for programs that need more than a picture.
public enum MetricMap {
  static let kind = MapKind(
    .metric, order: 90, summary: "16-bit millimeters along the view axis, 0 = nothing",
    takenBy: "programs: 3-D, relighting, compositing", channels: .deep, showsProps: true
  ) { .deep(draw($0.buffer)) }

  /// Returns integer millimeters along the view axis, rounded; 0 where there is nothing, and 65535
  /// from 65.535 m on.
  public static func draw(_ buffer: GBuffer) -> Inset<UInt16> {
    buffer.picture(0) { index in
      let depth = buffer.depth[index]
      return depth > 0 ? UInt16(min(max((depth * 1000).rounded(), 1), 65535)) : 0
    }
  }
}
