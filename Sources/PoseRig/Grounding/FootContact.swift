/// A range of a motion in which a heel or a ball stands on the ground.
struct FootContact: Equatable, Sendable {
  /// The foot: 0 is the left, 1 the right.
  var side: Int
  /// The part of the foot that stands.
  var part: FootPart
  /// The range of samples.
  var samples: ClosedRange<Int>
  /// The height of the surface above the motion's floor, in leg lengths: 0 on the floor.
  var height = 0.0
}

/// Finds when feet stand: they hardly move, are as low as that foot ever is while it does not move,
/// and either carry the body at some time or are on the floor.
///
/// All lengths are in leg lengths (hip to knee to ankle), speeds in leg lengths per second; an
/// adult's leg is 0.85 m.
struct ContactSearch {
  /// The speed below which a point can begin to stand.
  static let stillSpeed = 0.3
  /// The speed above which it no longer stands.
  static let movingSpeed = 0.35
  /// The distance off the ground from which a point no longer stands.
  static let leastRise = 0.02
  /// The height above or below the floor up to which a surface counts as the floor.
  static let floorTolerance = 0.06
  /// The height of a foot above the other one up to which it can carry the body.
  static let supportTolerance = 0.03
  /// The largest distance that a point moves while it stands.
  static let wanderRadius = 0.05
  /// The shortest contact, in seconds.
  static let leastDuration = 0.08
  /// The longest gap that is ignored, in seconds.
  static let longestGap = 0.06
  /// The share of the total standing time from which a height is the floor.
  static let floorShare = 0.1

  private let course: FootCourse
  /// The heights of the points, corrected so that heel and ball of a flat foot have equal heights.
  private let heights: [[[Double]]]
  /// The lower height of heel and ball, by side and sample.
  private let lowest: [[Double]]

  /// Returns all contacts of a course, in order of side, part and time.
  static func contacts(in course: FootCourse) -> [FootContact] {
    ContactSearch(course).contacts()
  }

  private init(_ course: FootCourse) {
    self.course = course
    let raw = course.points.map { $0.map { $0.map(\.y) } }
    let heels = raw.indices.map { side in Self.flatOffset(course, raw, side) }
    heights = raw.indices.map { side in
      [raw[side][0].map { $0 - heels[side] }, raw[side][1]]
    }
    lowest = heights.map { parts in zip(parts[0], parts[1]).map { min($0, $1) } }
  }

  /// Returns the height of the heel above the ball while a foot is flat: some skeletons rest on
  /// tiptoe or with rotated feet. An offset above the floor's tolerance is not such an error.
  private static func flatOffset(
    _ course: FootCourse, _ raw: [[[Double]]], _ side: Int
  ) -> Double {
    let other = raw[1 - side]
    let differences = (0..<course.count).filter { sample in
      FootPart.allCases.allSatisfy { course.speeds[side][$0.rawValue][sample] < stillSpeed }
        && min(raw[side][0][sample], raw[side][1][sample])
          <= min(other[0][sample], other[1][sample]) + supportTolerance
    }.map { raw[side][0][$0] - raw[side][1][$0] }.sorted()
    guard !differences.isEmpty else { return 0 }
    let median = differences[differences.count / 2]
    return abs(median) <= floorTolerance ? median : 0
  }

  private func contacts() -> [FootContact] {
    var found: [(contact: FootContact, ground: Double, support: Int)] = []
    for side in heights.indices {
      for part in FootPart.allCases {
        for samples in stretches(side, part) {
          let support = samples.count {
            lowest[side][$0] <= lowest[1 - side][$0] + Self.supportTolerance
          }
          let contact = FootContact(side: side, part: part, samples: samples)
          found.append((contact, ground(of: samples, side, part), support))
        }
      }
    }
    guard let floor = Self.floor(of: found.map { ($0.ground, $0.support) }) else { return [] }
    let leastSupport = max(1, Int(Self.leastDuration * course.rate))
    return found.compactMap { contact, ground, support in
      var contact = contact
      if abs(ground - floor) > Self.floorTolerance {
        guard support >= leastSupport else { return nil }
        contact.height = ground - floor
      }
      return contact
    }
  }

