public import PoseRig

/// The geometry that each pixel shows: distance, direction, label and shading, within the rectangle
/// that contains everything drawn.
///
/// A character covers a tenth of its picture; the rest is never read, stored or searched.
public struct GBuffer: Sendable {
  /// The width of the picture in pixels.
  public let width: Int
  /// The height of the picture in pixels.
  public let height: Int
  /// The pixels in the lists below, row by row; outside there is nothing.
  public private(set) var bounds: PixelBounds
  /// The distance along the view axis in meters; 0 where there is nothing.
  public internal(set) var depth: [Float]
  /// The unit normals in camera coordinates (x right, y up, z toward the camera); meaningless where
  /// there is nothing.
  public internal(set) var normals: [PackedNormal]
  /// The red, green and blue of the studio shading, then 1 + the number of the surface's label.
  public internal(set) var shading: [SIMD4<UInt8>]

  /// Creates a buffer from its parts, each with as many elements as `bounds`, which is the whole
  /// picture by default.
  public init(
    width: Int, height: Int, bounds: PixelBounds? = nil, depth: [Float],
    normals: [PackedNormal], shading: [SIMD4<UInt8>]
  ) {
    let bounds = bounds ?? PixelBounds(width: width, height: height)
    precondition(
      [depth.count, normals.count, shading.count].allSatisfy { $0 == bounds.count },
      "GBuffer: counts must be those of the bounds")
    self.width = width
    self.height = height
    self.bounds = bounds
    self.depth = depth
    self.normals = normals
    self.shading = shading
  }

  /// Returns whether anything covers the pixel at an index of the lists.
  public func covers(_ index: Int) -> Bool { depth[index] > 0 }

  /// Returns the label of the surface at a pixel; nil where there is nothing.
  public func label(_ index: Int) -> SurfaceLabel? {
    let number = shading[index].w
    return number == 0 ? nil : SurfaceLabel(number: number - 1)
  }

  /// Returns whether a character, rather than a prop, covers the pixel.
  public func showsCharacter(_ index: Int) -> Bool { label(index)?.kind != nil }

  /// Returns the normal at the pixel, of unit length, x right, y up, z toward the camera.
  public func normal(_ index: Int) -> SIMD3<Float> { normals[index].direction }

  /// Returns a picture made pixel by pixel: within the bounds from the index in the lists,
  /// elsewhere from `background`.
  public func picture<Pixel>(_ background: Pixel, _ pixel: (Int) -> Pixel) -> Inset<Pixel> {
    Inset(
      width: width, height: height, background: background, bounds: bounds,
      pixels: depth.indices.map(pixel))
  }

  /// The distances along the view axis in meters, 0 where there is nothing.
  var distances: Inset<Float> {
    Inset(width: width, height: height, background: 0, bounds: bounds, pixels: depth)
  }

  /// Returns the buffer with the unwanted pixels cleared.
  public func kept(where isWanted: (Int) -> Bool) -> GBuffer {
    var buffer = self
    for location in depth.indices where !isWanted(location) {
      buffer.depth[location] = 0
      buffer.normals[location] = .towardCamera
      buffer.shading[location] = .zero
    }
    return buffer
  }

  /// Returns the buffer with lists for a larger rectangle.
  public func spread(over wider: PixelBounds) -> GBuffer {
    if wider == bounds { return self }
    func spread<Element>(_ list: [Element], _ empty: Element) -> [Element] {
      var wide = [Element](repeating: empty, count: wider.count)
      let length = bounds.columns.count
      for (number, row) in bounds.rows.enumerated() {
        guard let start = wider.index(x: bounds.columns.lowerBound, y: row) else { continue }
        wide.replaceSubrange(
          start..<start + length, with: list[number * length..<(number + 1) * length])
      }
      return wide
    }
    return GBuffer(
      width: width, height: height, bounds: wider, depth: spread(depth, 0),
      normals: spread(normals, .towardCamera), shading: spread(shading, .zero))
  }

  /// Adds another buffer of this camera: at each pixel the nearer surface stays, and in ties this
  /// buffer's. Calls `tookOver` with the index of every pixel that the other buffer took.
  /// - Precondition: the other's bounds are within this one's.
  mutating func lay(_ other: GBuffer, tookOver: (Int) -> Void = { _ in }) {
    precondition(other.width == width && other.height == height, "GBuffer: sizes differ")
    precondition(
      bounds.union(other.bounds) == bounds, "GBuffer: the other's bounds reach beyond these")
    let length = other.bounds.columns.count
    for (number, row) in other.bounds.rows.enumerated() {
      guard let start = bounds.index(x: other.bounds.columns.lowerBound, y: row) else { continue }
      for column in 0..<length {
        let (index, theirs) = (start + column, number * length + column)
        let distance = other.depth[theirs]
        guard distance > 0, depth[index] == 0 || distance < depth[index] else { continue }
        depth[index] = distance
        normals[index] = other.normals[theirs]
        shading[index] = other.shading[theirs]
        tookOver(index)
      }
    }
  }
}
