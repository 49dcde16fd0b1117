/// The keys of a curve as the file stores them: flags, slopes and weights, where several keys share
/// an entry.
struct FBXTangents {
  private static let constant: UInt32 = 0x2
  private static let cubic: UInt32 = 0x8
  /// The flag of a constant key that takes the next key's value.
  private static let next: UInt32 = 0x100
  private static let tensionContinuityBias: UInt32 = 0x200
  private static let user: UInt32 = 0x400
  private static let clamped: UInt32 = 0x1000
  private static let timeIndependent: UInt32 = 0x2000
  private static let clampedProgressively: UInt32 = 0x4000
  private static let weightedRight: UInt32 = 0x100_0000
  private static let weightedNextLeft: UInt32 = 0x200_0000

  /// The times in seconds, in ascending order.
  private var times: [Double] = []
  private var values: [Double] = []
  private var flags: [UInt32] = []
  private var attributes: [SIMD4<UInt32>] = []

  /// Reads the lists of a curve.
  init(_ record: FBXRecord, of file: FBXFile, ticksPerSecond: Double) throws(ForeignModelError) {
    let ticks = try file.integers(record.first("KeyTime"))
    let numbers = try file.numbers(record.first("KeyValueFloat"))
    let shared = try file.integers(record.first("KeyAttrFlags"))
    let bits = try file.floatBits(record.first("KeyAttrDataFloat"))
    let counts = try file.integers(record.first("KeyAttrRefCount")).map { max($0, 0) }
    var entry = 0
    var left = counts.first ?? 0
    for index in 0..<min(ticks.count, numbers.count) {
      while left <= 0, entry + 1 < counts.count {
        entry += 1
        left = counts[entry]
      }
      left -= 1
      let time = Double(ticks[index]) / ticksPerSecond
      guard numbers[index].isFinite, abs(time) < 1e6 else { continue }
      // Of two keys at one time, the later one in the file counts.
      if let last = times.last, time <= last {
        guard time == last else { continue }
        values[values.count - 1] = numbers[index]
        continue
      }
      times.append(time)
      values.append(numbers[index])
      flags.append(
        entry < shared.count ? UInt32(truncatingIfNeeded: shared[entry]) : 0x4)
      let at = entry * 4
      attributes.append(
        at + 4 <= bits.count ? SIMD4(bits[at], bits[at + 1], bits[at + 2], bits[at + 3]) : .zero)
    }
  }

  /// The keys with the interpolation between them.
  var keys: [FBXCurve.Key] {
    times.indices.map { index in
      FBXCurve.Key(time: times[index], value: values[index], course: course(after: index))
    }
  }

  private func course(after index: Int) -> FBXCurve.Course {
    let flags = flags[index]
    if flags & Self.constant != 0 { return flags & Self.next != 0 ? .next : .constant }
    guard flags & Self.cubic != 0, index + 1 < times.count else { return .linear }
    let packed = attributes[index][2]
    let isPlain = flags & Self.tensionContinuityBias == 0
    let reach = flags & Self.weightedRight != 0 && isPlain ? weight(packed & 0xFFFF) : 1.0 / 3
    let nextReach = flags & Self.weightedNextLeft != 0 && isPlain ? weight(packed >> 16) : 1.0 / 3
    let (leaving, arriving) = (slopes(at: index).right, slopes(at: index + 1).left)
    guard leaving.isFinite, arriving.isFinite, abs(leaving) < 1e9, abs(arriving) < 1e9 else {
      return .linear
    }
    return .cubic(leaving: leaving, arriving: arriving, reach: reach, nextReach: nextReach)
  }

  /// Returns a weight that is packed as ten-thousandths.
  private func weight(_ packed: UInt32) -> Double { min(Double(packed) * 0.0001, 1) }

  // MARK: Slopes

  /// Returns the slopes at a key from the left and to the right, in units per second.
  private func slopes(at index: Int) -> (left: Double, right: Double) {
    let stored = stored(at: index)
    let flags = flags[index]
    guard flags & Self.cubic != 0, flags & Self.constant == 0 else {
      // The key itself continues linearly or in steps, so the arriving side keeps the stored slope.
      return (stored.left, 0)
    }
    if flags & Self.tensionContinuityBias != 0 { return tensioned(at: index) }
    if flags & Self.user != 0 { return stored }
    // Automatic tangents store a bias where others store slopes.
    guard index > 0, index + 1 < times.count else {
      let slope = edgeSlope(at: index, bias: index > 0 ? -stored.left : stored.right)
      return (slope, slope)
    }
    if abs(stored.left + stored.right) <= 1e-4 {
      let slope = automaticSlope(at: index, bias: stored.right)
      return (slope, slope)
    }
    return (
      automaticSlope(at: index, bias: -stored.left), automaticSlope(at: index, bias: stored.right)
    )
  }

