/// A value over time: keys, with a Bézier curve, a line or a step between them.
struct FBXCurve {
  /// The interpolation between a key and the next.
  enum Course: Equatable {
    /// The key's value until the next key.
    case constant
    /// The next key's value immediately after the key.
    case next
    /// A straight line.
    case linear
    /// A Bézier curve: slopes in units per second, and the reach of the handles as shares of the
    /// time between the keys.
    case cubic(leaving: Double, arriving: Double, reach: Double, nextReach: Double)
  }

  /// A key.
  struct Key: Equatable {
    /// The time in seconds.
    var time: Double
    /// The value at that time.
    var value: Double
    /// The interpolation to the next key.
    var course: Course
  }

  /// The keys in ascending order; at least one.
  let keys: [Key]
  /// The extrapolation before the first key.
  var before = FBXExtrapolation.hold
  /// The extrapolation after the last key.
  var after = FBXExtrapolation.hold

  /// Creates a curve; nil without keys.
  init?(keys: [Key]) {
    guard let first = keys.first, let last = keys.last else { return nil }
    // Programs that bake animations write equal keys for every frame.
    let isFlat = keys.allSatisfy { key in
      guard key.value == first.value else { return false }
      guard case .cubic(let leaving, let arriving, _, _) = key.course else { return true }
      return leaving == 0 && arriving == 0
    }
    self.keys = isFlat && keys.count > 2 ? [first, last] : keys
  }

  /// The time of the first key.
  var start: Double { keys[0].time }
  /// The time of the last key.
  var end: Double { keys[keys.count - 1].time }

  /// Whether the value never changes.
  var isConstant: Bool {
    let value = keys[0].value
    let isFlat = keys.allSatisfy { key in
      guard abs(key.value - value) <= 1e-6 * max(1, abs(value)) else { return false }
      guard case .cubic(let leaving, let arriving, _, _) = key.course else { return true }
      return abs(leaving) < 1e-5 && abs(arriving) < 1e-5
    }
    return isFlat && !before.isSloped && !after.isSloped
  }

  /// Whether it has a discontinuity at any key, or where its keys repeat.
  var steps: Bool {
    before.repeats || after.repeats
      || keys.contains { $0.course == .constant || $0.course == .next }
  }

  /// Returns the value at a time; at a step, the value after it, or before it if requested.
  func value(at time: Double, before isBefore: Bool = false) -> Double {
    if time < start { return before.value(at: time, of: self, isBefore: true, limit: isBefore) }
    if time > end { return after.value(at: time, of: self, isBefore: false, limit: isBefore) }
    return valueWithin(time, before: isBefore)
  }

  /// Returns the value at a time between the first and the last key.
  func valueWithin(_ time: Double, before isBefore: Bool) -> Double {
    let next = firstKey(from: time, including: isBefore)
    guard next > 0 else { return keys[0].value }
    let key = keys[next - 1]
    guard next < keys.count else { return key.value }
    let end = keys[next]
    // The next value applies only after the key itself.
    if case .next = key.course { return time > key.time ? end.value : key.value }
    return Self.value(from: key, to: end, at: time)
  }

  /// Returns the index of the first key later than a time, or not earlier.
  private func firstKey(from time: Double, including: Bool) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      let isEarlier = including ? keys[middle].time < time : keys[middle].time <= time
      if isEarlier { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func value(from key: Key, to end: Key, at time: Double) -> Double {
    let span = end.time - key.time
    let share = (time - key.time) / span
    switch key.course {
    case .constant: return key.value
    case .next: return end.value
    case .linear: return key.value + (end.value - key.value) * share
    case .cubic(let leaving, let arriving, let reach, let nextReach):
      let along = FBXBezier.parameter(share, reach, 1 - nextReach)
      return FBXBezier.value(
        along, key.value, key.value + leaving * reach * span,
        end.value - arriving * nextReach * span, end.value)
    }
  }

  /// Returns an upper bound on the length of the value's path between two times.
  func travel(from start: Double, to end: Double) -> Double {
    let first = max(firstKey(from: start, including: false) - 1, 0)
    var travel = 0.0
    for index in first..<max(keys.count - 1, first) {
      let (key, next) = (keys[index], keys[index + 1])
      guard key.time < end else { break }
      let span = next.time - key.time
      let share = max(0, (min(end, next.time) - max(start, key.time)) / span)
      switch key.course {
      case .constant, .next: break
      case .linear: travel += abs(next.value - key.value) * share
      case .cubic(let leaving, let arriving, let reach, let nextReach):
        let (a, b) = (leaving * reach * span, arriving * nextReach * span)
        // A part of the interval can contain more than its share of the path.
        travel += (abs(a) + abs(next.value - b - key.value - a) + abs(b)) * min(1, 2 * share)
      }
    }
    return travel
  }
}

/// A cubic Bézier curve in one dimension.
enum FBXBezier {
  /// Returns the value at a parameter from 0 to 1.
  static func value(_ u: Double, _ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
    let v = 1 - u
    return v * v * v * a + 3 * v * v * u * b + 3 * v * u * u * c + u * u * u * d
  }

