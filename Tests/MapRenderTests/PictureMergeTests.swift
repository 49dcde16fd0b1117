import TestSupport
import Testing

@testable import MapRender

/// Owners in overlapping discs, and pictures of noise in which no two pixels are likely to be
/// equal.
private struct MadeUpMerge {
  let map: OwnerMap
  let pictures: [Image<RGB8>]

  init(width: Int = 90, height: Int = 70, pictures count: Int = 2, seed: UInt64 = 5) {
    var random = SplitMix64(seed: seed)
    var owners = [UInt8](repeating: 0, count: width * height)
    for number in 0..<count * 2 {
      let (x, y) = (
        Int.random(in: 0..<width, using: &random), Int.random(in: 0..<height, using: &random)
      )
      let radius = Int.random(in: 5..<25, using: &random)
      for index in owners.indices {
        let (dx, dy) = (index % width - x, index / width - y)
        if dx * dx + dy * dy < radius * radius { owners[index] = UInt8(number % count + 1) }
      }
    }
    map = OwnerMap(width: width, height: height, pictureCount: count, owners: owners)
    pictures = (0...count).map { _ in
      Image(
        width: width, height: height,
        pixels: owners.map { _ in
          let bits = UInt32.random(in: 0...UInt32.max, using: &random)
          return RGB8(
            UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8),
            UInt8(truncatingIfNeeded: bits >> 16))
        })
    }
  }

  /// Returns the distance from a pixel to the nearest border of owners, by examining all pixels.
  func distanceToBorder(_ index: Int) -> Double {
    let (x, y) = (index % map.width, index / map.width)
    var least = Int.max
    for (other, owner) in map.owners.enumerated() where owner != map.owners[index] {
      let (dx, dy) = (other % map.width - x, other / map.width - y)
      least = min(least, dx * dx + dy * dy)
    }
    return Double(least).squareRoot() - 0.5
  }
}

@Suite struct PictureMergeTests {
  @Test(arguments: [0, 1, 3, 8, 24, 56]) func outsideTheBandEveryPixelIsItsOwnersOwn(
    _ feather: Int
  ) {
    for count in [1, 2, 3] {
      let made = MadeUpMerge(pictures: count, seed: UInt64(count))
      let merged = PictureMerge(made.map, feather: feather).merged(made.pictures)
      var (wrong, blended) = (0, 0)
      for (index, owner) in made.map.owners.enumerated() {
        let isOwn = merged.pixels[index] == made.pictures[Int(owner)].pixels[index]
        if feather > 1, made.distanceToBorder(index) * 2 <= Double(feather) {
          blended += isOwn ? 0 : 1
        } else {
          wrong += isOwn ? 0 : 1
        }
      }
      #expect(wrong == 0 && (blended > 0) == (feather > 1), "\(count) pictures")
    }
  }

  @Test(arguments: [4, 8, 24, 56, 120, 256]) func equalPicturesShowNoSeam(_ feather: Int) {
    let made = MadeUpMerge(width: 300, height: 280, pictures: 3)
    let same = Array(repeating: made.pictures[0], count: 4)
    #expect(PictureMerge(made.map, feather: feather).merged(same) == same[0])
  }

  @Test(arguments: [4, 8, 24, 56]) func betweenTwoFlatColorsThereIsNoHalo(_ feather: Int) {
    let (width, height) = (120, 8)
    let owners = (0..<width * height).map { UInt8($0 % width < 60 ? 1 : 0) }
    let map = OwnerMap(width: width, height: height, pictureCount: 1, owners: owners)
    let merged = PictureMerge(map, feather: feather).merged([
      Image(width: width, height: height, filling: RGB8(40, 200, 0)),
      Image(width: width, height: height, filling: RGB8(200, 80, 255)),
    ])
    let row = (0..<width).map { merged[$0, 4] }
    for (one, next) in zip(row, row.dropFirst()) {
      #expect(one.red >= next.red && one.green <= next.green && one.blue >= next.blue)
    }
    #expect((0..<height).allSatisfy { y in (0..<width).allSatisfy { merged[$0, y] == row[$0] } })
    // About equal amounts of both on either side: the pyramid's pixels are not quite symmetrical
    // about the border.
    #expect(abs(Int(row[59].red) + Int(row[60].red) - 240) <= 8)
  }

