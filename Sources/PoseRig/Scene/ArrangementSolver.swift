#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds the positions of the members of an ``Arrangement``.
struct ArrangementSolver {
  /// A member's body: its extent from its center in directions of the world, in meters.
  struct Member {
    private let reaches: [Double]
    private static let sectors = 32

    /// - Parameter reach: returns the extent in a horizontal direction of length 1.
    init(_ reach: (Vector3) -> Double) {
      reaches = (0..<Self.sectors).map { reach(Self.way(Double($0) / Double(Self.sectors))) }
    }

    /// Returns the extent in a horizontal direction.
    func reach(along way: Vector3) -> Double {
      let turn = atan2(way.x, way.z) / (2 * .pi) * Double(Self.sectors)
      let low = turn.rounded(.down)
      let count = Self.sectors
      let first = (Int(low) % count + count) % count
      let share = turn - low
      return reaches[first] * (1 - share) + reaches[(first + 1) % count] * share
    }

    /// Returns the direction at a fraction of a full turn.
    private static func way(_ share: Double) -> Vector3 {
      Vector3(sin(2 * .pi * share), 0, cos(2 * .pi * share))
    }
  }

  let arrangement: Arrangement
  /// The members in order.
  let members: [Member]
  /// The character that they stand around, if the center is a character.
  let middle: Member?

  /// Returns the position of each member relative to the center, in the world's directions.
  func points() -> [Vector3] {
    switch arrangement.form {
    case .row: row()
    case .ring(let radius): ring(radius ?? least())
    case .crowd(let seed): crowd(seed)
    }
  }

  /// Returns the horizontal direction at an angle from the arrangement's direction, in radians.
  private func way(_ angle: Double) -> Vector3 {
    let turned = arrangement.yaw.degreesToRadians + angle
    return Vector3(sin(turned), 0, cos(turned))
  }

  // MARK: Forms

  private func row() -> [Vector3] {
    // To the left of the members.
    let way = way(.pi / 2)
    var points: [Double] = []
    for index in members.indices {
      guard let last = points.last else {
        points.append(0)
        continue
      }
      points.append(last + room(members[index - 1], members[index], along: way))
    }
    let length = points.last ?? 0
    return points.map { way * ($0 - length / 2) }
  }

  private func ring(_ radius: Double) -> [Vector3] {
    members.indices.map { way(angle($0)) * radius }
  }

  private func angle(_ index: Int) -> Double {
    2 * .pi * Double(index) / Double(max(members.count, 1))
  }

  /// Returns the smallest radius at which all neighbors on a ring keep their gap, including from a
  /// character in the center.
  private func least() -> Double {
    var radius = 0.0
    if let middle {
      for index in members.indices {
        radius = max(radius, room(middle, members[index], along: way(angle(index))))
      }
    }
    guard members.count > 1 else { return radius }
    let chord = 2 * sin(.pi / Double(members.count))
    for index in members.indices {
      let next = (index + 1) % members.count
      let along = way(angle(next)) - way(angle(index))
      guard let along = along.normalized else { continue }
      radius = max(radius, room(members[index], members[next], along: along) / chord)
    }
    return radius
  }

  /// Returns the distance at which two members keep their gap, for a direction from the first to
  /// the second.
  private func room(_ one: Member, _ other: Member, along way: Vector3) -> Double {
    one.reach(along: way) + arrangement.gap + other.reach(along: way * -1)
  }

  /// Returns points on a sunflower spiral (Vogel, "A better way to construct the sunflower head",
  /// 1979), each moved slightly; each member gets the first free one.
  private func crowd(_ seed: Int) -> [Vector3] {
    let golden = Double.pi * (3 - 5.0.squareRoot())
    let step = 0.12
    var points: [Vector3] = []
    var next = 0
    for index in members.indices {
      while true {
        let turn = Double(next) * golden + 2 * .pi * Self.share(seed, next, 0)
        let radius = step * Double(next).squareRoot() * (1 + 0.2 * Self.share(seed, next, 1))
        let point = way(turn) * radius
        next += 1
        if isFree(point, for: index, besides: points) {
          points.append(point)
          break
        }
      }
    }
    return points
  }

  private func isFree(_ point: Vector3, for index: Int, besides others: [Vector3]) -> Bool {
    func keeps(_ other: Member, at location: Vector3) -> Bool {
      let way = point - location
      guard let along = way.normalized else { return false }
      return way.length >= room(other, members[index], along: along)
    }
    if let middle, !keeps(middle, at: .zero) { return false }
    return others.indices.allSatisfy { keeps(members[$0], at: others[$0]) }
  }

  /// Returns a pseudorandom number from 0 to 1 (the finalizer of SplitMix64 by Steele and others,
  /// 2014).
  static func share(_ seed: Int, _ index: Int, _ kind: Int) -> Double {
    var bits = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15
    bits &+= UInt64(index * 2 + kind + 1) &* 0xD1B5_4A32_D192_ED03
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return Double(bits >> 11) / Double(1 << 53)
  }
}
