internal import PoseRig

/// Samples a property densely enough that linear interpolation between keys, of numbers or
/// rotations, stays within a tolerance.
struct FBXSampler {
  /// The times in seconds, in ascending order, where the property can bend or step.
  let times: [Double]
  /// The time that the clip calls 0.
  let start: Double
  /// Whether the property can have steps.
  let steps: Bool

  /// Creates a sampler of values that depend on some properties, in a time range.
  init(_ courses: [FBXCourse], _ span: ClosedRange<Double>) {
    start = span.lowerBound
    steps = courses.contains(where: \.steps)
    guard courses.contains(where: \.moves) else {
      times = [start]
      return
    }
    var times = [start]
    for course in courses { course.addTimes(within: span, to: &times) }
    // Nothing changes after the last key, unless something repeats forever.
    let isMoving = courses.contains { course in
      course.continues || (course.span.map { $0.upperBound > span.upperBound } ?? false)
    }
    if isMoving { times.append(span.upperBound) }
    times.sort()
    self.times = times.reduce(into: []) { kept, time in
      if time - (kept.last ?? -.infinity) > 1e-7 { kept.append(time) }
    }
  }

  /// The keys: times from the clip's start, and values.
  struct Keys {
    var times: [Float] = []
    var values: [Float] = []
  }

  /// The largest number of times that a part of an interval is halved.
  private static let maximumHalvings = 7
  /// The largest number of parts that an interval between two keys is divided into.
  private static let maximumParts = 720
  /// The largest number of keys of a track; one with more keeps straight lines between the file's
  /// own keys.
  static let maximumKeys = 1 << 19
  /// The number of seconds by which a step is early, so that a frame at the step's time comes after
  /// it despite rounding.
  private static let haste = 2e-6

  /// Returns the keys of a property.
  ///
  /// - Parameters:
  ///   - most: the largest number of keys; a track with more keeps straight lines.
  ///   - parts: the number of parts that an interval is divided into; 0 for a straight one.
  ///   - value: the value at a time, or just before it.
  ///   - distance: the distance, in tolerances, of a value from the interpolation between two
  ///     others at a share.
  ///   - numbers: the components of a value.
  func keys<Value>(
    most: Int = maximumKeys, parts: (Double, Double) -> Int, value: (Double, Bool) -> Value,
    distance: (Value, Value, Value, Double) -> Double, numbers: (Value) -> [Float]
  ) -> Keys {
    var keys = Keys()
    func add(_ time: Double, _ value: Value) {
      var at = Float(time - start)
      // Never later than the time itself, and never earlier than the key before.
      if Double(at) > time - start { at = at.nextDown }
      keys.times.append(max(at, keys.times.last ?? 0, 0))
      keys.values += numbers(value)
    }
    func isBent(_ from: (Double, Value), _ middle: Value, _ to: (Double, Value)) -> Bool {
      if distance(from.1, middle, to.1, 0.5) > 1 { return true }
      // A symmetrical ease is at half its value in the middle too, so check the quarter.
      let early = from.0 + (to.0 - from.0) * 0.25
      return distance(from.1, value(early, false), to.1, 0.25) > 1
    }
    func halve(_ from: (Double, Value), _ to: (Double, Value), _ depth: Int) {
      let middle = ((from.0 + to.0) / 2, value((from.0 + to.0) / 2, false))
      guard depth < Self.maximumHalvings, isBent(from, middle.1, to) else { return }
      halve(from, middle, depth + 1)
      add(middle.0, middle.1)
      halve(middle, to, depth + 1)
    }
    guard let first = times.first else { return keys }
    var here = (first, value(first, false))
    add(here.0, here.1)
    for (from, to) in zip(times, times.dropFirst()) {
      let count =
        keys.times.count < min(most, Self.maximumKeys) ? min(parts(from, to), Self.maximumParts) : 0
      if steps, count > 0, case let after = value(from + (to - from) * 1e-6, false),
        distance(here.1, after, here.1, 0) > 1
      {
        // The step is immediately after the key, not at it.
        here = (min(from + 2 * Self.haste, to), after)
        add(here.0, here.1)
      }
      let base = here
      for part in 1..<max(count, 1) {
        let time = base.0 + (to - base.0) * Double(part) / Double(count)
        let next = (time, value(time, false))
        halve(here, next, 0)
        add(time, next.1)
        here = next
      }
      let next = (to, value(to, false))
      let before = steps ? (to, value(to, true)) : next
      if count > 0 { halve(here, before, 0) }
      if steps, distance(before.1, next.1, before.1, 0) > 1 {
        add(to - Self.haste, before.1)
        add(to - Self.haste, next.1)
      } else {
        add(to, next.1)
      }
      here = next
    }
    return keys
  }
}
