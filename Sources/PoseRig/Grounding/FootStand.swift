/// A foot of a body that stands during a motion's contacts, sample by sample.
struct FootStand: Sendable {
  /// The foot's frame while it stands, in the body's own space; nil while it is free.
  private(set) var frames: [Transform?]
  /// Whether the ball, and with it the toes, stands.
  private(set) var isBallDown: [Bool]
  /// The rotation of the toes relative to the foot's direction, about the vertical in radians.
  private(set) var toeTurns: [Double]
  /// Whether heel and ball stand.
  private(set) var isFlat: [Bool]
  /// The height of the surface it stands on; while it is free, the lower of the surfaces before and
  /// after.
  private(set) var grounds: [Double]

  /// The time in which a foot that is set down becomes flat, and returns to the motion afterward,
  /// in seconds.
  private static let rollTime = 0.12

  /// The largest angle in radians by which toes are kept from rotating on the spot with the foot:
  /// rolling over them rotates a foot a little, a pirouette much.
  private static let heldTurn = 20.0.degreesToRadians

  /// The largest angle in radians by which a foot rolls farther over its toes than in the motion.
  private static let mostRoll = 20.0.degreesToRadians

  /// The largest time by which a foot is lifted earlier if the leg cannot reach it, in seconds.
  private static let earliness = 0.1

  private let sole: FootSole
  private let free: [Transform]
  private let rate: Double

  /// Determines the frames of a foot.
  ///
  /// - Parameters:
  ///   - contacts: the contacts of this foot.
  ///   - free: the foot's frame at each sample of the motion alone.
  ///   - leg: the length of the body's leg in meters, which scales heights.
  init(_ contacts: [FootContact], _ sole: FootSole, free: [Transform], leg: Double, rate: Double) {
    self.sole = sole
    self.free = free
    self.rate = rate
    frames = Array(repeating: nil, count: free.count)
    isBallDown = Array(repeating: false, count: free.count)
    isFlat = isBallDown
    grounds = Array(repeating: 0, count: free.count)
    toeTurns = grounds
    for chain in StandChain.chains(of: contacts) {
      stand(chain, height: chain.height * leg)
    }
    spreadGrounds()
  }

  private mutating func stand(_ chain: StandChain, height: Double) {
    let turns = turns(of: chain)
    let positions = positions(of: chain, turns, height)
    for phase in chain.phases {
      for sample in phase.samples {
        let heel = phase.heel.flatMap { positions[$0] }
        let ball = phase.ball.flatMap { positions[$0] }
        let part: FootPart = heel == nil ? .ball : .heel
        guard let position = heel ?? ball else { continue }
        let turn = rolled(turns[sample - chain.samples.lowerBound], about: part, phase)
        frames[sample] = Transform(
          rotation: turn, translation: position - turn.rotate(sole.pivots[part.rawValue]))
        isBallDown[sample] = ball != nil
        isFlat[sample] = phase.isFlat
        grounds[sample] = height
      }
    }
    holdToes(chain)
  }

  /// Keeps toes in place while the foot rolls over them. Between two headings of the whole foot
  /// they rotate from one to the other.
  private mutating func holdToes(_ chain: StandChain) {
    for (index, phase) in chain.phases.enumerated() where phase.heel == nil {
      let flat = chain.phases.indices.filter { abs($0 - index) == 1 && chain.phases[$0].isFlat }
      if flat.count == 2 { continue }
      let heading = heading(over: chain.phases[flat.first ?? index].samples)
      for sample in phase.samples {
        guard let frame = frames[sample] else { continue }
        let turn = (heading * sole.heading(of: frame.rotation).inverse).logarithm.y
        toeTurns[sample] = min(max(turn, -Self.heldTurn), Self.heldTurn)
      }
    }
  }

