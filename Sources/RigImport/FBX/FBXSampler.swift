internal import PoseRig

/// Turns the course of a property into keys so close together that straight lines, or even turns,
/// between them stay within a tolerance.
struct FBXSampler {
  /// The times in seconds at which the course may bend or step, rising.
  let times: [Double]
  /// The time that the clip calls 0.
  let start: Double
  /// Whether the course may step at all.
  let steps: Bool

  /// Creates a sampler of values that depend on some courses, in a stretch of time.
  init(_ courses: [FBXCourse], _ span: ClosedRange<Double>) {
    start = span.lowerBound
    steps = courses.contains(where: \.steps)
    guard courses.contains(where: \.moves) else {
      times = [start]
      return
    }
    var times = [start]
    for course in courses { course.addTimes(within: span, to: &times) }
    // After the last key nothing changes, unless something continues for ever.
    let isMoving = courses.contains { course in
      course.goesOn || (course.span.map { $0.upperBound > span.upperBound } ?? false)
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

  /// The most halvings of a part of the time between two keys.
  private static let maximumHalvings = 7
  /// The most parts into which the time between two keys is cut.
  private static let maximumParts = 720
  /// The most keys of a track; what has more is left with straight lines between the file's own.
  static let maximumKeys = 1 << 19
  /// The seconds by which a step comes early, so that a frame at the step's time is after it
  /// however both times are rounded.
  private static let haste = 2e-6

  /// Returns the keys of a property.
  ///
  /// - Parameters:
  ///   - most: The most keys; what has more is left with straight lines likewise.
  ///   - parts: The count of parts into which a stretch of time is cut; 0 for one that is straight.
  ///   - value: The value at a time, or just before it.
  ///   - distance: How far a value is from where two others have it a share of the way from the
  ///     first to the second, in tolerances.
  ///   - numbers: The numbers of a value.
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
      // An even ease in and out is halfway in the middle, too.
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
        // It steps right after the key, not at it.
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
