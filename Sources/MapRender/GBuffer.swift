/// What one geometry pass yields for every pixel.
public struct GBuffer: Sendable {
  /// Width in pixels.
  public let width: Int
  /// Height in pixels.
  public let height: Int
  /// Distance along the view axis in metres; 0 where nothing is.
  public let depth: [Float]
  /// x and y of the unit normal in the camera's axes (x right, y up); z is the positive rest.
  public let normals: [SIMD2<Float>]
  /// Red, green and blue of the studio shading, then 1 + the number of the part.
  public let shading: [SIMD4<UInt8>]

  /// Whether anything covers the pixel.
  public func covers(_ index: Int) -> Bool { depth[index] > 0 }

  /// Whether the character covers the pixel, rather than a prop.
  public func showsCharacter(_ index: Int) -> Bool {
    depth[index] > 0 && shading[index].w != Self.propPart
  }

  /// The part number of props in `shading`.
  static let propPart: UInt8 = 255
}
