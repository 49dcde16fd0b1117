internal import PoseRig

/// The values of one property over time, with all layers combined.
struct FBXCourse {
  /// The curves of one layer, and how they are combined with the layers below.
  struct Part {
    var node: FBXMotion.Node
    var mode: FBXMotion.Layer.Mode
    /// The weight, from 0 to 1, if no curve animates it.
    var weight: Double
    /// The weight in percent over time.
    var weightCurve: FBXCurve?
    var turnsAsWhole: Bool
    var multipliesScale: Bool

    fileprivate func share(at time: Double) -> Double {
      weightCurve.map { min(max($0.value(at: time) / 100, 0), 1) } ?? weight
    }
  }

  /// The default values without curves.
  let usual: Vector3
  /// Whether the property is a scale, which layers multiply.
  let isScale: Bool
  /// The layers that have curves for the property, from the bottom up.
  var parts: [Part] = []

  init(usual: Vector3, isScale: Bool) {
    self.usual = usual
    self.isScale = isScale
  }

  /// Whether the values change over time.
  var moves: Bool {
    parts.contains { !$0.node.isConstant || !($0.weightCurve?.isConstant ?? true) }
  }

  /// Returns the values at a time, or just before it.
  func vector(at time: Double, before isBefore: Bool = false) -> Vector3 {
    if parts.count == 1, parts[0].mode == .replace {
      return parts[0].node.vector(at: time, before: isBefore, usual: usual)
    }
    var result = usual
    for part in parts {
      let value = part.node.vector(at: time, before: isBefore, usual: usual)
      guard part.mode != .replace else {
        result = value
        continue
      }
      let share = part.share(at: time)
      if isScale, part.multipliesScale {
        for slot in 0..<3 {
          let kept = part.mode == .mix ? result[slot].power(1 - share) : result[slot]
          result[slot] = kept * value[slot].power(share)
        }
      } else {
        result = (part.mode == .mix ? result * (1 - share) : result) + value * share
      }
    }
    return result
  }

  /// Returns the rotation for the values, as angles in degrees, at a time or just before it.
  func turn(
    at time: Double, before isBefore: Bool = false, order: FBXRotationOrder
  ) -> Quaternion {
    guard parts.count > 1, parts.contains(where: { $0.turnsAsWhole && $0.mode != .replace })
    else {
      return order.rotation(vector(at: time, before: isBefore))
    }
    var result = order.rotation(usual)
    for part in parts {
      let value = order.rotation(part.node.vector(at: time, before: isBefore, usual: usual))
      switch part.mode {
      case .replace: result = value
      case .add: result = result * value.scaled(by: part.share(at: time))
      case .mix:
        result = result * (result.inverse * value).scaled(by: part.share(at: time))
      }
    }
    return result
  }

  // MARK: Keys

  private var curves: [FBXCurve] {
    parts.flatMap { $0.node.curves.compactMap(\.self) + [$0.weightCurve].compactMap(\.self) }
  }

  /// The first and the last time of all keys; nil without curves.
  var span: ClosedRange<Double>? {
    guard let first = curves.map(\.start).min(), let last = curves.map(\.end).max() else {
      return nil
    }
    return first...last
  }

  /// Whether it continues beyond its last key.
  var continues: Bool { curves.contains { $0.after != .hold } }

  /// Whether it has a discontinuity at any key.
  var steps: Bool { curves.contains(where: \.steps) }

  /// Adds the times of keys within a time range, including repetitions.
  func addTimes(within span: ClosedRange<Double>, to times: inout [Double]) {
    for curve in curves { curve.addTimes(within: span, to: &times) }
  }

  /// Returns an upper bound on the length of the values' path between two times.
  func travel(from start: Double, to end: Double) -> Double {
    curves.reduce(0) { $0 + $1.travel(from: start, to: end) }
  }
}

extension FBXCurve {
  /// The largest number of times that a repeating curve adds beyond its keys.
  private static let maximumRepeats = 100_000

  /// Adds the times of keys within a time range, including repetitions.
  fileprivate func addTimes(within span: ClosedRange<Double>, to times: inout [Double]) {
    for key in keys where span.contains(key.time) { times.append(key.time) }
    let duration = end - start
    guard duration > 1e-6 else { return }
    var added = 0
    if after.repeats {
      var offset = duration
      while end + offset - duration < span.upperBound, added < Self.maximumRepeats {
        for key in keys {
          let time = after.mode == .mirrored ? start + end - key.time : key.time
          if span.contains(time + offset) { times.append(time + offset) }
          added += 1
        }
        offset += duration
      }
    }
    if before.repeats {
      var offset = -duration
      while start + offset + duration > span.lowerBound, added < Self.maximumRepeats {
        for key in keys {
          let time = before.mode == .mirrored ? start + end - key.time : key.time
          if span.contains(time + offset) { times.append(time + offset) }
          added += 1
        }
        offset -= duration
      }
    }
  }
}