  /// Rolls the foot farther over its toes if only they stand and the leg would not reach, like a
  /// heel that comes off the ground. If that is not enough, lifts a foot early that is about to be
  /// lifted.
  ///
  /// - Parameter leg: returns the hip joint at a sample, and the largest distance of the ankle from
  ///   it.
  mutating func rollUp(within leg: (Int) -> (hip: Vector3, reach: Double)) {
    let ball = sole.pivots[FootPart.ball.rawValue]
    for sample in frames.indices where isBallDown[sample] && !isFlat[sample] {
      guard let frame = frames[sample] else { continue }
      let (hip, reach) = leg(sample)
      let pivot = frame.apply(ball)
      let axis = Vector3.unitY.cross(sole.heading(of: frame.rotation).rotate(sole.forward))
      func rolled(_ angle: Double) -> Transform {
        let turn = Quaternion(angle: angle, axis: axis) * frame.rotation
        return Transform(rotation: turn, translation: pivot - turn.rotate(ball))
      }
      guard (frame.translation - hip).length > reach else { continue }
      if (rolled(Self.mostRoll).translation - hip).length > reach, letGo(from: sample) { continue }
      var (low, high) = (0.0, Self.mostRoll)
      for _ in 0..<20 {
        let middle = (low + high) / 2
        if (rolled(middle).translation - hip).length > reach { low = middle } else { high = middle }
      }
      frames[sample] = rolled(high)
    }
  }

  /// Lifts the foot from a sample until it would have been lifted; returns false if that is too
  /// much later.
  private mutating func letGo(from sample: Int) -> Bool {
    let rest = frames[sample...].prefix { $0 != nil }.indices
    if Double(rest.count) > Self.earliness * rate { return false }
    for other in rest {
      frames[other] = nil
      isBallDown[other] = false
    }
    return true
  }

  /// Returns the foot's rotation at each sample of a chain: flat while heel and ball stand,
  /// otherwise as in the motion, with smooth transitions.
  private func turns(of chain: StandChain) -> [Quaternion] {
    let start = chain.samples.lowerBound
    var offsets = [Vector3?](repeating: nil, count: chain.samples.count)
    for phase in chain.phases where phase.isFlat {
      let heading = heading(over: phase.samples)
      for sample in phase.samples {
        offsets[sample - start] = (heading * free[sample].rotation.inverse).logarithm
      }
    }
    let bridged = GapBridge(rate: rate, time: Self.rollTime, fastest: 4).bridge(offsets)
    return chain.samples.map {
      Quaternion(rotationVector: bridged[$0 - start]) * free[$0].rotation
    }
  }

  /// Returns the average heading of a flat foot over some samples.
  private func heading(over samples: ClosedRange<Int>) -> Quaternion {
    let ways = samples.map { free[$0].rotation.rotate(sole.forward).level.normalized ?? .zero }
    let mean = ways.reduce(.zero, +)
    return mean.normalized.map { Quaternion(from: sole.forward, to: $0) } ?? .identity
  }

  /// Returns a rotation without a sideways tilt and with no part of the sole below the standing
  /// part.
  private func rolled(
    _ turn: Quaternion, about part: FootPart, _ phase: StandChain.Phase
  ) -> Quaternion {
    if phase.isFlat { return turn }
    let across = turn.rotate(Vector3.unitY.cross(sole.forward))
    guard let level = across.level.normalized else { return turn }
    let upright = Quaternion(from: across, to: level) * turn
    let other: FootPart = part == .heel ? .ball : .heel
    let rest = sole.pivots[other.rawValue] - sole.pivots[part.rawValue]
    let way = upright.rotate(rest)
    guard way.y < rest.y, let direction = way.normalized,
      let flat = sole.heading(of: upright).rotate(rest).normalized
    else { return upright }
    return Quaternion(from: direction, to: flat) * upright
  }

