/// Closes the fingers of a hand around a thing until their skin touches it, each by itself.
struct HandCloser {
  let hand: HandSkin
  let thing: any HandObstacle
  /// The motion from the hand's space to the thing's.
  var propFromHand: Transform {
    didSet { fields = hand.parts.map { Field(count: $0.count) } }
  }
  /// The shape of the hand by now.
  private(set) var shape: HandShape
  private var pose = Pose.rest
  private(set) var rig: PosedRig
  /// What is known of how far the points of each part are from the thing.
  private var fields: [Field]
  /// How thick the palm is from its bones to its skin, in meters.
  let palmDepth: Double

  /// The gap at which skin counts as touching, in meters.
  static let touch = 0.000_2
  /// How much nearer what touches already may come while the rest of a finger closes, in meters.
  private static let give = 0.000_25
  /// How deep a finger may press into another or into the palm, in meters.
  static let flesh = 0.001
  /// How near the fingers skin of an open thumb's middle joint is that is the web's, in meters.
  private static let web = 0.006
  /// The angles, in degrees, by which a finger closes at a time at least and at most.
  private static let steps = 1.5...14.0
  /// How far a finger tip moves at most while its first joint bends by a degree, in meters.
  private static let lever = 0.0029
  /// How often the last step is halved to find where skin touches.
  private static let halvings = 5

  /// - Parameter thing: the thing in its own space.
  init(_ hand: HandSkin, _ thing: any HandObstacle, _ shape: HandShape) {
    (self.hand, self.thing, self.shape) = (hand, thing, shape)
    propFromHand = .identity
    fields = hand.parts.map { Field(count: $0.count) }
    palmDepth = 0.13 * hand.rest(.middleProximal).length
    rig = PosedRig(rig: hand.body.rig, pose: .rest)
    take(shape)
  }

  /// Gives the hand a shape.
  mutating func take(_ shape: HandShape) {
    self.shape = shape
    shape.apply(to: &pose, hand.hand)
    rig.pose(hand.body.rig, pose, from: hand.hand)
  }

  private mutating func repose(_ finger: Int) {
    shape.apply(finger: finger, to: &pose, hand.hand)
    let root = JointName(Finger.allCases[finger].joints[0], hand.hand.side)
    rig.pose(hand.body.rig, pose, from: root)
  }

  /// The rotations of the fingers by now.
  var fingers: [(joint: JointName, rotation: Quaternion)] {
    Finger.allCases.flatMap(\.joints).map {
      let joint = JointName($0, hand.hand.side)
      return (joint, pose[joint])
    }
  }

  // MARK: Distances

  /// The distances of points when they were last asked for, and where the points were then. A point
  /// that has moved by a millimeter is nearer by a millimeter at most, so most need not be asked for
  /// again.
  private struct Field {
    var points: [SIMD3<Float>]
    var distances: [Double]

    init(count: Int) {
      points = [SIMD3<Float>](repeating: .zero, count: count)
      distances = [Double](repeating: -.infinity, count: count)
    }

    /// Returns a distance that is not more than the true one.
    @inline(__always)
    func bound(_ index: Int, _ point: SIMD3<Float>) -> Double {
      distances[index] - Double((point - points[index]).length)
    }
  }

  /// Returns how far each point of a part is from the thing in meters; negative inside.
  func distances(of part: Int) -> [Double] {
    hand.points(of: part, hand.motions(rig)).map {
      thing.distance(to: propFromHand.apply(Vector3($0)))
    }
  }

  /// Returns how far the nearest point of each part is from the thing, in meters.
  func gaps() -> [Double] {
    hand.parts.indices.map { distances(of: $0).min() ?? .infinity }
  }

  /// Returns how far the nearest point of a finger is from the thing, and of its last joint's skin.
  mutating func nearest(_ finger: Int) -> (gap: Double, tip: Double) {
    let points = hand.points(of: finger, hand.motions(rig))
    let last = Finger.allCases[finger].joints[2]
    var (gap, tip) = (Double.infinity, Double.infinity)
    for (index, point) in points.enumerated() {
      let isTip = hand.parts[finger].carrier(of: index).kind == last
      guard fields[finger].bound(index, point) < (isTip ? tip : gap) else { continue }
      let distance = thing.distance(to: propFromHand.apply(Vector3(point)))
      fields[finger].points[index] = point
      fields[finger].distances[index] = distance
      gap = min(gap, distance)
      if isTip { tip = min(tip, distance) }
    }
    return (gap, tip)
  }

  /// How far the finger that is bent least is bent, in degrees.
  var leastBend: Double { shape.bends.map { $0.x + $0.y }.min() ?? 0 }

  // MARK: Closing

  /// Opens a finger as far as it takes to bring it out of the thing, as far as it can be.
  mutating func open(_ finger: Int) {
    for _ in 0..<24 {
      guard nearest(finger).gap < 0 else { return }
      guard turn(finger, 0..<3, Vector3(-4, -4, -3), from: bends(of: finger), by: 1) else { return }
    }
  }

