/// Merges several pictures into one, each pixel from its owner's, with soft seams between them.
public struct PictureMerge {
  private let map: OwnerMap
  private let feather: Int

  /// Creates a merge by owners; pictures are blended in a band `feather` pixels wide, centered on
  /// their borders; 0 and 1 for no band.
  public init(_ map: OwnerMap, feather: Int) {
    self.map = map
    self.feather = feather
  }

  /// Returns the merged picture. Outside the band, a pixel is exactly its owner's.
  /// - Parameter pictures: the base, then the others in the order of their numbers, with the map's
  ///   size.
  public func merged(_ pictures: [Image<RGB8>]) -> Image<RGB8> {
    precondition(
      pictures.count == map.pictureCount + 1
        && pictures.allSatisfy { $0.width == map.width && $0.height == map.height },
      "PictureMerge: a picture of the map's size for each owner")
    var result = pictures[0]
    for (location, owner) in map.owners.enumerated() where owner != OwnerMap.base {
      result.pixels[location] = pictures[Int(owner)].pixels[location]
    }
    let seams = Seams(map, feather: feather)
    let blend = PyramidBlend(feather: feather)
    if feather <= 1 { return result }
    if blend.levels == 0 {
      mix(pictures, seams, &result)
    } else {
      for tile in tiles(of: seams.bounds) { self.blend(pictures, tile, seams, blend, &result) }
    }
    return result
  }

  // MARK: A band too narrow for a pyramid

  private func mix(_ pictures: [Image<RGB8>], _ seams: Seams, _ result: inout Image<RGB8>) {
    let masks = LayerMasks(map, feather: feather)
    seams.forEachPixel { location, pixel in
      var sum = SIMD3<Float>.zero
      for (number, picture) in pictures.enumerated() {
        let share = masks.share(of: number == 0 ? nil : number - 1, at: location)
        sum += picture.pixels[pixel].levels * share
      }
      result.pixels[pixel] = RGB8(levels: sum)
    }
  }

  // MARK: Pyramids

  /// The picture is blended tile by tile, and only where there is a seam: full pyramids of large
  /// pictures would take gigabytes.
  private static let tileSide = 256

  private func tiles(of bounds: PixelBounds) -> [PixelBounds] {
    let side = Self.tileSide
    // Starting at the picture's corner, so that every level has its pixels at the same positions,
    // whatever the bounds are.
    func ranges(_ range: Range<Int>) -> [Range<Int>] {
      if range.isEmpty { return [] }
      return (range.lowerBound / side...(range.upperBound - 1) / side).map {
        ($0 * side..<($0 + 1) * side).clamped(to: range)
      }
    }
    return ranges(bounds.rows).flatMap { rows in
      ranges(bounds.columns).map { PixelBounds(columns: $0, rows: rows) }
    }
  }

  private func blend(
    _ pictures: [Image<RGB8>], _ tile: PixelBounds, _ seams: Seams, _ blend: PyramidBlend,
    _ result: inout Image<RGB8>
  ) {
    var band: [(location: Int, pixel: Int)] = []
    seams.forEachPixel(in: tile) { band.append(($0, $1)) }
    if band.isEmpty { return }
    let wide = aligned(tile, blend)
    let owners = Set(
      wide.rows.flatMap { row in
        map.owners[
          row * map.width + wide.columns.lowerBound..<row * map.width + wide.columns.upperBound]
      }
    ).sorted()
    let blended = blend.blend(owners.map { level(pictures[Int($0)], $0, wide) })
    for (_, pixel) in band {
      let (x, y) = (pixel % map.width, pixel / map.width)
      guard let location = wide.index(x: x, y: y) else { continue }
      let sum = blended.pixels[location]
      result.pixels[pixel] = RGB8(levels: SIMD3(sum.x, sum.y, sum.z))
    }
  }

  /// Returns the tile with all pixels that its own pixels depend on, starting where the coarsest
  /// level has a pixel.
  private func aligned(_ tile: PixelBounds, _ blend: PyramidBlend) -> PixelBounds {
    let step = 1 << blend.levels
    func range(_ range: Range<Int>, _ side: Int) -> Range<Int> {
      let start = max(0, range.lowerBound - blend.margin) / step * step
      return start..<min(side, range.upperBound + blend.margin)
    }
    return PixelBounds(columns: range(tile.columns, map.width), rows: range(tile.rows, map.height))
  }

  private func level(
    _ picture: Image<RGB8>, _ owner: UInt8, _ bounds: PixelBounds
  ) -> PyramidLevel {
    var pixels: [SIMD4<Float>] = []
    pixels.reserveCapacity(bounds.count)
    for row in bounds.rows {
      for column in bounds.columns {
        let location = row * map.width + column
        let mask: Float = map.owners[location] == owner ? 1 : 0
        pixels.append(SIMD4(picture.pixels[location].levels, mask))
      }
    }
    return PyramidLevel(width: bounds.columns.count, height: bounds.rows.count, pixels: pixels)
  }
}

extension Seams {
  /// Visits the pixels of the band within a rectangle, with their indices in the bounds and in the
  /// picture.
  func forEachPixel(
    in tile: PixelBounds? = nil, _ visit: (_ location: Int, _ pixel: Int) -> Void
  ) {
    let tile = tile ?? bounds
    for row in tile.rows {
      guard let start = bounds.index(x: tile.columns.lowerBound, y: row) else { continue }
      for column in 0..<tile.columns.count where holds(start + column) {
        visit(start + column, row * width + tile.columns.lowerBound + column)
      }
    }
  }
}

extension RGB8 {
  /// The three channels as numbers.
  fileprivate var levels: SIMD3<Float> { SIMD3(Float(red), Float(green), Float(blue)) }

  /// Creates the nearest color.
  fileprivate init(levels: SIMD3<Float>) {
    let level = levels.rounded(.toNearestOrAwayFromZero).clamped(
      lowerBound: .zero, upperBound: SIMD3(repeating: 255))
    self.init(UInt8(level.x), UInt8(level.y), UInt8(level.z))
  }
}