  /// Returns the position of each contact's pivot. The positions of a chain are connected, since a
  /// foot does not stretch; the chain is put where the motion would have it on average.
  private func positions(
    of chain: StandChain, _ turns: [Quaternion], _ height: Double
  ) -> [Int: Vector3] {
    var positions: [Int: Vector3] = [:]
    let (heel, ball) = (sole.pivots[0], sole.pivots[1])
    for phase in chain.phases {
      guard let one = phase.heel, let other = phase.ball else {
        for contact in [phase.heel, phase.ball].compactMap(\.self) where positions[contact] == nil {
          positions[contact] = .zero
        }
        continue
      }
      let step = turns[phase.samples.lowerBound - chain.samples.lowerBound].rotate(ball - heel)
      if let known = positions[one] {
        positions[other] = known + step
      } else {
        let known = positions[other] ?? .zero
        positions[other] = known
        positions[one] = known - step
      }
    }
    var (sum, count) = (Vector3.zero, 0.0)
    for phase in chain.phases {
      for (contact, part) in [(phase.heel, FootPart.heel), (phase.ball, .ball)] {
        guard let contact, let position = positions[contact] else { continue }
        for sample in phase.samples {
          sum += free[sample].apply(sole.pivots[part.rawValue]) - position
          count += 1
        }
      }
    }
    let shift = (sum / max(count, 1)).level
    let parts = chain.parts
    for (contact, position) in positions {
      var position = position + shift
      position.y = height + sole.heights[parts[contact, default: .heel].rawValue]
      positions[contact] = position
    }
    return positions
  }

  /// Gives samples in which the foot is free the lower ground of before and after.
  private mutating func spreadGrounds() {
    let stands = frames.indices.filter { frames[$0] != nil }
    guard let first = stands.first, let last = stands.last else { return }
    for sample in 0..<first { grounds[sample] = grounds[first] }
    for sample in last..<grounds.count { grounds[sample] = grounds[last] }
    for (before, after) in zip(stands, stands.dropFirst()) where after > before + 1 {
      let ground = min(grounds[before], grounds[after])
      for sample in (before + 1)..<after { grounds[sample] = ground }
    }
  }
}

/// The overlapping contacts of one foot, which stands continuously on its heel, its ball or both.
struct StandChain {
  /// A range of samples with constant contacts.
  struct Phase {
    var samples: ClosedRange<Int>
    /// The index of the heel's contact.
    var heel: Int?
    /// The index of the ball's contact.
    var ball: Int?

    /// Whether the whole foot stands.
    var isFlat: Bool { heel != nil && ball != nil }
  }

  /// The phases in order of time, without gaps.
  private(set) var phases: [Phase] = []
  /// The height of the surface it stands on, in leg lengths: that of its longest contact.
  private(set) var height = 0.0

  /// The range from the first to the last sample.
  var samples: ClosedRange<Int> {
    (phases.first?.samples.lowerBound ?? 0)...(phases.last?.samples.upperBound ?? 0)
  }

  /// The part of each contact.
  var parts: [Int: FootPart] {
    var parts: [Int: FootPart] = [:]
    for phase in phases {
      if let heel = phase.heel { parts[heel] = .heel }
      if let ball = phase.ball { parts[ball] = .ball }
    }
    return parts
  }

  /// Returns the chains of one foot's contacts, in order of time.
  static func chains(of contacts: [FootContact]) -> [StandChain] {
    let ends = contacts.flatMap { [$0.samples.lowerBound, $0.samples.upperBound + 1] }
    let cuts = Set(ends).sorted()
    var chains: [StandChain] = []
    for (start, end) in zip(cuts, cuts.dropFirst()) {
      func index(_ part: FootPart) -> Int? {
        contacts.indices.first { contacts[$0].part == part && contacts[$0].samples ~= start }
      }
      let phase = Phase(samples: start...(end - 1), heel: index(.heel), ball: index(.ball))
      guard phase.heel != nil || phase.ball != nil else { continue }
      let last = chains.last?.phases.last
      let continues =
        last.map {
          $0.samples.upperBound == start - 1
            && (($0.heel != nil && $0.heel == phase.heel)
              || ($0.ball != nil && $0.ball == phase.ball))
        } ?? false
      if !continues { chains.append(StandChain()) }
      chains[chains.count - 1].phases.append(phase)
    }
    return chains.map { chain in
      var chain = chain
      let longest = chain.parts.keys.max {
        (contacts[$0].samples.count, $1) < (contacts[$1].samples.count, $0)
      }
      chain.height = longest.map { contacts[$0].height } ?? 0
      return chain
    }
  }
}
