import TestSupport
import Testing

@testable import MapRender

/// The drawing primitives, compared with pictures drawn by OpenCV 4.10.
@Suite struct RasterTests {
  private static func picture(
    _ width: Int, _ height: Int, draw: (inout Image<UInt8>) -> Void
  ) -> String {
    var image = Image<UInt8>(width: width, height: height, filling: 0)
    draw(&image)
    return image.text(blank: 0)
  }

  @Test(arguments: [
    (radius: 1, widths: [1, 3, 1]),
    (radius: 3, widths: [1, 5, 5, 7, 5, 5, 1]),
    (radius: 4, widths: [1, 5, 7, 7, 9, 7, 7, 5, 1]),
    (radius: 5, widths: [1, 7, 9, 9, 9, 11, 9, 9, 9, 7, 1]),
  ])
  func discRowsHaveOpenCVsWidths(radius: Int, widths: [Int]) {
    var image = Image<UInt8>(width: 2 * radius + 1, height: 2 * radius + 1, filling: 0)
    image.fillDisc(center: SIMD2(radius, radius), radius: radius, with: 1)
    let rows = (0..<image.height).map { y in (0..<image.width).count { image[$0, y] == 1 } }
    #expect(rows == widths)
  }

  @Test func discAtTheCornerIsClippedAtTheBorder() {
    let drawn = Self.picture(4, 4) { $0.fillDisc(center: SIMD2(0, 0), radius: 3, with: 1) }
    #expect(
      drawn == """
        ####
        ###.
        ###.
        #...
        """)
  }

  @Test func lineHasTheSamePixelsFromEitherEnd() {
    let there = Self.picture(9, 4) { $0.drawLine(from: SIMD2(0, 0), to: SIMD2(8, 3), with: 1) }
    let back = Self.picture(9, 4) { $0.drawLine(from: SIMD2(8, 3), to: SIMD2(0, 0), with: 1) }
    #expect(there == back)
    #expect(
      there == """
        ##.......
        ..###....
        .....##..
        .......##
        """)
  }

  @Test func lineFarOutsideEndsAtTheBorder() {
    let drawn = Self.picture(5, 5) {
      $0.drawLine(from: SIMD2(-1_000_000, -1_000_000), to: SIMD2(1_000_000, 1_000_000), with: 1)
      $0.drawLine(from: SIMD2(-9, 2), to: SIMD2(-1, 2), with: 1)
    }
    #expect(drawn.filter { $0 == "#" }.count == 5)
  }

  @Test func thickLineIsThreeWideWithRoundEnds() {
    let drawn = Self.picture(10, 6) {
      $0.drawThickLine(from: SIMD2(2, 2), to: SIMD2(7, 3), width: 2, with: 1)
    }
    #expect(drawn == RasterReference.thickLine)
  }

  @Test func thickLineWithoutLengthIsADot() {
    let drawn = Self.picture(3, 3) {
      $0.drawThickLine(from: SIMD2(1, 1), to: SIMD2(1, 1), width: 2, with: 1)
    }
    #expect(drawn == ".#.\n###\n.#.")
  }

  @Test func ellipseEqualsOpenCVs() {
    let drawn = Self.picture(24, 16) {
      let corners = EllipsePolygon.corners(
        center: SIMD2(11, 7), halfAxes: SIMD2(10, 4), degrees: -27)
      $0.fillConvexPolygon(corners, with: 1)
    }
    #expect(drawn == RasterReference.ellipse)
  }

  @Test func polygonsWithoutAnInsideAreTheirOutline() {
    let drawn = Self.picture(4, 3) {
      $0.fillConvexPolygon([], with: 1)
      $0.fillConvexPolygon([SIMD2(3, 0)], with: 1)
      $0.fillConvexPolygon([SIMD2(0, 2), SIMD2(2, 2)], with: 1)
    }
    #expect(drawn == "...#\n....\n###.")
    let slanted = Self.picture(6, 4) {
      $0.fillConvexPolygon([SIMD2(0, 0), SIMD2(1, 2)], with: 1)
    }
    let line = Self.picture(6, 4) { $0.drawLine(from: SIMD2(0, 0), to: SIMD2(1, 2), with: 1) }
    #expect(slanted == line)
  }
}
