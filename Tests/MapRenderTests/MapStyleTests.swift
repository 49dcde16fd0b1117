import MapRender
import PoseRig
import TestSupport
import Testing

/// A buffer of one row, with the given distances; everything faces `normal`.
private func row(_ depths: [Float], normal: SIMD3<Float> = SIMD3(0, 0, 1)) -> GBuffer {
  GBuffer(
    width: depths.count, height: 1, depth: depths,
    normals: Array(repeating: PackedNormal(normal), count: depths.count),
    shading: depths.map { SIMD4(200, 200, 200, $0 > 0 ? 1 : 0) })
}

@Suite struct DepthStyleTests {
  @Test func linearIsProportionalToDistance() {
    let map = DepthMap(curve: .linear, range: .init(near: 1, far: 3), floor: 0)
    #expect(map.draw(row([1, 2, 3, 0, 9])).pixels == [255, 127, 0, 0, 0])
  }

  @Test func zoeStretchesFromThe2ndToThe85thPercentile() throws {
    let buffer = row((0...100).map { 1 + Float($0) / 100 } + [0, 0])
    let range = try #require(DepthRange(percentilesOf: buffer))
    #expect(abs(range.near - 1.02) < 1e-5 && abs(range.far - 1.85) < 1e-5)
    let levels = DepthMap(curve: .zoe, range: range, floor: 0).draw(buffer).pixels
    #expect(levels[0] == 255 && levels[1] == 255 && levels[100] == 0 && levels[90] == 0)
    #expect(levels[101] == 0)
  }

  @Test func the16BitMapHasTheSameCurveInFinerSteps() {
    let buffer = row([1, 1.0001, 2, 0])
    let map = DepthMap(range: .init(near: 1, far: 2), floor: 32)
    #expect(map.draw(buffer).pixels == [255, 254, 32, 0])
    let deep = map.drawDeep(buffer).pixels
    #expect(deep[0] == 65535 && deep[1] < 65535 && deep[2] == 32 * 257 && deep[3] == 0)
  }

  @Test func metricIsMillimetersAndNothingIsZero() {
    #expect(
      MetricMap.draw(row([1.2344, 0.0001, 0, 70])).pixels == [1234, 1, 0, 65535])
  }
}

@Suite struct NormalStyleTests {
  /// Each surface, then its color with NormalBae, ControlNet 1.0, OpenGL.
  @Test(arguments: [
    (SIMD3<Float>(0, 0, 1), RGB8(127, 127, 255), RGB8(255, 127, 127), RGB8(128, 128, 255)),
    (SIMD3(-1, 0, 0), RGB8(255, 127, 127), RGB8(127, 127, 255), RGB8(0, 128, 128)),
    (SIMD3(1, 0, 0), RGB8(0, 127, 127), RGB8(127, 127, 0), RGB8(255, 128, 128)),
    (SIMD3(0, 1, 0), RGB8(127, 255, 127), RGB8(127, 255, 127), RGB8(128, 255, 128)),
  ])
  func axesEqualTheReferences(_ n: SIMD3<Float>, _ bae: RGB8, _ midas: RGB8, _ gl: RGB8) {
    let buffer = row([1, 0], normal: n)
    #expect(NormalMap.draw(buffer, axes: .bae).pixels[0] == bae)
    #expect(NormalMap.draw(buffer, axes: .midas).pixels[0] == midas)
    #expect(NormalMap.draw(buffer, axes: .opengl).pixels[0] == gl)
    let directx = NormalMap.draw(buffer, axes: .directx).pixels[0]
    #expect(directx.red == gl.red && directx.blue == gl.blue)
    #expect(Int(directx.green) == (n.y == 0 ? 128 : 0))
    // Empty pixels face the camera.
    #expect(NormalMap.draw(buffer, axes: .bae).pixels[1] == RGB8(127, 127, 255))
    #expect(NormalMap.draw(buffer, axes: .midas).pixels[1] == RGB8(255, 127, 127))
  }
}

@Suite struct OpenPoseStyleTests {
  @Test func vaceIsV11WithRedAndBlueSwapped() {
    let people = [MadeUpPerson.whole]
    let v11 = OpenPoseMap.draw(
      people, width: 96, height: 128, style: .v11, parts: [.body, .face])
    let vace = OpenPoseMap.draw(people, width: 96, height: 128, style: .vace)
    #expect(vace == v11.map { RGB8($0.blue, $0.green, $0.red) } && vace != v11)
  }

