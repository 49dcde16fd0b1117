internal import PoseRig

extension MapName {
  /// Soft lines like those of HED and PiDiNet.
  public static let softedge = MapName(of: "softedge")
}

/// The softedge map: lines with a halo.
enum SoftedgeMap {
  static let kind = MapKind(
    .softedge, order: 110, summary: "soft lines with a halo, as HED finds them",
    takenBy: "SD 1.5 softedge, SDXL union, Flux union 2.0, Qwen-Image, Z-Image (HED)",
    channels: .gray, showsProps: true, sharedSettings: [LineartMap.lines.row]
  ) { view in
    let lines = Inset(view.lines.softEdge(), background: 0)
    return .gray(lines.drawn(view.settings.lines))
  }
}
