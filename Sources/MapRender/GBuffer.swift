public import PoseRig

/// What one geometry pass yields for every pixel.
public struct GBuffer: Sendable {
  /// Width in pixels.
  public let width: Int
  /// Height in pixels.
  public let height: Int
  /// Distance along the view axis in metres; 0 where nothing is.
  public internal(set) var depth: [Float]
  /// x and y of the unit normal in the camera's axes (x right, y up); z is the positive rest.
  public internal(set) var normals: [SIMD2<Float>]
  /// Red, green and blue of the studio shading, then 1 + the number of the surface's label.
  public internal(set) var shading: [SIMD4<UInt8>]

  /// A buffer from its parts, each of `width * height` elements.
  public init(
    width: Int, height: Int, depth: [Float], normals: [SIMD2<Float>], shading: [SIMD4<UInt8>]
  ) {
    precondition(
      [depth.count, normals.count, shading.count].allSatisfy { $0 == width * height },
      "GBuffer: counts must be width × height")
    self.width = width
    self.height = height
    self.depth = depth
    self.normals = normals
    self.shading = shading
  }

  /// Whether anything covers the pixel.
  public func covers(_ index: Int) -> Bool { depth[index] > 0 }

  /// What covers the pixel; nil where nothing is.
  public func label(_ index: Int) -> SurfaceLabel? {
    let number = shading[index].w
    return number == 0 ? nil : SurfaceLabel(number: number - 1)
  }

  /// Whether a character covers the pixel, rather than a prop.
  public func showsCharacter(_ index: Int) -> Bool { label(index)?.part != nil }

  /// The normal at the pixel, of unit length, x right, y up, z to the camera.
  public func normal(_ index: Int) -> SIMD3<Float> {
    let n = normals[index]
    return SIMD3(n.x, n.y, max(0, 1 - n.x * n.x - n.y * n.y).squareRoot())
  }

  /// Lays another buffer of the same camera over this one: the nearer surface stays, of two equally near
  /// this one's. `tookOver` hears of every pixel that changed hands.
  mutating func lay(_ other: GBuffer, tookOver: (Int) -> Void = { _ in }) {
    precondition(other.width == width && other.height == height, "GBuffer: sizes differ")
    for index in depth.indices {
      let distance = other.depth[index]
      guard distance > 0, depth[index] == 0 || distance < depth[index] else { continue }
      depth[index] = distance
      normals[index] = other.normals[index]
      shading[index] = other.shading[index]
      tookOver(index)
    }
  }
}
