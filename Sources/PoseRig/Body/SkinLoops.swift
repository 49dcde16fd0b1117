internal import CLoops

/// The C loop over a skin's points, with Swift types.
enum SkinLoops {
  /// Returns points moved by the blend of their joints' motions.
  static func moved(
    _ points: [SIMD3<Float>], _ skin: DualQuaternionSkin, _ motions: [Transform]
  ) -> [SIMD3<Float>] {
    precondition(
      min(skin.influences.count, skin.weights.count) >= points.count,
      "SkinLoops: a point has no joints")
    // One for each possible influence, so that no index is out of range.
    let rest = repeatElement(DualQuaternion(.identity), count: max(0, 256 - motions.count))
    let motions = motions.map { DualQuaternion($0) } + rest
    return [SIMD3<Float>](unsafeUninitializedCapacity: points.count) { moved, count in
      count = points.count
      points.withUnsafeBytes { points in
        skin.influences.withUnsafeBytes { influences in
          skin.weights.withUnsafeBytes { weights in
            motions.withUnsafeBytes { motions in
              skin_points(
                points.assumingMemoryBound(to: Float.self).baseAddress,
                influences.assumingMemoryBound(to: UInt8.self).baseAddress,
                weights.assumingMemoryBound(to: Float.self).baseAddress, count,
                motions.assumingMemoryBound(to: Float.self).baseAddress,
                UnsafeMutableRawBufferPointer(moved).assumingMemoryBound(to: Float.self)
                  .baseAddress)
            }
          }
        }
      }
    }
  }
}

/// A rigid motion as a single-precision unit dual quaternion, in the layout of `skin_points`.
private struct DualQuaternion {
  /// The rotation, x y z w.
  let real: SIMD4<Float>
  /// Half of the translation times the rotation.
  let dual: SIMD4<Float>

  init(_ transform: Transform) {
    let t = transform.translation
    let half = Quaternion(x: t.x / 2, y: t.y / 2, z: t.z / 2, w: 0) * transform.rotation
    real = SIMD4<Float>(transform.rotation.components)
    dual = SIMD4<Float>(half.components)
  }
}
