/// The position and softness of a mask's edge.
public struct MaskEdge: Equatable, Sendable {
  /// The distance by which a mask extends beyond its own edge, in whole pixels; negative to stay
  /// inside it.
  public var grow: Int
  /// The full width of the ramp from 255 to 0, in whole pixels, centered on the edge; 0 and 1 for
  /// no ramp.
  public var feather: Int

  /// Creates an edge from its two numbers.
  public init(grow: Int = 0, feather: Int = 0) {
    self.grow = grow
    self.feather = feather
  }

  /// The number of pixels beyond the mask where it can differ from 0; at least one, so that the
  /// surroundings of the mask's rectangle are known.
  var reach: Int { max(1, max(0, grow) + (feather + 1) / 2) }

  /// Returns the mask with this edge.
  ///
  /// A grown mask contains every pixel whose center is at most `grow` from the center of a pixel in
  /// the mask; a shrunk mask contains those farther than that from all pixels outside it. The sides
  /// of the picture are not edges: a mask that continues beyond them does not shrink or fade there.
  /// - Parameters:
  ///   - mask: 255 or 0; 0 outside its rectangle.
  ///   - gains: returns whether growing may take a pixel, given its index in the rectangle grown by
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

/// The pixels of a rectangle that are in a mask.
struct Region {
  let width: Int
  let height: Int
  var contains: [Bool]

  init(width: Int, height: Int, contains: [Bool]) {
    self.width = width
    self.height = height
    self.contains = contains
  }

  /// Creates a region of the nonzero pixels in a picture's rectangle.
  init(_ mask: Inset<UInt8>) {
    self.init(
      width: mask.bounds.columns.count, height: mask.bounds.rows.count,
      contains: mask.pixels.map { $0 != 0 })
  }

  /// Returns the distances to all pixels inside, or to all outside.
  func distances(toInside inside: Bool) -> DistanceTransform {
    DistanceTransform(
      width: width, height: height, isSought: inside ? contains : contains.map { !$0 })
  }

  /// Adds the pixels that are at most `distance` away, if `gains` allows it; for a negative
  /// distance, removes as much.
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

  /// Returns 255 inside, 0 outside, and between them a ramp centered on the edge.
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

/// The transition from the inside to the outside of a mask.
enum Ramp {
  /// Returns the smoothstep of the distance to the edge, which lies halfway between two pixels:
  /// exactly 1 from `feather`/2 inside it, and exactly 0 from as far outside.
  /// - Parameter squared: the square of the distance to the nearest pixel on the other side of the
  ///   edge.
  static func share(squared: Int32, isInside: Bool, feather: Int) -> Double {
    let distance = Double(squared).squareRoot() - 0.5
    guard distance * 2 < Double(feather) else { return isInside ? 1 : 0 }
    let way = 0.5 + (isInside ? distance : -distance) / Double(feather)
    return way * way * (3 - 2 * way)
  }

  /// Returns a share of 1 as a level of 255, rounded.
  static func level(_ share: Double) -> UInt8 { UInt8((share * 255).rounded()) }
}