  /// Returns the two numbers that the file stores for a key; the left one is stored with the
  /// previous key.
  private func stored(at index: Int) -> (left: Double, right: Double) {
    let before = index > 0 ? Double(Float(bitPattern: attributes[index - 1][1])) : 0
    let isBiased = index > 0 && self.flags[index - 1] & Self.tensionContinuityBias != 0
    return (isBiased ? 0 : before, Double(Float(bitPattern: attributes[index][0])))
  }

  /// Returns the slope of an automatic tangent (FbxAnimCurveDef's eTangentAuto and its flags).
  private func automaticSlope(at index: Int, bias: Double) -> Double {
    let flags = flags[index]
    let (before, after) = (times[index] - times[index - 1], times[index + 1] - times[index])
    let (fall, rise) = (values[index] - values[index - 1], values[index + 1] - values[index])
    if flags & Self.clamped != 0, min(abs(fall), abs(rise)) <= Self.clampingThreshold { return 0 }
    var slope = (fall + rise) / (before + after)
    if flags & Self.timeIndependent == 0 {
      // Without that flag, the nearer neighbor has more weight.
      let nearness = before / (before + after)
      let near = fall / before * (1 - nearness) + rise / after * nearness
      slope = biased((slope + near) / 2, bias, fall / before, rise / after)
    }
    guard flags & Self.clampedProgressively != 0 else { return slope }
    // No handle can overshoot the neighboring keys.
    let sign: Double = slope < 0 ? -1 : 1
    let (left, right) = reaches(at: index)
    let most = min(
      limit(sign * fall, over: left * before), limit(sign * rise, over: right * after))
    return sign * min(abs(slope), most)
  }

  private func limit(_ height: Double, over width: Double) -> Double {
    width > 0 ? max(height / width, 0) : 0
  }

  /// Returns a slope moved toward that of one side by a percentage; more than 500 makes it steeper.
  private func biased(
    _ slope: Double, _ bias: Double, _ before: Double, _ after: Double
  ) -> Double {
    let share = abs(bias) / 100
    guard share > 1e-4 else { return slope }
    let target = bias > 0 ? after : before
    let change = target - slope
    return slope + change * share + steeper(share, abs(change) > 1e-5 ? change : bias)
  }

  private func steeper(_ share: Double, _ direction: Double) -> Double {
    guard share > 5 else { return 0 }
    return (share - 5) * (share - 5) * 40 * (direction > 0 ? 1 : -1)
  }

  /// Returns the slope of an automatic tangent at the first or the last key.
  private func edgeSlope(at index: Int, bias: Double) -> Double {
    guard times.count > 1 else { return 0 }
    let flags = flags[index]
    let first = index == 0 ? 0 : index - 1
    let rise = values[first + 1] - values[first]
    if flags & Self.clampedProgressively != 0 { return 0 }
    if flags & Self.clamped != 0, abs(rise) <= Self.clampingThreshold { return 0 }
    let slope = rise / (times[first + 1] - times[first])
    return flags & Self.timeIndependent == 0 ? slope + steeper(abs(bias) / 100, bias) : slope
  }

  /// Returns the reaches of the handles at a key, as shares of the times to its neighbors.
  private func reaches(at index: Int) -> (left: Double, right: Double) {
    let isLeftWeighted = flags[index - 1] & Self.weightedNextLeft != 0
    let isRightWeighted = flags[index] & Self.weightedRight != 0
    return (
      isLeftWeighted ? weight(attributes[index - 1][2] >> 16) : 1.0 / 3,
      isRightWeighted ? weight(attributes[index][2] & 0xFFFF) : 1.0 / 3
    )
  }

  /// Returns the slopes of Kochanek and Bartels: tension, continuity and bias.
  private func tensioned(at index: Int) -> (left: Double, right: Double) {
    func attribute(_ slot: Int) -> Double { Double(Float(bitPattern: attributes[index][slot])) }
    let (tension, continuity, bias) = (attribute(0), attribute(1), attribute(2))
    let hasBefore = index > 0
    let hasAfter = index + 1 < times.count
    let before =
      hasBefore ? (values[index] - values[index - 1]) / (times[index] - times[index - 1]) : 0
    let after =
      hasAfter ? (values[index + 1] - values[index]) / (times[index + 1] - times[index]) : 0
    let share = (hasBefore && hasAfter ? 0.5 : 1) * (1 - tension)
    return (
      share * ((1 + bias) * (1 - continuity) * before + (1 - bias) * (1 + continuity) * after),
      share * ((1 + bias) * (1 + continuity) * before + (1 - bias) * (1 - continuity) * after)
    )
  }

  /// The largest difference between values that a clamped tangent treats as level.
  private static let clampingThreshold = 1e-4
}
