/// A gain and an offset for each channel, which give one picture the mean and the spread of
/// another.
public struct ColorMatch: Equatable, Sendable {
  /// The factors of red, green and blue.
  public var gain: SIMD3<Double>
  /// The number added to each channel, in levels.
  public var offset: SIMD3<Double>

  /// The range of gains; others mean that the two pictures show different content.
  static let gains = 0.5...2.0
  /// The minimum number of pixels; mean and spread of fewer pixels say little.
  static let fewestPixels = 256

  /// Creates the match of `picture` to `other` over pixels where both show one content; nil if
  /// there are too few.
  public init?(of picture: Image<RGB8>, to other: Image<RGB8>, over locations: [Int]) {
    guard locations.count >= Self.fewestPixels else { return nil }
    let (own, wanted) = (Spread(picture, locations), Spread(other, locations))
    gain = SIMD3(repeating: 1)
    for channel in 0..<3 where own.deviation[channel] > 0.5 {
      let share = wanted.deviation[channel] / own.deviation[channel]
      gain[channel] = min(max(share, Self.gains.lowerBound), Self.gains.upperBound)
    }
    offset = wanted.mean - gain * own.mean
  }

  /// Returns the picture with the gains and offsets applied, rounded.
  public func applied(to picture: Image<RGB8>) -> Image<RGB8> {
    let tables = (0..<3).map { channel in
      (0..<256).map { level in
        UInt8(min(max((Double(level) * gain[channel] + offset[channel]).rounded(), 0), 255))
      }
    }
    return picture.map { pixel in
      RGB8(tables[0][Int(pixel.red)], tables[1][Int(pixel.green)], tables[2][Int(pixel.blue)])
    }
  }

  /// Returns the pixels around a character where both its own picture and the base show background.
  ///
  /// They start at a small distance from the character, since hair and clothes stand out from the
  /// silhouette, and keep the same distance from anyone whom the base shows.
  /// - Parameters:
  ///   - own: the character's silhouette, 0 outside it.
  ///   - others: the silhouettes in the base, if it shows anyone.
  ///   - gap: the distance between the pixels and both silhouettes.
  ///   - width: the width of the ring.
  public static func ring(
    around own: Inset<UInt8>, besides other: Inset<UInt8>?, gap: Int, width: Int
  ) -> [Int] {
    let bounds = own.bounds.grown(by: gap + width, width: own.width, height: own.height)
    let distances = Region(own.grown(by: gap + width)).distances(toInside: true).squared
    let taken = other.map { MaskEdge(grow: gap).applied(to: $0) }
    let range = Int32(gap * gap + 1)...Int32((gap + width) * (gap + width))
    var locations: [Int] = []
    for (number, row) in bounds.rows.enumerated() {
      for (column, x) in bounds.columns.enumerated()
      where range.contains(distances[number * bounds.columns.count + column]) {
        if let taken, let location = taken.bounds.index(x: x, y: row), taken.pixels[location] != 0 {
          continue
        }
        locations.append(row * own.width + x)
      }
    }
    return locations
  }
}

/// The mean and the standard deviation of each channel. The sums are of integers, so their order
/// does not matter.
private struct Spread {
  var mean = SIMD3<Double>.zero
  var deviation = SIMD3<Double>.zero

  init(_ picture: Image<RGB8>, _ locations: [Int]) {
    var (sum, squares) = (SIMD3<Int>.zero, SIMD3<Int>.zero)
    for location in locations {
      let pixel = picture.pixels[location]
      let levels = SIMD3(Int(pixel.red), Int(pixel.green), Int(pixel.blue))
      sum &+= levels
      squares &+= levels &* levels
    }
    let count = Double(locations.count)
    mean = SIMD3<Double>(sum) / count
    let variance = SIMD3<Double>(squares) / count - mean * mean
    deviation = variance.clamped(lowerBound: .zero, upperBound: SIMD3(repeating: .infinity))
      .squareRoot()
  }
}
