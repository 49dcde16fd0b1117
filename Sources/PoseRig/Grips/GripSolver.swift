/// Finds how a hand holds a thing: where in the hand it lies, and how far each finger closes.
///
/// The thing is brought to the palm until it touches, the fingers close one by one until their skin
/// does, and since skin bunches where fingers bend, both are done again with the palm as it then is.
struct GripSolver {
  private let hand: HandSkin
  private let frame: HandFrame
  private let thing: PropSolid
  private let reach: Double

  /// How much farther a thumb on the fingers counts as one on the thing, in meters.
  private static let besides = 0.004
  /// The fault of a thumb that begins inside the thing.
  private static let inside = 50.0
  /// The fault of a thumb that is worth another try.
  private static let doubtful = 4.5
  /// How far from the palm a loop is that the bent hand is in, in meters.
  private static let loop = 0.03
  /// How far along its axis a thing is moved whose own place suits no hand, in meters.
  private static let shifts = [0.012, -0.012, 0.024, -0.024]
  /// How often the thing is brought to the palm.
  private static let rounds = 3
  /// How far from the grip parts of the thing count, in meters: no hand reaches there.
  private static let around = 0.3

  init(_ hand: HandSkin, _ shape: Prop.Shape, at point: Vector3) {
    self.hand = hand
    frame = HandFrame(hand)
    thing = PropSolid(Prop(id: "", shape: shape)).near(point, Self.around * frame.size)
    reach = shape.bounds.size.length + 0.3
  }

  /// Returns the thing in the hand by a grip: brought to the open hand, and if that cannot close, as
  /// through a bag's or a shield's loop, to one that is bent already.
  func fit(_ grip: Grip) -> GripFit {
    let open = [1, 2, 3, 4, HandSkin.palm]
    let fit = fit(grip, from: Self.start(grip.kind), meeting: open)
    if grip.kind != .hammer || fit.holds(as: grip.kind) { return fit }
    let hooked = self.fit(grip, from: .hooked, meeting: [HandSkin.palm])
    if hooked.holds(as: grip.kind) { return hooked }
    // A guard or a bowl may be where the thumb has to pass.
    for shift in Self.shifts {
      let shifted = self.fit(
        grip, from: Self.start(grip.kind), meeting: open, shift: shift * frame.size)
      if shifted.holds(as: grip.kind) { return shifted }
    }
    return fit
  }

  private func fit(
    _ grip: Grip, from start: HandShape, meeting parts: [Int], shift: Double = 0
  ) -> GripFit {
    var closer = HandCloser(hand, thing, start)
    closer.propFromHand = frame.placement(of: grip).inverse
    closer.slide(by: closer.propFromHand.inverse.rotation.rotate(grip.axis) * shift)
    if grip.kind == .pen {
      closer.clear([1, HandSkin.palm], along: (frame.thumb - frame.palm).normalized ?? frame.thumb)
      close(&closer, grip.kind)
      closeThumb(&closer, grip.kind)
      return result(closer)
    }
    slide(&closer, grip, meeting: parts)
    for _ in 1..<Self.rounds {
      closer.settle([HandSkin.palm], from: frame.palm)
      closer.take(start)
      close(&closer, grip.kind)
      closeThumb(&closer, grip.kind, [.usual])
    }
    closeThumb(&closer, grip.kind)
    free(&closer, grip.kind)
    return result(closer)
  }

  /// Brings the thing off a palm or a thumb that is in it still, since the ball of a thumb that
  /// bends bulges.
  private func free(_ closer: inout HandCloser, _ kind: GripKind) {
    for _ in 0..<2 {
      let gaps = closer.gaps()
      let pierced = [0, HandSkin.palm].filter { gaps[$0] < 0 }
      if pierced.isEmpty { return }
      closer.clear(pierced, along: frame.palm)
      close(&closer, kind)
      closeThumb(&closer, kind)
    }
  }

  /// Brings the thing to the open hand, and where a finger cannot close, as over a sword's guard, a
  /// little along its axis, so that all can.
  private func slide(_ closer: inout HandCloser, _ grip: Grip, meeting parts: [Int]) {
    let start = closer
    // What is behind a loop is not in the way of a hand that is in the loop already.
    let far = parts == [HandSkin.palm] ? Self.loop * frame.size : min(reach, 0.15)
    let line = closer.propFromHand.inverse.rotation.rotate(grip.axis)
    var best = closer
    var most = -Double.infinity
    for way in [0, 0.009, -0.009, 0.018, -0.018, 0.027] {
      closer = start
      closer.slide(by: line * (way * frame.size))
      closer.press(parts, from: frame.palm, far: far)
      close(&closer, grip.kind)
      closeThumb(&closer, grip.kind, [.usual])
      let bend = closer.leastBend
      if bend > most + 25 { (best, most) = (closer, bend) }
      // A flat hand has nothing to close around.
      if bend > 60 || grip.kind == .tray { break }
    }
    closer = best
  }

  /// Returns the fingers closed around a thing that is where it is.
  func close(_ grip: Grip, handFromProp: Transform) -> GripFit {
    var closer = HandCloser(hand, thing, Self.start(grip.kind))
    closer.propFromHand = handFromProp.inverse
    close(&closer, grip.kind)
    closeThumb(&closer, grip.kind)
    return result(closer)
  }

