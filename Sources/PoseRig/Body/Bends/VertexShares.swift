/// The skin joints that a vertex follows, with its share of each.
struct VertexShares {
  /// The number of skin joints that a vertex can have while its shares are redistributed.
  private static let room = 16
  private var indices = SIMD16<UInt8>.zero
  private var weights = SIMD16<Float>.zero
  private var count = 0
  /// The skin joints that it follows or has followed.
  private(set) var joints = SkinJoints()

  init(_ influences: SIMD4<UInt8>, _ weights: SIMD4<Float>) {
    for slot in 0..<4 where weights[slot] > 0 {
      indices[count] = influences[slot]
      self.weights[count] = weights[slot]
      joints.insert(influences[slot])
      count += 1
    }
  }

  /// Adds to the share of a skin joint.
  mutating func add(_ weight: Float, to index: UInt8) {
    guard weight > 0 else { return }
    for slot in 0..<count where indices[slot] == index {
      weights[slot] += weight
      return
    }
    guard count < Self.room else { return }
    indices[count] = index
    weights[count] = weight
    joints.insert(index)
    count += 1
  }

  /// Multiplies the shares of some skin joints.
  mutating func scale(by factor: Float, _ meant: SkinJoints) {
    for slot in 0..<count where meant.contains(indices[slot]) { weights[slot] *= factor }
  }

  /// Returns the sum of the shares of some skin joints.
  func sum(_ meant: SkinJoints) -> Float {
    guard joints.meets(meant) else { return 0 }
    var sum: Float = 0
    for slot in 0..<count where meant.contains(indices[slot]) { sum += weights[slot] }
    return sum
  }

  /// The four largest shares, the largest first.
  var strongest: (influences: SIMD4<UInt8>, weights: SIMD4<Float>) {
    var result = (influences: SIMD4<UInt8>.zero, weights: SIMD4<Float>.zero)
    var rest = weights
    for slot in 0..<min(4, count) {
      var best = 0
      for other in 1..<max(count, 1) where rest[other] > rest[best] { best = other }
      guard rest[best] > 0 else { break }
      result.influences[slot] = indices[best]
      result.weights[slot] = rest[best]
      rest[best] = 0
    }
    result.weights /= result.weights.sum()
    return result
  }
}
