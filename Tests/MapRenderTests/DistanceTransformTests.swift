import TestSupport
import Testing

@testable import MapRender

@Suite struct DistanceTransformTests {
  /// Returns the square of the distance to the nearest pixel sought, by examining all of them.
  private func bruteForce(_ width: Int, _ height: Int, _ isSought: [Bool]) -> [Int32] {
    let found = isSought.indices.filter { isSought[$0] }
    return isSought.indices.map { index in
      found.map { other in square(index, other, width) }.min() ?? DistanceTransform.farthest
    }
  }

  private func square(_ index: Int, _ other: Int, _ width: Int) -> Int32 {
    let (x, y) = (index % width - other % width, index / width - other / width)
    return Int32(x * x + y * y)
  }

  @Test(arguments: [(1, 1), (1, 17), (17, 1), (2, 3), (23, 31), (40, 13)])
  func distancesEqualThoseOfBruteForceAndTheNearestPixelIsThatFar(_ width: Int, _ height: Int) {
    var random = SplitMix64(seed: UInt64(width * 100 + height))
    for share in [0.0, 0.02, 0.1, 0.5, 0.95, 1] {
      let sought = (0..<width * height).map { _ in Double.random(in: 0..<1, using: &random) < share
      }
      let transform = DistanceTransform(width: width, height: height, isSought: sought)
      // Otherwise, a failure would print thousands of numbers.
      let isExact = transform.squared == bruteForce(width, height, sought)
      #expect(isExact, "\(width)×\(height) \(share)")
      for (index, nearest) in transform.nearest.enumerated() {
        guard nearest >= 0 else {
          #expect(!sought.contains(true))
          continue
        }
        #expect(sought[Int(nearest)])
        #expect(square(index, Int(nearest), width) == transform.squared[index])
      }
    }
  }

  @Test func theLongestDistancesOfTheLargestCanvasAreExact() {
    let (width, height) = (8192, 512)
    var sought = [Bool](repeating: false, count: width * height)
    sought[0] = true
    let transform = DistanceTransform(width: width, height: height, isSought: sought)
    #expect(transform.squared[width * height - 1] == 8191 * 8191 + 511 * 511)
    #expect(transform.nearest.allSatisfy { $0 == 0 })
  }
}
