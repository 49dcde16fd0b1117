import MapRender
import PoseRig
import TestSupport
import Testing

@Suite struct OpenPoseMapTests {
  private static func draw(
    _ people: [OpenPosePerson], parts: Set<OpenPosePart>? = nil
  ) -> Image<RGB8> {
    OpenPoseMap.draw(people, width: 64, height: 64, parts: parts)
  }

  /// 18 body points, all missing except the given ones.
  private static func body(_ points: [Int: SIMD2<Double>]) -> OpenPosePerson {
    OpenPosePerson(body: (0..<18).map { points[$0] })
  }

  @Test func madeUpPersonIsUnchanged() throws {
    let image = OpenPoseMap.draw([MadeUpPerson.whole], width: 96, height: 128)
    try GoldenImage.expect(image, named: "openpose-made-up-person")
  }

  @Test func nobodyIsBlack() {
    #expect(Self.draw([]) == Image(width: 64, height: 64, filling: .black))
    #expect(OpenPoseMap.draw([MadeUpPerson.whole], width: 0, height: 0).pixels.isEmpty)
  }

  @Test(arguments: [(0, RGB8(255, 0, 0)), (4, RGB8(170, 255, 0)), (17, RGB8(255, 0, 85))])
  func pointIsADiscOf49PixelsInItsOwnColor(index: Int, color: RGB8) {
    let image = Self.draw([Self.body([index: SIMD2(20.9, 30.9)])])
    #expect(image.pixels.count { $0 == color } == 49)
    #expect(image.pixels.count { $0 == .black } == 64 * 64 - 49)
    #expect(image[16, 30] == color && image[24, 30] == color && image[20, 34] == color)
  }

  @Test func limbIsDimmedAndNinePixelsThickUnderItsEnds() {
    let image = Self.draw([Self.body([2: SIMD2(10, 30), 3: SIMD2(50, 30)])])
    let column = (0..<64).map { image[30, $0] }
    #expect(column.count { $0 == RGB8(153, 102, 0) } == 9)
    #expect(image[10, 30] == RGB8(255, 170, 0) && image[50, 30] == RGB8(255, 255, 0))
  }

  @Test func limbNeedsBothEnds() {
    let alone = Self.draw([Self.body([2: SIMD2(10, 30)])])
    #expect(alone.pixels.count { $0 != .black } == 49)
  }

  @Test func limbExtendsBeyondTheCanvas() {
    let image = Self.draw([Self.body([2: SIMD2(32, 32), 3: SIMD2(500, 32)])])
    #expect(image[63, 32] == RGB8(153, 102, 0))
  }

  @Test func laterPeopleCoverEarlierOnes() {
    let first = Self.body([0: SIMD2(30, 30)])
    let second = Self.body([1: SIMD2(30, 30)])
    #expect(Self.draw([first, second])[30, 30] == RGB8(255, 85, 0))
    #expect(Self.draw([second, first])[30, 30] == RGB8(255, 0, 0))
  }

  @Test func handIsColoredLinesUnderBlueDots() {
    var hand = [SIMD2<Double>?](repeating: nil, count: 21)
    hand[0] = SIMD2(10, 10)
    hand[13] = SIMD2(40, 10)
    let image = Self.draw([OpenPosePerson(body: [], rightHand: hand)])
    #expect(image[25, 10] == RGB8(0, 102, 255))
    #expect((0..<64).count { image[25, $0] != .black } == 3)
    #expect(image[10, 14] == RGB8(0, 0, 255) && image[40, 6] == RGB8(0, 0, 255))
  }

  @Test func faceIsWhiteDotsOf29Pixels() {
    let image = Self.draw([OpenPosePerson(body: [], face: [SIMD2(20, 20)])])
    #expect(image.pixels.count { $0 == .white } == 29)
  }

  @Test(arguments: [SIMD2(0.9, 20), SIMD2(20, 0.9), SIMD2(-3, 20), SIMD2(20, -0.5)])
  func handsAndFacesLackPointsInTheFirstRowAndColumn(point: SIMD2<Double>) {
    let person = OpenPosePerson(body: [], leftHand: [point], face: [point])
    #expect(Self.draw([person]).pixels.allSatisfy { $0 == .black })
    #expect(Self.draw([Self.body([0: point])]).pixels.contains(RGB8(255, 0, 0)))
  }

  @Test func onlyTheSelectedPartsAreDrawn() {
    let point = SIMD2(30.0, 30.0)
    let person = OpenPosePerson(body: [point], leftHand: [point], face: [point])
    #expect(Self.draw([person], parts: [.body])[30, 30] == RGB8(255, 0, 0))
    #expect(Self.draw([person], parts: [.hands])[30, 30] == RGB8(0, 0, 255))
    #expect(Self.draw([person], parts: [.face])[30, 30] == .white)
    #expect(Self.draw([person], parts: []).pixels.allSatisfy { $0 == .black })
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
  func pointsBeyondAllBoundsCountAsMissing(wild: Double) {
    let good = SIMD2(30.0, 30.0)
    let person = OpenPosePerson(
      body: [SIMD2(wild, 20), good], leftHand: [SIMD2(20, wild), good], face: [SIMD2(wild, wild)])
    let tame = OpenPosePerson(body: [nil, good], leftHand: [nil, good])
    #expect(Self.draw([person]) == Self.draw([tame]))
  }

  @Test func farthestPointsAreDrawnInNoTime() {
    let far = OpenPosePerson.farthest
    let person = OpenPosePerson(
      body: (0..<18).map { SIMD2($0.isMultiple(of: 2) ? far : -far, $0 < 9 ? -far : far) },
      leftHand: (0..<21).map { SIMD2(far, Double($0) * far / 21) })
    let time = ContinuousClock().measure { _ = Self.draw([person]) }
    #expect(time < .seconds(30))
  }
}
