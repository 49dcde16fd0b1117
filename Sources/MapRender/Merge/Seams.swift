/// The distances between the pixels of a merged picture and those of other owners, within the band
/// around the borders in which pictures are blended.
struct Seams {
  /// A rectangle that contains all pixels of the band.
  let bounds: PixelBounds
  /// The square of the distance from every pixel of the bounds to the nearest pixel of another
  /// owner.
  let squared: [Int32]
  /// The width of the whole picture in pixels.
  let width: Int
  /// The full width of the band in pixels; 0 for no band.
  let feather: Int

  /// Finds the seams between all owners' pixels.
  init(_ map: OwnerMap, feather: Int) {
    self.feather = feather
    width = map.width
    let pictures = (0..<map.pictureCount).map { map.bounds(of: UInt8($0 + 1)) }
    bounds = pictures.reduce(PixelBounds.none) { $0.union($1) }
      .grown(by: Self.reach(of: feather), width: map.width, height: map.height)
    var squared = [Int32](repeating: DistanceTransform.farthest, count: bounds.count)
    for owner in 0...map.pictureCount {
      // One more pixel on each side suffices: none farther out can be nearer.
      let own =
        owner == 0
        ? bounds : pictures[owner - 1].grown(by: 1, width: map.width, height: map.height)
      let region = map.region(of: UInt8(owner), in: own)
      let outside = region.distances(toInside: false)
      for (number, row) in own.rows.enumerated() {
        let start = (row - bounds.rows.lowerBound) * bounds.columns.count
        let left = own.columns.lowerBound - bounds.columns.lowerBound
        for column in 0..<region.width where region.contains[number * region.width + column] {
          squared[start + left + column] = outside.squared[number * region.width + column]
        }
      }
    }
    self.squared = squared
  }

  /// Returns whether a pixel is in the band: at most half of `feather` from a border, which is half
  /// a pixel before the nearest pixel of another owner. Elsewhere, a pixel is its owner's alone.
  func holds(_ index: Int) -> Bool {
    let distance = Double(squared[index]).squareRoot() - 0.5
    return feather > 1 && distance * 2 <= Double(feather)
  }

  /// Returns the distance from an owner's own pixels within which a band that starts there can
  /// reach.
  static func reach(of feather: Int) -> Int { feather / 2 + 1 }
}

extension OwnerMap {
  /// Returns an owner's pixels within a rectangle.
  func region(of owner: UInt8, in bounds: PixelBounds) -> Region {
    var contains: [Bool] = []
    contains.reserveCapacity(bounds.count)
    for row in bounds.rows {
      let start = row * width
      for column in bounds.columns { contains.append(owners[start + column] == owner) }
    }
    return Region(width: bounds.columns.count, height: bounds.rows.count, contains: contains)
  }
}
