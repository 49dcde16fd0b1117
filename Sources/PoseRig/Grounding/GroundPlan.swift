/// The corrections to a motion that keep a body's feet in place while they stand. They are
/// calculated once from the whole motion, so that a moment does not depend on which others are
/// requested.
struct GroundPlan: Sendable {
  /// The corrections of a foot at one sample.
  struct FootCorrection: Sendable {
    /// The additional rotation, as axis times angle in radians.
    var turn = Vector3.zero
    /// The additional movement of its joint, in meters.
    var shift = Vector3.zero
    /// The degree to which the toes are flat on the ground, 0 to 1.
    var toes = 0.0
    /// The rotation of the toes relative to the foot's direction, about the vertical in radians.
    var toeTurn = 0.0
    /// The height that no part of its sole is below, in meters.
    var ground = 0.0
  }

  /// The number of samples per second.
  let rate: Double
  /// The upward movement of the hips at each sample, in meters.
  private(set) var hips: [Double]
  /// The corrections of each foot, by side and sample.
  private(set) var feet: [[FootCorrection]]

  /// The time in which a correction fades out after a contact and in before one, in seconds.
  private static let fadeTime = 0.35
  /// The time in which toes become flat on the ground, in seconds.
  private static let toeTime = 0.12
  /// Half of the time window over which the height of the hips is averaged, in seconds.
  private static let liftTime = 0.5
  /// The time in which hips are lowered in advance, and raised again afterward, in seconds.
  private static let dropTime = 0.2
  /// The largest distance, in leg lengths, that hips are lowered for feet out of reach.
  private static let mostDrop = 0.06

  /// Makes a plan from the contacts found in a motion.
  ///
  /// - Parameter free: the body's joints at each sample of the motion alone.
  init(_ contacts: [FootContact], on rig: Rig, _ soles: [FootSole], free: [FreePose], rate: Double)
  {
    self.rate = rate
    var stands = soles.indices.map { side in
      FootStand(
        contacts.filter { $0.side == side }, soles[side], free: free.map { $0.feet[side] },
        leg: rig.legLength, rate: rate)
    }
    let lifts = Self.lifts(stands, free, rate: rate)
    // Flat feet come first, so that no foot rolls up abruptly when its heel comes off.
    let firm = Self.drops(stands, free, lifts, rate, on: rig) { stand, sample in
      !stand.isBallDown[sample] || stand.isFlat[sample]
    }
    for side in soles.indices {
      stands[side].rollUp { sample in
        let leg = free[sample].legs[side]
        return (
          leg.hip + Vector3(0, lifts[sample] - firm[sample], 0),
          leg.reach(to: free[sample].feet[side].translation)
        )
      }
    }
    let drops = Self.drops(stands, free, lifts, rate, on: rig) { _, _ in true }
    hips = zip(lifts, drops).map { $0 - $1 }
    feet = soles.indices.map { side in
      Self.corrections(stands[side], soles[side], side, free, lifts, rate)
    }
  }

  /// Returns the smoothed distance by which a body stands too low at each sample: captures drift up
  /// and down by some centimeters, and other proportions require other heights.
  private static func lifts(
    _ stands: [FootStand], _ free: [FreePose], rate: Double
  ) -> [Double] {
    func rises(_ isIncluded: (FootStand, Int) -> Bool) -> [Double?] {
      free.indices.map { sample in
        let rises = stands.indices.compactMap { side in
          isIncluded(stands[side], sample)
            ? stands[side].frames[sample].map {
              $0.translation.y - free[sample].feet[side].translation.y
            } : nil
        }
        return rises.isEmpty ? nil : rises.reduce(0, +) / Double(rises.count)
      }
    }
    // On heels or toes alone, a foot of another length is at another height.
    let flat = rises { $0.isFlat[$1] }
    let known = flat.contains { $0 != nil } ? flat : rises { $0.frames[$1] != nil }
    return SmoothCourse.mean(of: known, half: liftTime, rate: rate)
  }

  private static func corrections(
    _ stand: FootStand, _ sole: FootSole, _ side: Int, _ free: [FreePose],
    _ lifts: [Double], _ rate: Double
  ) -> [FootCorrection] {
    let own = free.map { $0.feet[side] }
    let turns = own.indices.map { sample in
      stand.frames[sample].map { ($0.rotation * own[sample].rotation.inverse).logarithm }
    }
    let shifts = own.indices.map { sample in
      stand.frames[sample].map {
        $0.translation - own[sample].translation - Vector3(0, lifts[sample], 0)
      }
    }
    let turned = GapBridge(rate: rate, time: fadeTime, fastest: 4).bridge(turns)
    let shifted = GapBridge(rate: rate, time: fadeTime, fastest: 1.2).bridge(shifts)
    let toes = GapBridge(rate: rate, time: toeTime, fastest: 0)
      .bridge(
        own.indices.map { stand.isBallDown[$0] ? Vector3(1, stand.toeTurns[$0], 0) : nil })
    return own.indices.map { sample in
      FootCorrection(
        turn: turned[sample], shift: shifted[sample] + Vector3(0, lifts[sample], 0),
        toes: min(max(toes[sample].x, 0), 1), toeTurn: toes[sample].y,
        ground: stand.grounds[sample])
    }
  }

