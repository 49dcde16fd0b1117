import MapRender
import PoseRig
import TestSupport
import Testing

@Suite struct CannyMapTests {
  /// A picture that is black left of `edge`, and one color right of it.
  private static func step(to color: RGB8, size: Int = 8, edge: Int = 4) -> Image<RGB8> {
    var image = Image<RGB8>(width: size, height: size, filling: .black)
    for y in 0..<size {
      for x in edge..<size { image[x, y] = color }
    }
    return image
  }

  private static func edgeCount(_ image: Image<UInt8>) -> Int { image.pixels.count { $0 == 255 } }

  @Test func wavyPictureHasOpenCVsEdges() {
    var image = Image<RGB8>(width: 32, height: 24, filling: .black)
    for y in 0..<24 {
      for x in 0..<32 {
        image[x, y] = RGB8(
          UInt8((x * x + y * 37) % 256), UInt8(x * y * 5 % 256), UInt8((x - y) * (x - y) % 256))
      }
    }
    let edges = CannyMap.detect(image, CannyDetector(low: 400, high: 900))
    #expect(edges.text(blank: 0) == CannyReference.wavyPicture)
    #expect(Self.edgeCount(CannyMap.detect(image)) == 277)
  }

  @Test func flatAndEmptyPicturesHaveNoEdges() {
    #expect(Self.edgeCount(CannyMap.detect(Image(width: 9, height: 7, filling: .white))) == 0)
    #expect(Self.edgeCount(CannyMap.detect(Image(width: 1, height: 1, filling: .white))) == 0)
    #expect(CannyMap.detect(Image(width: 0, height: 0, filling: .white)).pixels.isEmpty)
    #expect(CannyMap.detect(Image(width: 5, height: 0, filling: .white)).pixels.isEmpty)
    #expect(CannyMap.detect(Image(width: 0, height: 5, filling: .white)).pixels.isEmpty)
  }

  @Test func stepIsALineOnePixelWide() {
    let edges = CannyMap.detect(Self.step(to: .white))
    for y in 0..<8 {
      #expect((0..<8).filter { edges[$0, y] == 255 } == [3])
    }
  }

  @Test(arguments: [RGB8(60, 0, 0), RGB8(0, 60, 0), RGB8(0, 0, 60)])
  func anyChannelMakesAnEdge(color: RGB8) {
    #expect(Self.edgeCount(CannyMap.detect(Self.step(to: color))) == 8)
  }

  /// A step of n has the gradient 4n.
  @Test func edgesExceedTheThresholds() {
    let step50 = Self.step(to: RGB8(gray: 50))
    #expect(Self.edgeCount(CannyMap.detect(step50, CannyDetector(low: 100, high: 200))) == 0)
    #expect(Self.edgeCount(CannyMap.detect(step50, CannyDetector(low: 100, high: 199))) == 8)
    #expect(Self.edgeCount(CannyMap.detect(step50, CannyDetector(low: 100, high: 199.9))) == 8)
  }

  @Test(arguments: [(Double.infinity, false), (-.infinity, true), (.nan, true), (1e300, false)])
  func thresholdsCanBeMeaningless(wild: Double, hasEdges: Bool) {
    let edges = CannyMap.detect(Self.step(to: .white), CannyDetector(low: wild, high: wild))
    #expect(edges.pixels.contains(255) == hasEdges)
  }

  @Test func weakEdgeNeedsAStrongOneBesideIt() {
    var weak = Self.step(to: RGB8(gray: 40), size: 12)
    #expect(Self.edgeCount(CannyMap.detect(weak)) == 0)
    for x in 4..<12 { weak[x, 0] = .white }
    let edges = CannyMap.detect(weak)
    #expect(CannyMap.detect(weak, CannyDetector(low: 200, high: 100)) == edges)
    #expect((2..<12).allSatisfy { edges[3, $0] == 255 })
  }
}
