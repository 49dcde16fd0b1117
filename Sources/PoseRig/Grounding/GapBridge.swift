/// Interpolates corrections that are known at some samples over the gaps, without a jump, and
/// without a kink where a gap begins: a foot lifts off smoothly, but can land abruptly.
struct GapBridge {
  /// The number of samples per second.
  let rate: Double
  /// The time in which a correction fades out and in, in seconds; over gaps shorter than twice this
  /// time, it changes directly from one value to the next.
  let time: Double
  /// The largest rate of change of a correction at the edge of a gap, per second.
  let fastest: Double

  /// The time in which the rate of change at the edge of a gap fades out, in seconds: long enough
  /// to avoid a kink, and short enough not to carry the correction far.
  private static let edgeTime = 0.12

  /// Returns the values with their gaps filled; all zero if nothing is known.
  func bridge(_ values: [Vector3?]) -> [Vector3] {
    var bridged = values.map { $0 ?? .zero }
    let known = values.indices.filter { values[$0] != nil }
    guard let first = known.first, let last = known.last else { return bridged }
    fade(&bridged, from: first, by: -1)
    fade(&bridged, from: last, by: 1)
    for (before, after) in zip(known, known.dropFirst()) where after > before + 1 {
      if Double(after - before) > 2 * time * rate {
        fade(&bridged, from: before, by: 1)
        fade(&bridged, from: after, by: -1)
      } else {
        for sample in (before + 1)..<after {
          let share = Self.eased(Double(sample - before) / Double(after - before))
          bridged[sample] = bridged[before] + (bridged[after] - bridged[before]) * share
        }
      }
    }
    for edge in known where edge + 1 < values.count && values[edge + 1] == nil {
      run(&bridged, values, out: edge)
    }
    return bridged
  }

  /// Fades a value out from a sample, forward or backward, to the end of the values.
  private func fade(_ values: inout [Vector3], from edge: Int, by step: Int) {
    let length = max(1, Int((time * rate).rounded()))
    for count in 1..<(length + 1) {
      let sample = edge + count * step
      guard values.indices.contains(sample) else { return }
      values[sample] = values[edge] * (1 - Self.eased(Double(count) / Double(length)))
    }
  }

  /// Continues the rate of change before a gap into it while it fades out.
  private func run(_ bridged: inout [Vector3], _ values: [Vector3?], out edge: Int) {
    let slope = slope(values, at: edge)
    let length = max(1, Int((Self.edgeTime * rate).rounded()))
    let gap = values[(edge + 1)...].prefix { $0 == nil }.count
    for count in 1..<(min(length, gap) + 1) {
      // In a shorter gap, the change ends sooner.
      let t = Double(count) / Double(min(length, gap + 1))
      bridged[edge + count] += slope * (Double(min(length, gap + 1)) * t * (1 - t) * (1 - t))
    }
  }

  /// Returns the change per sample at the end of the known values.
  private func slope(_ values: [Vector3?], at edge: Int) -> Vector3 {
    guard edge > 0, let value = values[edge], let last = values[edge - 1] else { return .zero }
    let slope = value - last
    let most = fastest / rate
    return slope.length > most ? slope * (most / slope.length) : slope
  }

  private static func eased(_ t: Double) -> Double { t * t * (3 - 2 * t) }
}
