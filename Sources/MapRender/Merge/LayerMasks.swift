/// How much of each owner's picture is in each pixel when borders are ramps, and the layers that
/// come to the same.
public struct LayerMasks: Sendable {
  /// The pixels in which anything but the base shows.
  public let bounds: PixelBounds
  /// Of each picture, for every pixel of the bounds, its share from 0 to 1; the rest is the base's.
  private let shares: [[Float]]
  private let size: (width: Int, height: Int)

  /// The shares of the pictures of `map`: ramps `feather` pixels wide centered on the borders, as
  /// ``MaskEdge`` has them; where three owners meet, in proportion.
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

  /// The share of a picture at a place of the bounds; of the base for nil.
  func share(of picture: Int?, at location: Int) -> Float {
    guard let picture else { return 1 - shares.reduce(0) { $0 + $1[location] } }
    return shares[picture][location]
  }

  /// The opacity of each picture's layer, 0 to 255, when they lie over the base in this order, the
  /// last on top: each pixel then has of every picture its share.
  ///
  /// A layer therefore continues at full strength under the ramp of one above that borders on it:
  /// otherwise the base would shine through.
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
  /// The list of a rectangle as that of one that holds it, 0 elsewhere.
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
