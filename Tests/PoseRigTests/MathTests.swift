import PoseRig
import TestSupport
import Testing

@Suite struct MathTests {
  private func randomRotation(_ random: inout SplitMix64) -> Quaternion {
    Quaternion(
      intrinsicXYZ: Vector3(
        .random(in: -3...3, using: &random), .random(in: -3...3, using: &random),
        .random(in: -3...3, using: &random)))
  }

  @Test func aProductAppliesTheRightFactorFirst() {
    let aboutZ = Quaternion(angle: .pi / 2, axis: .unitZ)
    let aboutX = Quaternion(angle: .pi / 2, axis: .unitX)
    let result = (aboutX * aboutZ).rotate(.unitX)
    #expect((result - .unitZ).length < 1e-12)
  }

  @Test func swingAndTwistComposeTheRotationAndTheSwingExcludesTheAxis() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<200 {
      let rotation = randomRotation(&random)
      let (swing, twist) = rotation.swingTwist(about: .unitX)
      let product = swing * twist
      #expect(abs(abs((product.components * rotation.components).sum()) - 1) < 1e-9)
      #expect(abs(swing.vector.x) < 1e-9)
      #expect((twist.rotate(.unitX) - .unitX).length < 1e-9)
    }
  }

  @Test func aTransformAndItsInverseCancel() {
    var random = SplitMix64(seed: 8)
    let transform = Transform(rotation: randomRotation(&random), translation: Vector3(1, -2, 3))
    let point = Vector3(0.3, 0.4, 0.5)
    #expect((transform.inverse.apply(transform.apply(point)) - point).length < 1e-12)
  }
}
