/// One foot of a body where a motion's contacts make it stand, sample by sample.
struct FootStand: Sendable {
  /// The foot's frame while it stands, in the body's own space; nil while it is free.
  private(set) var frames: [Transform?]
  /// Whether the ball, and with it the toes, stands.
  private(set) var isBallDown: [Bool]
  /// How far the toes are turned from where the foot points, about the vertical in radians.
  private(set) var toeTurns: [Double]
  /// Whether heel and ball stand.
  private(set) var isFlat: [Bool]
  /// The height of what it stands on, or of the lower of what it stands on before and after.
  private(set) var grounds: [Double]

  /// How long a foot that is set down flat takes to lie so, and to follow the motion after, in
  /// seconds.
  private static let rollTime = 0.12

  /// The most that toes are kept from turning on the spot with the foot, in radians: a foot that
  /// rolls over them turns a little, and one in a pirouette much.
  private static let heldTurn = 20.0.degreesToRadians

  /// The most that a foot rolls farther over its toes than the motion has it, in radians.
  private static let mostRoll = 20.0.degreesToRadians

  /// How much sooner a foot is let go that the leg cannot hold, in seconds.
  private static let earliness = 0.1

  private let sole: FootSole
  private let free: [Transform]
  private let rate: Double

  /// - Parameters:
  ///   - contacts: the contacts of this foot.
  ///   - free: the foot's frame at each sample as the motion alone has it.
  ///   - leg: the body's leg in meters, by which heights are larger or smaller.
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
    let places = places(of: chain, turns, height)
    for phase in chain.phases {
      for sample in phase.samples {
        let heel = phase.heel.flatMap { places[$0] }
        let ball = phase.ball.flatMap { places[$0] }
        let part: FootPart = heel == nil ? .ball : .heel
        guard let place = heel ?? ball else { continue }
        let turn = rolled(turns[sample - chain.samples.lowerBound], about: part, phase)
        frames[sample] = Transform(
          rotation: turn, translation: place - turn.rotate(sole.pivots[part.rawValue]))
        isBallDown[sample] = ball != nil
        isFlat[sample] = phase.isFlat
        grounds[sample] = height
      }
    }
    holdToes(chain)
  }

  /// Keeps toes as they are while the foot rolls over them. Between two headings of the whole foot
  /// they turn from one to the other with it.
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

  /// Rolls the foot farther over its toes where they alone stand and the leg would not reach, as a
  /// heel comes off the ground; where that is not enough, a foot that is about to be lifted is let
  /// go.
  ///
  /// - Parameter leg: the hip joint at a sample, and how far from it the ankle may be.
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

  /// Lets the foot go from a sample until it would have been lifted; false if that is later than in
  /// a moment.
  private mutating func letGo(from sample: Int) -> Bool {
    let rest = frames[sample...].prefix { $0 != nil }.indices
    if Double(rest.count) > Self.earliness * rate { return false }
    for other in rest {
      frames[other] = nil
      isBallDown[other] = false
    }
    return true
  }

  /// Returns the foot's rotation at each sample of a chain: flat while heel and ball stand, as the
  /// motion has it otherwise, one passing into the other.
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

  /// Returns the turn about the vertical in which a foot lies flat over some samples.
  private func heading(over samples: ClosedRange<Int>) -> Quaternion {
    let ways = samples.map { free[$0].rotation.rotate(sole.forward).level.normalized ?? .zero }
    let mean = ways.reduce(.zero, +)
    return mean.normalized.map { Quaternion(from: sole.forward, to: $0) } ?? .identity
  }

  /// Returns a rotation without a tilt to the side and with no part of the sole below the one that
  /// stands.
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

  /// Returns the place of each contact's pivot. The places of a chain hang together, since a foot
  /// does not stretch; all of them are put where the motion would have them on average.
  private func places(
    of chain: StandChain, _ turns: [Quaternion], _ height: Double
  ) -> [Int: Vector3] {
    var places: [Int: Vector3] = [:]
    let (heel, ball) = (sole.pivots[0], sole.pivots[1])
    for phase in chain.phases {
      guard let one = phase.heel, let other = phase.ball else {
        for contact in [phase.heel, phase.ball].compactMap(\.self) where places[contact] == nil {
          places[contact] = .zero
        }
        continue
      }
      let step = turns[phase.samples.lowerBound - chain.samples.lowerBound].rotate(ball - heel)
      if let known = places[one] {
        places[other] = known + step
      } else {
        let known = places[other] ?? .zero
        places[other] = known
        places[one] = known - step
      }
    }
    var (sum, count) = (Vector3.zero, 0.0)
    for phase in chain.phases {
      for (contact, part) in [(phase.heel, FootPart.heel), (phase.ball, .ball)] {
        guard let contact, let place = places[contact] else { continue }
        for sample in phase.samples {
          sum += free[sample].apply(sole.pivots[part.rawValue]) - place
          count += 1
        }
      }
    }
    let shift = (sum / max(count, 1)).level
    let parts = chain.parts
    for (contact, place) in places {
      var place = place + shift
      place.y = height + sole.heights[parts[contact, default: .heel].rawValue]
      places[contact] = place
    }
    return places
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

/// Contacts of one foot that overlap: it stands without a break, on its heel, its ball or both.
struct StandChain {
  /// Samples in which the same contacts hold.
  struct Phase {
    var samples: ClosedRange<Int>
    /// The index of the heel's contact.
    var heel: Int?
    /// The index of the ball's contact.
    var ball: Int?

    /// Whether the whole foot stands.
    var isFlat: Bool { heel != nil && ball != nil }
  }

  /// In order of time, one after the other.
  private(set) var phases: [Phase] = []
  /// The height that it stands on, in legs: that of its longest contact.
  private(set) var height = 0.0

  /// From the first to the last sample.
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
