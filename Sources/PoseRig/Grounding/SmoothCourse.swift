/// Smooths values over time.
enum SmoothCourse {
  /// Returns the smoothed values of a series that is known at some samples: gaps are interpolated
  /// linearly, and the series is averaged twice, each time over a window of `half` seconds before
  /// and after.
  static func mean(of values: [Double?], half: Double, rate: Double) -> [Double] {
    let known = values.indices.filter { values[$0] != nil }
    guard let first = known.first, let last = known.last else {
      return Array(repeating: 0, count: values.count)
    }
    var filled = values.map { $0 ?? 0 }
    for sample in 0..<first { filled[sample] = filled[first] }
    for sample in last..<values.count { filled[sample] = filled[last] }
    for (before, after) in zip(known, known.dropFirst()) where after > before + 1 {
      for sample in (before + 1)..<after {
        let share = Double(sample - before) / Double(after - before)
        filled[sample] = filled[before] + (filled[after] - filled[before]) * share
      }
    }
    let width = samples(half, rate)
    return averaged(averaged(filled, width), width)
  }

  /// Returns a smooth series that is never below the given values: the maximum of a window of
  /// `half` seconds before and after, averaged twice over half of it. No average is less than the
  /// value in the middle of the window.
  static func cover(of values: [Double], half: Double, rate: Double) -> [Double] {
    guard values.contains(where: { $0 != 0 }) else { return values }
    let width = samples(half / 2, rate)
    let most = values.indices.map { sample in
      values[window(sample, width * 2, values.count)].max() ?? 0
    }
    return averaged(averaged(most, width), width)
  }

  private static func samples(_ time: Double, _ rate: Double) -> Int {
    max(1, Int((time * rate).rounded()))
  }

  private static func window(_ sample: Int, _ width: Int, _ count: Int) -> ClosedRange<Int> {
    max(0, sample - width)...min(count - 1, sample + width)
  }

  /// Returns the mean of each number and its neighbors. The first and last values are repeated
  /// beyond the ends, so that the series does not shrink there.
  private static func averaged(_ values: [Double], _ width: Int) -> [Double] {
    values.indices.map { sample in
      var sum = 0.0
      for other in (sample - width)...(sample + width) {
        sum += values[min(max(other, 0), values.count - 1)]
      }
      return sum / Double(2 * width + 1)
    }
  }
}
