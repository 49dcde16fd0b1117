import Testing

@testable import PoseRig

@Suite struct HumanTemplateTargetTests {
  private let target = HumanTemplate.Target(
    indices: [3, 0, 300], offsets: [1, -2, 3, 32_767, -32_768, 0, 256, 255, -256], scale: 0.5)

  @Test func numbersAmongOtherBytesEqualTheLists() {
    let bytes: [UInt8] =
      [9, 9, 9] + [3, 0, 0, 0, 44, 1] + [9]
      + [1, 0, 254, 255, 3, 0, 255, 127, 0, 128, 0, 0, 0, 1, 255, 0, 0, 255] + [9]
    let read = HumanTemplate.Target(count: 3, scale: 0.5, bytes: bytes, index: 3, offset: 10)
    #expect(read == target)
    #expect(read.indices == [3, 0, 300])
    #expect(read.offsets == [1, -2, 3, 32_767, -32_768, 0, 256, 255, -256])
    #expect(read.lastVertex == 300)
  }

  @Test func strengthScalesTheMovement() {
    var shape = [SIMD3<Float>](repeating: SIMD3(1, 1, 1), count: 301)
    target.apply(0.5, to: &shape)
    #expect(shape[3] == SIMD3(1.25, 0.5, 1.75))
    #expect(shape[0] == SIMD3(8192.75, -8191, 1))
    #expect(shape[300] == SIMD3(65, 64.75, -63))
    #expect(shape[1] == SIMD3(1, 1, 1))
  }

  @Test func anEmptyTargetMovesNothing() {
    #expect(HumanTemplate.Target(indices: [], offsets: [], scale: 1).lastVertex == nil)
  }
}