  /// Returns the smoothed distance that hips are lowered so that legs reach the feet of some
  /// stands.
  private static func drops(
    _ stands: [FootStand], _ free: [FreePose], _ lifts: [Double], _ rate: Double, on rig: Rig,
    _ counts: (FootStand, Int) -> Bool
  ) -> [Double] {
    let needed = free.indices.map { sample in
      let drops = stands.indices.map { side in
        let (stand, leg) = (stands[side], free[sample].legs[side])
        guard let frame = stand.frames[sample], counts(stand, sample) else { return 0.0 }
        let way = leg.hip + Vector3(0, lifts[sample], 0) - frame.translation
        let reach = leg.reach(to: free[sample].feet[side].translation)
        if way.length <= reach { return 0 }
        let across = way.level.length
        return way.y - max(0, reach * reach - across * across).squareRoot()
      }
      return min(drops.max() ?? 0, mostDrop * rig.legLength)
    }
    return SmoothCourse.cover(of: needed, half: dropTime, rate: rate)
  }

  /// The corrections at one moment.
  struct Moment: Sendable {
    /// The upward movement of the hips, in meters.
    var hips: Double
    /// The corrections of each foot.
    var feet: [FootCorrection]
  }

  /// Returns the corrections at a time, in seconds.
  func moment(_ time: Double) -> Moment {
    let sample = min(max(time * rate, 0), Double(hips.count - 1))
    let before = min(Int(sample), hips.count - 1)
    let after = min(before + 1, hips.count - 1)
    let share = sample - Double(before)
    return Moment(
      hips: hips[before] + (hips[after] - hips[before]) * share,
      feet: feet.map { $0[before].mixed(with: $0[after], share: share) })
  }
}

extension GroundPlan.FootCorrection {
  fileprivate func mixed(with other: Self, share: Double) -> Self {
    Self(
      turn: turn + (other.turn - turn) * share, shift: shift + (other.shift - shift) * share,
      toes: toes + (other.toes - toes) * share,
      toeTurn: toeTurn + (other.toeTurn - toeTurn) * share, ground: min(ground, other.ground))
  }

  /// Returns the toes' local rotation: as in the motion, horizontal on the ground, or in between.
  func toes(_ own: Quaternion, foot: Quaternion, _ sole: FootSole) -> Quaternion {
    guard toes > 0, sole.hasToes else { return own }
    let held = Quaternion(angle: toeTurn, axis: .unitY)
    let flat = foot.inverse * held * sole.heading(of: foot)
    return (own * (own.inverse * flat).scaled(by: toes)).normalized
  }
}

/// The legs and feet of a body in the motion alone.
struct FreePose: Sendable {
  /// A leg's hip joint and lengths, in meters.
  struct Leg: Sendable {
    var hip: Vector3
    var thigh: Double
    var shin: Double

    /// The shares of a leg's full length up to which it can be stretched: always up to the lower
    /// one, never beyond the upper one, and in between as far as in the motion. The first half of a
    /// percent bends a nearly straight leg by ten degrees.
    private static let stretch = 0.985...0.9995

    /// Returns the reach of the leg, given the ankle's position in the motion alone.
    func reach(to ankle: Vector3) -> Double {
      let length = thigh + shin
      let share = (hip - ankle).length / length
      return min(max(share, Self.stretch.lowerBound), Self.stretch.upperBound) * length
    }
  }

  /// The frames of the feet.
  var feet: [Transform]
  /// The local rotations of the toes.
  var toes: [Quaternion]
  /// The legs.
  var legs: [Leg]

  init(_ body: Body, _ pose: Pose) {
    let posed = PosedRig(body: body, pose: pose)
    feet = Side.both.map { posed.modelFromJoint[JointName(.foot, $0).index] }
    toes = Side.both.map { pose[JointName(.toes, $0)] }
    legs = Side.both.map { side in
      let (hip, knee, ankle) = (
        posed.position(of: JointName(.upperLeg, side)),
        posed.position(of: JointName(.lowerLeg, side)), posed.position(of: JointName(.foot, side))
      )
      return Leg(hip: hip, thigh: (knee - hip).length, shin: (ankle - knee).length)
    }
  }

  /// Returns a target for an ankle, or the nearest point within reach of the leg with the hips
  /// raised. Hips are low enough for standing feet, so this is only for feet in the air.
  func within(_ target: Vector3, _ side: Int, hips: Double) -> Vector3 {
    let hip = legs[side].hip + Vector3(0, hips, 0)
    let (way, reach) = (target - hip, legs[side].reach(to: feet[side].translation))
    return way.length > reach ? hip + way * (reach / way.length) : target
  }
}
