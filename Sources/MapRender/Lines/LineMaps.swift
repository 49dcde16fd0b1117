public import PoseRig

/// The maps that are drawn from the breaks and folds of the geometry.
public struct LineMaps: Sendable {
  private let edges: GeometryEdges

  /// Finds the lines of the surfaces in `buffer`, seen by `camera`.
  public init(_ buffer: GBuffer, camera: Camera) {
    edges = GeometryEdges(of: buffer, tangents: camera.tangents)
  }

  /// Returns crisp lines one pixel wide, 255 on 0: what Canny would find in a perfect picture.
  public func canny() -> Image<UInt8> {
    edges.strength.map { $0 > 0 ? 255 : 0 }
  }

  /// Returns lines like those of a pen: smooth, about 2 pixels wide at 1024 pixels, contours
  /// stronger than folds, white on black as models expect (the annotators' networks produce this
  /// after inversion).
  public func lineart() -> Image<UInt8> { soft(sigma: 0.9 * scale, gain: 2.6) }

  /// Returns soft lines like those that HED and PiDiNet find: a bright core in a halo.
  public func softEdge() -> Image<UInt8> {
    let core = edges.strength.blurred(sigma: 1.3 * scale)
    let halo = edges.strength.blurred(sigma: 4 * scale)
    let gain = Float(2.8 * scale)
    let pixels = zip(core, halo).map { core, halo in
      UInt8(min(255, core * gain + halo * gain * 0.8))
    }
    return Image(
      width: edges.strength.width, height: edges.strength.height, pixels: pixels)
  }

  /// The size of the picture relative to 1024 pixels; lines scale with it.
  private var scale: Double {
    max(Double(max(edges.strength.width, edges.strength.height)) / 1024, 0.6)
  }

  private func soft(sigma: Double, gain: Double) -> Image<UInt8> {
    let factor = Float(gain * sigma)
    return Image(
      width: edges.strength.width, height: edges.strength.height,
      pixels: edges.strength.blurred(sigma: sigma).map { UInt8(min(255, $0 * factor)) })
  }
}

extension Inset<UInt8> {
  /// Returns white lines on black in the requested colors.
  public func drawn(_ colors: LineColors) -> Inset<UInt8> {
    colors == .lightOnDark ? self : map { 255 - $0 }
  }
}
