/// The share of each owner's picture in each pixel when borders are ramps, and equivalent layers.
public struct LayerMasks: Sendable {
  /// The pixels in which anything other than the base shows.
  public let bounds: PixelBounds
  /// The share of each picture, from 0 to 1, for every pixel of the bounds; the rest is the base's.
  private let shares: [[Float]]
  private let size: (width: Int, height: Int)

  /// Computes the shares of the pictures of `map`: ramps `feather` pixels wide, centered on the
  /// borders as in ``MaskEdge``; where three owners meet, the shares are proportional.
  public init(_ map: OwnerMap, feather: Int) {
    size = (map.width, map.height)
    let reach = Seams.reach(of: feather)
    let owned = (0..<map.pictureCount).map {
      map.bounds(of: UInt8($0 + 1)).grown(by: reach, width: map.width, height: map.height)
    }
    let bounds = owned.reduce(PixelBounds.none) { $0.union($1) }
    self.bounds = bounds
    var ramps = owned.enumerated().map { number, own in
      Self.ramp(map.region(of: UInt8(number + 1), in: own), feather).spread(own, over: bounds)
    }
    var sums = Self.ramp(map.region(of: OwnerMap.base, in: bounds), feather)
    for ramp in ramps { for location in sums.indices { sums[location] += ramp[location] } }
    for number in ramps.indices {
      for location in sums.indices where sums[location] != 1 {
        ramps[number][location] /= sums[location]
      }
    }
    shares = ramps
  }

  private static func ramp(_ region: Region, _ feather: Int) -> [Float] {
    if feather <= 1 { return region.contains.map { $0 ? 1 : 0 } }
    let inside = region.distances(toInside: true)
    let outside = region.distances(toInside: false)
    return region.contains.indices.map { location in
      let isInside = region.contains[location]
      let squared = isInside ? outside.squared[location] : inside.squared[location]
      return Float(Ramp.share(squared: squared, isInside: isInside, feather: feather))
    }
  }

  /// Returns the share of a picture at an index of the bounds, or the base's share for nil.
  func share(of picture: Int?, at location: Int) -> Float {
    guard let picture else { return 1 - shares.reduce(0) { $0 + $1[location] } }
    return shares[picture][location]
  }

  /// Returns the opacity of each picture's layer, 0 to 255, when the layers lie over the base in
  /// this order, the last on top: each pixel then contains the share of every picture.
  ///
  /// A layer therefore continues at full strength under the ramp of an adjacent layer above it:
  /// otherwise, the base would show through.
  public func opacities(inOrder order: [Int]) -> [Inset<UInt8>] {
    var covered = [Float](repeating: 0, count: bounds.count)
    var layers: [Inset<UInt8>] = []
    for picture in order.reversed() {
      var pixels = [UInt8](repeating: 0, count: bounds.count)
      for location in pixels.indices {
        let share = shares[picture][location]
        let rest = 1 - covered[location]
        if share == 0 || rest <= 0 { continue }
        pixels[location] = Ramp.level(Double(min(1, share / rest)))
        covered[location] += share
      }
      layers.append(
        Inset(
          width: size.width, height: size.height, background: 0, bounds: bounds, pixels: pixels))
    }
    return layers.reversed()
  }
}

extension [Float] {
  /// Returns the list of a rectangle as that of a larger rectangle, with 0 elsewhere.
  fileprivate func spread(_ own: PixelBounds, over wider: PixelBounds) -> [Float] {
    if own == wider { return self }
    var wide = [Float](repeating: 0, count: wider.count)
    let length = own.columns.count
    for (number, row) in own.rows.enumerated() {
      guard let start = wider.index(x: own.columns.lowerBound, y: row) else { continue }
      wide.replaceSubrange(
        start..<start + length, with: self[number * length..<(number + 1) * length])
    }
    return wide
  }
}