  /// Returns the lowest height at which feet stand for a share of the total standing time.
  private static func floor(of levels: [(height: Double, support: Int)]) -> Double? {
    let all = levels.reduce(0) { $0 + $1.support }
    guard all > 0 else { return nil }
    for level in levels.sorted(by: { $0.height < $1.height }) {
      let alike = levels.filter {
        $0.height >= level.height && $0.height <= level.height + floorTolerance
      }
      let support = alike.reduce(0) { $0 + $1.support }
      if Double(support) >= floorShare * Double(all) {
        return alike.reduce(0) { $0 + $1.height * Double($1.support) } / Double(support)
      }
    }
    return nil
  }

  /// Returns the height of the surface that a foot stands on: almost the lowest of the foot. A ball
  /// can stand regardless of the heel, but not in the air above it.
  private func ground(of samples: ClosedRange<Int>, _ side: Int, _ part: FootPart) -> Double {
    func low(_ heights: [Double]) -> Double {
      let sorted = heights[samples].sorted()
      return sorted[sorted.count / 5]
    }
    let (foot, own) = (low(lowest[side]), low(heights[side][part.rawValue]))
    return part == .ball && own < foot + Self.floorTolerance ? own : foot
  }

  // MARK: Stretches

  /// Returns the ranges in which a point stands still, even in the air.
  private func stretches(_ side: Int, _ part: FootPart) -> [ClosedRange<Int>] {
    let speeds = course.speeds[side][part.rawValue]
    // A foot that is set down stands once it has stopped; one that is lifted stands until it moves.
    let slow = Self.runs(speeds.indices) { speeds[$0] < Self.movingSpeed }.compactMap { run in
      run.first { speeds[$0] < Self.stillSpeed }.map { $0...run.upperBound }
    }
    let low = slow.flatMap { run -> [ClosedRange<Int>] in
      let ground = ground(of: run, side, part)
      return Self.runs(run.lowerBound..<(run.upperBound + 1)) {
        heights[side][part.rawValue][$0] <= ground + Self.leastRise
      }
    }
    let points = course.points[side][part.rawValue]
    let joined = join(low, points)
    let least = Int((Self.leastDuration * course.rate).rounded(.up))
    return joined.flatMap { parts(of: $0, points) }.filter { $0.count > least }
  }

  private static func runs(
    _ samples: Range<Int>, where isIn: (Int) -> Bool
  ) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for sample in samples where isIn(sample) {
      if let last = runs.last, last.upperBound == sample - 1 {
        runs[runs.count - 1] = last.lowerBound...sample
      } else {
        runs.append(sample...sample)
      }
    }
    return runs
  }

  /// Joins ranges that a short gap separates and that are in one position.
  private func join(_ stretches: [ClosedRange<Int>], _ points: [Vector3]) -> [ClosedRange<Int>] {
    var joined: [ClosedRange<Int>] = []
    for next in stretches {
      if let last = joined.last,
        Double(next.lowerBound - last.upperBound) <= Self.longestGap * course.rate,
        (points[next.lowerBound] - points[last.upperBound]).length < Self.wanderRadius
      {
        joined[joined.count - 1] = last.lowerBound...next.upperBound
      } else {
        joined.append(next)
      }
    }
    return joined
  }

  /// Splits a range where its point has drifted, as with a foot that is dragged slowly. Around a
  /// split, the foot is free for a moment, to get to its next position.
  private func parts(of stretch: ClosedRange<Int>, _ points: [Vector3]) -> [ClosedRange<Int>] {
    let gap = max(1, Int((Self.longestGap * course.rate).rounded()))
    var parts: [ClosedRange<Int>] = []
    var start = stretch.lowerBound
    var sum = Vector3.zero
    for sample in stretch {
      let mean = sample > start ? sum / Double(sample - start) : points[sample]
      if (points[sample] - mean).level.length > Self.wanderRadius {
        if sample - gap > start { parts.append(start...(sample - gap)) }
        start = sample + gap
        sum = .zero
      }
      if sample >= start { sum += points[sample] }
    }
    if start < stretch.upperBound { parts.append(start...stretch.upperBound) }
    return parts
  }
}