  @Test func xinsirsSticksGrowWithTheCanvas() {
    func thickness(_ side: Int) -> Int {
      let body = (0..<18).map { [2: SIMD2(10.0, 60), 3: SIMD2(300.0, 60)][$0] }
      let image = OpenPoseMap.draw(
        [OpenPosePerson(body: body)], width: side, height: 128, style: .xinsir)
      return (0..<128).count { image[150, $0] != .black }
    }
    #expect(thickness(400) == 9 && thickness(800) == 17 && thickness(1024) == 25)
  }

  /// ComfyUI's option scales only the sticks; the function on xinsir's card also scales the discs.
  @Test func xinsirsDiscsGrowOnRequest() {
    func width(_ discs: OpenPoseDiscs) -> Int {
      let body = (0..<18).map { [0: SIMD2(100.0, 60)][$0] }
      let image = OpenPoseMap.draw(
        [OpenPosePerson(body: body)], width: 1024, height: 128, style: .xinsir, discs: discs)
      return (0..<1024).count { image[$0, 60] != .black }
    }
    #expect(width(.fixed) == 9 && width(.scaled) == 25)
  }

  /// `comfy_extras/pose/keypoint_draw.py`: no dimming, right hand first, 68 points of the face,
  /// feet as dots, no points outside.
  @Test func coreIsComfyUIsOwnNode() {
    func draw(_ person: OpenPosePerson, _ parts: Set<OpenPosePart>? = nil) -> Image<RGB8> {
      OpenPoseMap.draw([person], width: 64, height: 64, style: .core, parts: parts)
    }
    let limb = OpenPosePerson(
      body: (0..<18).map { [1: SIMD2(10.0, 32), 2: SIMD2(54.0, 32)][$0] })
    #expect(draw(limb)[32, 32] == RGB8(255, 0, 0))
    let feet = OpenPosePerson(
      body: [], feet: [SIMD2(20, 20), nil, nil, nil, nil, SIMD2(65, 20)])
    #expect(draw(feet)[20, 20] == RGB8(255, 0, 0) && draw(feet)[63, 20] == .black)
    #expect(draw(feet, [.body, .hands, .face]).pixels.allSatisfy { $0 == .black })
    // The first thumb bones of both hands cross: the left one is on top.
    func hand(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> [SIMD2<Double>?] {
      (0..<21).map { [0: a, 2: b][$0] ?? ($0 == 1 ? b : nil) }
    }
    let hands = OpenPosePerson(
      body: [], leftHand: (0..<21).map { [0: SIMD2(32.0, 10), 5: SIMD2(32.0, 54)][$0] },
      rightHand: hand(SIMD2(10, 32), SIMD2(54, 32)))
    #expect(draw(hands)[32, 32] == RGB8(203, 255, 0))
    let face = OpenPosePerson(body: [], face: (0..<70).map { $0 < 68 ? nil : SIMD2(30, 30) })
    #expect(draw(face).pixels.allSatisfy { $0 == .black })
  }

  @Test func wanAnimateHasToes() {
    let body = (0..<18).map { [13: SIMD2(20.0, 20)][$0] }
    let person = OpenPosePerson(body: body, toes: [SIMD2(50, 20), nil])
    let image = OpenPoseMap.draw([person], width: 64, height: 64, style: .aapose)
    #expect(image[35, 20] == RGB8(153, 0, 51))
    #expect(image[50, 20] == RGB8(200, 200, 0))
    let comfy = OpenPoseMap.draw([person], width: 64, height: 64)
    #expect(comfy[50, 20] == .black)
  }

  @Test func limbByLimbALaterLimbOfAnEarlierPersonIsOnTop() {
    // The nose limb of one person (drawn 13th) crosses the other's shoulder (drawn first).
    let one = OpenPosePerson(body: (0..<18).map { [0: SIMD2(32.0, 10), 1: SIMD2(32.0, 54)][$0] })
    let other = OpenPosePerson(
      body: (0..<18).map { [1: SIMD2(10.0, 32), 2: SIMD2(54.0, 32)][$0] })
    func crossing(_ style: OpenPoseStyleName) -> RGB8 {
      OpenPoseMap.draw([one, other], width: 64, height: 64, style: style)[32, 32]
    }
    #expect(crossing(.comfy) == RGB8(153, 0, 0))
    #expect(crossing(.v11) == RGB8(0, 0, 153))
  }
}
