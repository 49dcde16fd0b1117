import PoseRig
import RigImport
import Testing

@Suite struct NodeTransformTests {
  @Test func scaleComesBeforeRotationAndTranslation() {
    let transform = NodeTransform(
      translation: Vector3(1, 2, 3), rotation: Quaternion(angle: .pi / 2, axis: .unitZ),
      scale: Vector3(2, 1, 1))
    let moved = transform.matrix * SIMD4(1, 0, 0, 1)
    #expect(abs(moved.x - 1) < 1e-12 && abs(moved.y - 4) < 1e-12 && abs(moved.z - 3) < 1e-12)
  }
}
