internal import PoseRig

extension MapName {
  /// The number of the body part that each pixel shows.
  public static let parts = MapName(of: "parts")
}

/// The parts map: the number of the body part at each pixel.
public enum PartsMap {
  static let kind = MapKind(
    .parts, order: 70, summary: "the number of the body part at each pixel",
    takenBy: "programs; inpainting of a hand or a face", channels: .gray
  ) { .gray(draw($0.buffer)) }

  /// Returns 0 where there is no character, otherwise 1 + the part's number
  /// (`docs/body-format.md`).
  public static func draw(_ buffer: GBuffer) -> Inset<UInt8> {
    buffer.picture(0) { index in
      buffer.label(index)?.underlyingPart.map { $0.rawValue + 1 } ?? 0
    }
  }
}