  /// Closes a finger: all its joints until skin touches, then those beyond.
  mutating func close(_ finger: Int, _ rates: Vector3) {
    var first = 0
    while first < 3, let stopped = close(finger, first..<3, rates) {
      if stopped < first { break }
      first = stopped + 1
    }
  }

  /// Closes some joints of a finger until its skin touches the thing or another part of the hand;
  /// returns the joint whose skin did, nil if all came to their limits.
  private mutating func close(_ finger: Int, _ joints: Range<Int>, _ rates: Vector3) -> Int? {
    let start = bends(of: finger)
    var chase = Chase(count: hand.parts[finger].count, obstacles(of: finger))
    var stop = room(finger, &chase, isFirst: true)
    var done = 0.0
    while true {
      let step = min(max(stop.room / Self.lever, Self.steps.lowerBound), Self.steps.upperBound)
      let moves = turn(finger, joints, rates, from: start, by: done + step)
      stop = room(finger, &chase)
      if stop.room >= 0 {
        if !moves { return nil }
        done += step
        continue
      }
      var (low, high) = (done, done + step)
      var stopper = stop.point
      for _ in 0..<Self.halvings {
        let middle = (low + high) / 2
        _ = turn(finger, joints, rates, from: start, by: middle)
        stop = room(finger, &chase)
        if stop.room < 0 { (high, stopper) = (middle, stop.point) } else { low = middle }
      }
      _ = turn(finger, joints, rates, from: start, by: low)
      let carrier = hand.parts[finger].carrier(of: stopper).kind
      return Finger.allCases[finger].joints.firstIndex(of: carrier) ?? 0
    }
  }

  /// The search for the point of a finger that stops it.
  private struct Chase {
    let obstacles: [Capsule]
    /// The distance from obstacles, as far as it is known.
    var field: Field
    /// How near each point may come.
    var stops: [Double]
    /// Which points may press into the obstacles: those of the web between thumb and index.
    var yields: [Bool]
    /// The point that was nearest to its stop last.
    var nearest = 0

    init(count: Int, _ obstacles: [Capsule]) {
      self.obstacles = obstacles
      field = Field(count: count)
      stops = [Double](repeating: HandCloser.touch, count: count)
      yields = [Bool](repeating: false, count: count)
    }
  }

  /// Returns how far the finger is from being stopped, in meters, and by which point of its skin.
  private mutating func room(
    _ finger: Int, _ chase: inout Chase, isFirst: Bool = false
  ) -> (room: Double, point: Int) {
    let points = hand.points(of: finger, hand.motions(rig))
    let part = hand.parts[finger]
    let joints = Finger.allCases[finger].joints
    var least = (room: Double.infinity, point: 0)
    func look(_ index: Int) {
      let point = points[index]
      let reach = isFirst ? Self.touch + Self.give : least.room + chase.stops[index]
      var distance = fields[finger].bound(index, point)
      if distance < reach {
        distance = thing.distance(to: propFromHand.apply(Vector3(point)))
        fields[finger].points[index] = point
        fields[finger].distances[index] = distance
      }
      // The first joint's skin lies against them always.
      if part.carrier(of: index).kind != joints[0], !chase.yields[index] {
        var away = chase.field.bound(index, point)
        if away < reach {
          away =
            Self.flesh
            + chase.obstacles.reduce(.infinity) { min($0, $1.distance(to: Vector3(point))) }
          chase.field.points[index] = point
          chase.field.distances[index] = away
        }
        if isFirst, finger == 0, part.carrier(of: index).kind == joints[1], away < Self.web {
          chase.yields[index] = true
        } else {
          distance = min(distance, away)
        }
      }
      if isFirst { chase.stops[index] = min(Self.touch, distance - Self.give) }
      if distance - chase.stops[index] < least.room {
        least = (distance - chase.stops[index], index)
      }
    }
    look(chase.nearest)
    for index in points.indices { look(index) }
    chase.nearest = least.point
    return least
  }

  /// Bends joints of a finger from where they were by degrees times their rates, within their
  /// ranges; false if all are at their ends.
  private mutating func turn(
    _ finger: Int, _ joints: Range<Int>, _ rates: Vector3, from start: Vector3, by degrees: Double
  ) -> Bool {
    var bends = start
    var moves = false
    for joint in joints {
      let name = JointName(Finger.allCases[finger].joints[joint], hand.hand.side)
      let range = hand.body.rig.limits.range(of: .flexion, at: name) ?? -30...90
      let wanted = start[joint] + rates[joint] * degrees
      bends[joint] = min(max(wanted, range.lowerBound), range.upperBound)
      if bends[joint] == wanted { moves = true }
    }
    set(bends, of: finger)
    return moves
  }

  private func bends(of finger: Int) -> Vector3 {
    finger == 0
      ? Vector3(shape.thumb.x, shape.thumbBends.x, shape.thumbBends.y) : shape.bends[finger - 1]
  }

  private mutating func set(_ bends: Vector3, of finger: Int) {
    if finger == 0 {
      shape.thumb.x = bends.x
      shape.thumbBends = SIMD2(bends.y, bends.z)
    } else {
      shape.bends[finger - 1] = bends
    }
    repose(finger)
  }
}
