import MapRender
import TestSupport
import Testing

@Suite struct CannyMapTests {
  private func step(from dark: UInt8, to light: UInt8) -> Image<RGB8> {
    Image(
      width: 20, height: 10,
      pixels: (0..<200).map { RGB8(grey: $0 % 20 < 10 ? dark : light) })
  }

  @Test func aStepIsALineOfOnePixel() {
    let edges = CannyMap.detect(step(from: 0, to: 200))
    for y in 0..<10 { #expect((0..<20).filter { edges[$0, y] == 255 }.count == 1) }
  }

  @Test func thresholdsAreOnFourTimesTheStepAndStrict() {
    // Sobel's kernel weighs a vertical step by 4, so 50 levels give 200, which is not above 200.
    #expect(CannyMap.detect(step(from: 0, to: 50)).count(of: 255) == 0)
    #expect(CannyMap.detect(step(from: 0, to: 51)).count(of: 255) > 0)
  }

  @Test func weakEdgesSurviveOnlyBesideStrongOnes() {
    var image = step(from: 0, to: 40)
    #expect(CannyMap.detect(image).count(of: 255) == 0)
    for y in 0..<3 { for x in 10..<20 { image[x, y] = RGB8(grey: 200) } }
    let edges = CannyMap.detect(image)
    #expect((3..<10).contains { y in (8...11).contains { edges[$0, y] == 255 } })
  }

  @Test func aSinglePixelHasNoEdges() {
    #expect(CannyMap.detect(Image(width: 1, height: 1, filling: RGB8.white)).pixels == [0])
  }
}
