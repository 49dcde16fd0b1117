/// Finds how a hand holds a prop: its position in the hand, and the bend of each finger.
///
/// The prop is moved to the palm until it touches, and the fingers close one by one until their
/// skin touches. Since skin bunches where fingers bend, both are repeated with the changed palm.
struct GripSolver {
  private let hand: HandSkin
  private let frame: HandFrame
  private let thing: PropSolid
  private let reach: Double

  /// The additional distance that a thumb on the fingers counts, compared with one on the prop, in
  /// meters.
  private static let besides = 0.004
  /// The penalty of a thumb that starts inside the prop.
  private static let inside = 50.0
  /// The penalty of a thumb from which another attempt is made.
  private static let doubtful = 4.5
  /// The distance of a loop from the palm of the bent hand inside it, in meters.
  private static let loop = 0.03
  /// The offsets along its axis to try for a prop if its own point suits no hand, in meters.
  private static let shifts = [0.012, -0.012, 0.024, -0.024]
  /// The number of times that the prop is moved to the palm.
  private static let rounds = 3
  /// The distance from the grip within which parts of the prop count, in meters: no hand is larger.
  private static let around = 0.3

  init(_ hand: HandSkin, _ shape: Prop.Shape, at point: Vector3) {
    self.hand = hand
    frame = HandFrame(hand)
    thing = PropSolid(Prop(id: "", shape: shape)).near(point, Self.around * frame.size)
    reach = shape.bounds.size.length + 0.3
  }

  /// Returns the prop held by a grip: in a hand that starts open, or if that cannot close, as
  /// through the loop of a bag or a shield, in a hand that starts bent.
  func fit(_ grip: Grip) -> GripFit {
    let open = [1, 2, 3, 4, HandSkin.palm]
    let fit = fit(grip, from: Self.start(grip.kind), meeting: open)
    if grip.kind != .hammer || fit.holds(as: grip.kind) { return fit }
    let hooked = self.fit(grip, from: .hooked, meeting: [HandSkin.palm])
    if hooked.holds(as: grip.kind) { return hooked }
    // A guard or a bowl might be in the thumb's way.
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

  /// Moves the prop away from a palm or a thumb that is still inside it, since the ball of a bent
  /// thumb bulges.
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

  /// Moves the prop to the open hand. If a finger cannot close, as over a sword's guard, moves the
  /// prop a little along its axis, so that all can.
  private func slide(_ closer: inout HandCloser, _ grip: Grip, meeting parts: [Int]) {
    let start = closer
    // Parts behind a loop do not obstruct a hand that is already in the loop.
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
      // A flat hand does not close around anything.
      if bend > 60 || grip.kind == .tray { break }
    }
    closer = best
  }

  /// Returns the fingers closed around a prop in a fixed position.
  func close(_ grip: Grip, handFromProp: Transform) -> GripFit {
    var closer = HandCloser(hand, thing, Self.start(grip.kind))
    closer.propFromHand = handFromProp.inverse
    close(&closer, grip.kind)
    closeThumb(&closer, grip.kind)
    return result(closer)
  }

  /// Returns the prop in the hand near its position, moved only as far as it is inside the palm.
  func settled(_ grip: Grip, handFromProp: Transform) -> GripFit {
    var closer = HandCloser(hand, thing, Self.start(grip.kind))
    closer.propFromHand = handFromProp.inverse
    if grip.kind != .pen { closer.settle([HandSkin.palm], from: frame.palm) }
    close(&closer, grip.kind)
    closeThumb(&closer, grip.kind)
    free(&closer, grip.kind)
    return result(closer)
  }

  /// Returns the depth of the palm of a posed body inside the prop, in meters: a palm bulges where
  /// the wrist bends, which a separate hand does not show.
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

  /// Returns the relative bend rates of the joints of a finger.
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
      // Ring and little finger do not take part in holding a pen.
      if kind != .pen || finger < 3 { closer.close(finger, Self.rates(kind)) }
    }
  }

  /// The initial angles of a thumb, off the palm and rotated, in degrees.
  private struct Thumb {
    var lift: Double
    var turn: Double

    static let usual = Thumb(lift: 40, turn: 25)
  }

  /// Closes the thumb from several sides, and keeps the best.
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
      // A thumb that starts inside comes from the wrong side.
      let isInside = closer.nearest(0).gap < -0.0003
      closer.close(0, Vector3(1, 0.6, 0.5))
      let fault = fault(&closer, thumb) + (isInside ? Self.inside : 0)
      if fault < best.fault { best = (closer.shape, thumb, fault) }
    }
    for thumb in thumbs ?? Self.thumbs(kind) { attempt(thumb) }
    if thumbs == nil, best.fault > Self.doubtful {
      // Also try angles in between: a thumb that one finger blocks might pass beside it.
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

  /// Returns the penalty of a thumb: a distance or depth of one millimeter counts as much as ten
  /// degrees away from the relaxed posture.
  private func fault(_ closer: inout HandCloser, _ thumb: Thumb) -> Double {
    let (gap, tip) = closer.nearest(0)
    let bends = closer.shape.thumbBends
    let strain =
      abs(thumb.lift - 40) + abs(thumb.turn - 25) * 0.5 + max(0, bends.x - 45)
      + max(0, bends.y - 50)
    let room = closer.thumbRoom()
    let depth = max(0, -gap - 0.0005) + max(0, -room - HandCloser.flesh)
    // Around a thin rod, a thumb lies on the fingers; on the rod is better.
    let away = min(tip, max(0, room) + Self.besides)
    return max(0, away - 0.0005) * 1000 + depth * 10_000 + strain * 0.1
  }

  /// Returns the initial angles to try.
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
