/// Where a mask's edge is put, and how soft it is.
public struct MaskEdge: Equatable, Sendable {
  /// How far beyond its own edge a mask reaches, in whole pixels; negative for how far it stays
  /// back.
  public var grow: Int
  /// How wide the ramp from 255 to 0 is in all, in whole pixels, centered on the edge; 0 and 1 for
  /// none.
  public var feather: Int

  /// An edge from its two numbers.
  public init(grow: Int = 0, feather: Int = 0) {
    self.grow = grow
    self.feather = feather
  }

  /// How many pixels beyond the mask it may be other than 0; at least one, so that the surroundings
  /// of the mask's rectangle are known.
  var reach: Int { max(1, max(0, grow) + (feather + 1) / 2) }

  /// The mask with this edge.
  ///
  /// A grown mask has every pixel whose center is at most `grow` from the center of one that was in
  /// it, one that has shrunk those that are farther than that from all that were not. The sides of
  /// the picture are no edges: what continues beyond does not shrink or fade there.
  /// - Parameters:
  ///   - mask: 255 or 0; 0 outside its rectangle.
  ///   - gains: whether growing may take a pixel, asked with its place in the rectangle grown by
  ///     ``reach``, and that of the nearest pixel of the mask.
  public func applied(
    to mask: Inset<UInt8>, gains: (_ index: Int, _ nearest: Int) -> Bool = { _, _ in true }
  ) -> Inset<UInt8> {
    if self == MaskEdge() || mask.bounds.count == 0 { return mask }
    let wide = mask.grown(by: reach)
    var region = Region(wide)
    region.grow(by: grow, gains: gains)
    return Inset(
      width: mask.width, height: mask.height, background: 0, bounds: wide.bounds,
      pixels: region.levels(feather: feather))
  }
}

/// Which pixels of a rectangle are in a mask.
struct Region {
  let width: Int
  let height: Int
  var contains: [Bool]

  init(width: Int, height: Int, contains: [Bool]) {
    self.width = width
    self.height = height
    self.contains = contains
  }

  /// The pixels of a picture's rectangle that are not 0.
  init(_ mask: Inset<UInt8>) {
    self.init(
      width: mask.bounds.columns.count, height: mask.bounds.rows.count,
      contains: mask.pixels.map { $0 != 0 })
  }

  /// The distances to all pixels within, or to all without.
  func distances(toInside inside: Bool) -> DistanceTransform {
    DistanceTransform(
      width: width, height: height, isSought: inside ? contains : contains.map { !$0 })
  }

  /// Takes in the pixels that are at most `distance` away, if `gains` allows it; gives up as much
  /// for a negative distance.
  mutating func grow(by distance: Int, gains: (_ index: Int, _ nearest: Int) -> Bool) {
    if distance == 0 { return }
    let isGrowing = distance > 0
    let distances = distances(toInside: isGrowing)
    let limit = Int32(distance * distance)
    for index in contains.indices
    where contains[index] != isGrowing && distances.squared[index] <= limit {
      if !isGrowing || gains(index, Int(distances.nearest[index])) { contains[index] = isGrowing }
    }
  }

  /// 255 within, 0 without, and between them a ramp centered on the edge.
  func levels(feather: Int) -> [UInt8] {
    if feather <= 1 { return contains.map { $0 ? 255 : 0 } }
    let (toInside, toOutside) = (distances(toInside: true), distances(toInside: false))
    return contains.indices.map { index in
      let isInside = contains[index]
      let squared = isInside ? toOutside.squared[index] : toInside.squared[index]
      return Ramp.level(Ramp.share(squared: squared, isInside: isInside, feather: feather))
    }
  }
}

/// How a mask goes from within to without.
enum Ramp {
  /// Smoothstep of the distance to the edge, which lies half-way between two pixels: exactly 1 from
  /// `feather`/2 within it, exactly 0 from as much without.
  /// - Parameter squared: the square of the distance to the nearest pixel on the edge's other side.
  static func share(squared: Int32, isInside: Bool, feather: Int) -> Double {
    let distance = Double(squared).squareRoot() - 0.5
    guard distance * 2 < Double(feather) else { return isInside ? 1 : 0 }
    let way = 0.5 + (isInside ? distance : -distance) / Double(feather)
    return way * way * (3 - 2 * way)
  }

  /// A share of 1 as a level of 255, rounded.
  static func level(_ share: Double) -> UInt8 { UInt8((share * 255).rounded()) }
}