  @Test(arguments: [8, 24, 56]) func tilesAreBlendedLikeTheWhole(_ feather: Int) {
    let made = MadeUpMerge(width: 600, height: 530, pictures: 2)
    let blend = PyramidBlend(feather: feather)
    let whole = blend.blend(
      made.pictures.enumerated().map { owner, picture in
        PyramidLevel(
          width: 600, height: 530,
          pixels: zip(picture.pixels, made.map.owners).map { pixel, own in
            SIMD4(
              Float(pixel.red), Float(pixel.green), Float(pixel.blue), own == UInt8(owner) ? 1 : 0)
          })
      })
    let merged = PictureMerge(made.map, feather: feather).merged(made.pictures)
    let seams = Seams(made.map, feather: feather)
    var differing = 0
    seams.forEachPixel { _, pixel in
      let red = min(max(whole.pixels[pixel].x.rounded(), 0), 255)
      differing += merged.pixels[pixel].red == UInt8(red) ? 0 : 1
    }
    #expect(differing == 0)
  }

  @Test func theBandIsNeverNarrowerThanThePyramidsReach() {
    #expect(
      [0, 7, 8, 23, 24, 56, 120, 248, 256].map { PyramidBlend(feather: $0).levels }
        == [0, 0, 1, 1, 2, 3, 4, 5, 5])
  }
}

@Suite struct LayerMaskTests {
  @Test(arguments: [0, 8, 21]) func stackedLayersShowEveryPictureByItsShare(_ feather: Int) {
    let made = MadeUpMerge(pictures: 3)
    let masks = LayerMasks(made.map, feather: feather)
    for order in [[0, 1, 2], [2, 0, 1]] {
      let layers = masks.opacities(inOrder: order).map(\.image.pixels)
      for index in 0..<masks.bounds.count {
        let length = masks.bounds.columns.count
        let (x, y) = (
          masks.bounds.columns.lowerBound + index % length,
          masks.bounds.rows.lowerBound + index / length
        )
        let pixel = y * made.map.width + x
        var seen: [Int?: Float] = [nil: 1]
        for (layer, picture) in zip(layers, order) {
          let opacity = Float(layer[pixel]) / 255
          for key in seen.keys { seen[key]? *= 1 - opacity }
          seen[picture] = opacity
        }
        for picture in [nil, 0, 1, 2] as [Int?] {
          #expect(abs((seen[picture] ?? 0) - masks.share(of: picture, at: index)) < 0.01)
        }
      }
    }
  }

  @Test func theBaseDoesNotShowBetweenAdjacentPictures() {
    let owners = (0..<60 * 20).map { UInt8($0 % 60 < 30 ? 1 : 2) }
    let map = OwnerMap(width: 60, height: 20, pictureCount: 2, owners: owners)
    let layers = LayerMasks(map, feather: 10).opacities(inOrder: [0, 1]).map(\.image)
    for x in 0..<60 {
      // The upper picture leaves the rest to the lower one, which covers it completely.
      #expect(max(layers[0][x, 10], layers[1][x, 10]) == 255, "column \(x)")
    }
  }
}

@Suite struct ColorMatchTests {
  private let base = MadeUpMerge().pictures[0]

  @Test func aPictureWithDifferentLightIsMatchedToTheBase() throws {
    // Darker and with less contrast, within the range of the levels.
    let picture = base.map {
      RGB8(UInt8(Double($0.red) * 0.7 + 20), UInt8(Double($0.green) * 0.6), $0.blue)
    }
    let indices = Array(base.pixels.indices)
    let match = try #require(ColorMatch(of: picture, to: base, over: indices))
    let matched = match.applied(to: picture)
    for (one, other) in zip(matched.pixels, base.pixels) {
      #expect(
        abs(Int(one.red) - Int(other.red)) <= 2 && abs(Int(one.green) - Int(other.green)) <= 2)
      #expect(abs(Int(one.blue) - Int(other.blue)) <= 1)
    }
  }

  @Test func tooFewPixelsAreNotMatched() {
    #expect(ColorMatch(of: base, to: base, over: Array(0..<255)) == nil)
  }

  @Test func theRingAvoidsBothPeople() {
    func disc(_ x: Int) -> Inset<UInt8> {
      let image = Image(
        width: 120, height: 60,
        pixels: (0..<120 * 60).map { index -> UInt8 in
          let (dx, dy) = (index % 120 - x, index / 120 - 30)
          return dx * dx + dy * dy <= 100 ? 255 : 0
        })
      return Inset(image, background: 0)
    }
    let ring = ColorMatch.ring(around: disc(40), besides: disc(75), gap: 4, width: 12)
    #expect(ring.count > 500)
    for index in ring {
      let (x, y) = (Double(index % 120), Double(index / 120 - 30))
      let own = ((x - 40) * (x - 40) + y * y).squareRoot() - 10
      let other = ((x - 75) * (x - 75) + y * y).squareRoot() - 10
      #expect(own > 3 && own < 17 && other > 3)
    }
  }
}