  /// Returns the thing in the hand where it is about, moved only as far as it is in the palm.
  func settled(_ grip: Grip, handFromProp: Transform) -> GripFit {
    var closer = HandCloser(hand, thing, Self.start(grip.kind))
    closer.propFromHand = handFromProp.inverse
    if grip.kind != .pen { closer.settle([HandSkin.palm], from: frame.palm) }
    close(&closer, grip.kind)
    closeThumb(&closer, grip.kind)
    free(&closer, grip.kind)
    return result(closer)
  }

  /// Returns how deep the palm of a posed body would be in the thing, in meters: a palm bulges where
  /// the wrist bends, which a hand by itself does not show.
  func depth(of posed: PosedCharacter, handFromProp: Transform) -> Double {
    let propFromWorld = handFromProp.inverse * posed.frame(of: hand.hand).inverse
    return hand.ownVertices.reduce(0) { deepest, vertex in
      let point = Vector3(posed.bodySurface.positions[vertex])
      return max(deepest, -thing.distance(to: propFromWorld.apply(point)))
    }
  }

  private func result(_ closer: HandCloser) -> GripFit {
    let gaps = closer.gaps()
    return GripFit(
      handFromProp: closer.propFromHand.inverse, fingers: closer.fingers,
      gaps: Array(gaps.prefix(HandSkin.palm)), deepest: max(0, -(gaps.min() ?? 0)),
      palmGap: gaps[HandSkin.palm], thumbOverFingers: closer.thumbRoom(),
      bend: closer.shape.bends.map { $0.sum() }.max() ?? 0)
  }

  private static func start(_ kind: GripKind) -> HandShape {
    switch kind {
    case .pen: .penOpened
    case .tray: .flat
    default: .open
    }
  }

  /// How fast the joints of a finger bend beside each other.
  private static func rates(_ kind: GripKind) -> Vector3 {
    switch kind {
    case .hammer, .cup, .phone: Vector3(1, 1, 0.6)
    case .pen: Vector3(1, 0.5, 0.3)
    case .tray: Vector3(1, 0.3, 0.2)
    }
  }

  private func close(_ closer: inout HandCloser, _ kind: GripKind) {
    for finger in 1..<Finger.allCases.count {
      closer.open(finger)
      // Ring and little finger have no part in holding a pen.
      if kind != .pen || finger < 3 { closer.close(finger, Self.rates(kind)) }
    }
  }

  /// How a thumb is lifted off the palm and turned before it closes, in degrees.
  private struct Thumb {
    var lift: Double
    var turn: Double

    static let usual = Thumb(lift: 40, turn: 25)
  }

  /// Closes the thumb from several sides, and keeps the one from which it meets the thing best.
  private func closeThumb(
    _ closer: inout HandCloser, _ kind: GripKind, _ thumbs: [Thumb]? = nil
  ) {
    let start = closer.shape
    var best = (shape: start, thumb: Thumb.usual, fault: Double.infinity)
    func attempt(_ thumb: Thumb) {
      var shape = start
      shape.thumb = Vector3(kind == .tray ? -20 : -25, thumb.lift, thumb.turn)
      shape.thumbBends = SIMD2(-12, -15)
      closer.take(shape)
      closer.open(0)
      // A thumb that begins inside comes from the wrong side.
      let isInside = closer.nearest(0).gap < -0.0003
      closer.close(0, Vector3(1, 0.6, 0.5))
      let fault = fault(&closer, thumb) + (isInside ? Self.inside : 0)
      if fault < best.fault { best = (closer.shape, thumb, fault) }
    }
    for thumb in thumbs ?? Self.thumbs(kind) { attempt(thumb) }
    if thumbs == nil, best.fault > Self.doubtful {
      // Between those: a thumb that one finger keeps off may pass beside it.
      let middle = best.thumb
      for (lift, turn) in [(9.0, 0.0), (-9, 0), (0, 12), (0, -12), (9, 12), (-9, -12)] {
        attempt(
          Thumb(
            lift: min(max(middle.lift + lift, -15), 70),
            turn: min(max(middle.turn + turn, -30), 60)))
      }
    }
    closer.take(best.shape)
  }

  /// How bad a thumb is: a millimeter off the thing or in it counts as much as ten degrees off the
  /// posture of rest.
  private func fault(_ closer: inout HandCloser, _ thumb: Thumb) -> Double {
    let (gap, tip) = closer.nearest(0)
    let bends = closer.shape.thumbBends
    let strain =
      abs(thumb.lift - 40) + abs(thumb.turn - 25) * 0.5 + max(0, bends.x - 45)
      + max(0, bends.y - 50)
    let room = closer.thumbRoom()
    let depth = max(0, -gap - 0.0005) + max(0, -room - HandCloser.flesh)
    // Around a thin rod a thumb lies on the fingers; on the rod is better.
    let away = min(tip, max(0, room) + Self.besides)
    return max(0, away - 0.0005) * 1000 + depth * 10_000 + strain * 0.1
  }

  /// The ways the thumb may go about it.
  private static func thumbs(_ kind: GripKind) -> [Thumb] {
    let lifts: [Double] =
      switch kind {
      case .tray: [-5, 10, 25]
      case .pen: [25, 40, 55]
      default: [-10, 5, 22, 40, 58, 70]
      }
    let turns: [Double] = kind == .tray ? [0, 25] : [0, 25, 50]
    return lifts.flatMap { lift in turns.map { Thumb(lift: lift, turn: $0) } }
  }
}