  /// Returns the parameter at which a curve from 0 over two handles to 1 reaches a share of time.
  static func parameter(_ share: Double, _ first: Double, _ second: Double) -> Double {
    // Handles at the thirds make time linear.
    if abs(first - 1.0 / 3) < 1e-5, abs(second - 2.0 / 3) < 1e-5 { return share }
    var (low, high) = (0.0, 1.0)
    var u = share
    for _ in 0..<60 {
      let error = value(u, 0, first, second, 1) - share
      if abs(error) < 1e-12 { break }
      if error < 0 { low = u } else { high = u }
      let v = 1 - u
      let slope = 3 * v * v * first + 6 * v * u * (second - first) + 3 * u * u * (1 - second)
      let next = u - error / slope
      u = next > low && next < high ? next : (low + high) / 2
    }
    return u
  }
}

/// The extrapolation of a curve beyond its keys.
struct FBXExtrapolation: Equatable {
  /// The kinds of extrapolation.
  enum Mode { case hold, slope, again, mirrored, onward }

  /// The kind of extrapolation.
  var mode: Mode
  /// The number of repetitions of the keys; nil for unlimited.
  var count: Int?

  /// The last value forever.
  static let hold = FBXExtrapolation(mode: .hold, count: nil)

  /// Whether the keys repeat.
  var repeats: Bool { mode != .hold && mode != .slope }
  /// Whether the value changes even if all keys are equal.
  var isSloped: Bool { mode == .slope }

  /// Returns the value at a time before the first or after the last key.
  func value(at time: Double, of curve: FBXCurve, isBefore: Bool, limit: Bool) -> Double {
    let key = isBefore ? curve.keys[0] : curve.keys[curve.keys.count - 1]
    let duration = curve.end - curve.start
    switch mode {
    case .hold: return key.value
    case .slope: return key.value + slope(of: curve, isBefore) * (time - key.time)
    default: break
    }
    guard duration > 1e-9, count != 0 else { return key.value }
    let beyond = isBefore ? curve.start - time : time - curve.end
    var turns = (beyond / duration).rounded(.down)
    var rest = beyond - turns * duration
    if let count, turns >= Double(count) {
      turns = Double(count) - 1
      rest = duration
    }
    if mode == .mirrored, turns.truncatingRemainder(dividingBy: 2) == 0 { rest = duration - rest }
    if isBefore { rest = duration - rest }
    let value = curve.valueWithin(curve.start + rest, before: limit)
    guard mode == .onward else { return value }
    let gain = curve.keys[curve.keys.count - 1].value - curve.keys[0].value
    return value + (isBefore ? -gain : gain) * (turns + 1)
  }

  /// Returns the slope at the first or the last key, in units per second.
  private func slope(of curve: FBXCurve, _ isBefore: Bool) -> Double {
    guard curve.keys.count > 1 else { return 0 }
    let first = isBefore ? 0 : curve.keys.count - 2
    let (key, next) = (curve.keys[first], curve.keys[first + 1])
    switch key.course {
    case .constant, .next: return 0
    case .linear: return (next.value - key.value) / (next.time - key.time)
    case .cubic(let leaving, let arriving, _, _): return isBefore ? leaving : arriving
    }
  }
}
