/// Closes the fingers of a hand around a prop, each one independently until its skin touches.
struct HandCloser {
  let hand: HandSkin
  let thing: any HandObstacle
  /// The transform from the hand's space to the prop's.
  var propFromHand: Transform {
    didSet { fields = hand.parts.map { Field(count: $0.count) } }
  }
  /// The current shape of the hand.
  private(set) var shape: HandShape
  private var pose = Pose.rest
  private(set) var rig: PosedRig
  /// The known distances of the points of each part from the prop.
  private var fields: [Field]
  /// The thickness of the palm from its bones to its skin, in meters.
  let palmDepth: Double

  /// The gap at which skin counts as touching, in meters.
  static let touch = 0.000_2
  /// The distance that touching skin can still approach while the rest of a finger closes, in
  /// meters.
  private static let give = 0.000_25
  /// The depth that a finger can press into another one or into the palm, in meters.
  static let flesh = 0.001
  /// The distance from the fingers within which the skin of an open thumb's middle joint belongs to
  /// the web, in meters.
  private static let web = 0.006
  /// The smallest and largest angle by which a finger closes at a time, in degrees.
  private static let steps = 1.5...14.0
  /// The largest movement of a fingertip per degree of its first joint, in meters.
  private static let lever = 0.0029
  /// The number of times that the last step is halved to find where skin touches.
  private static let halvings = 5

  /// Creates a closer for a hand.
  ///
  /// - Parameter thing: the prop in its own space.
  init(_ hand: HandSkin, _ thing: any HandObstacle, _ shape: HandShape) {
    (self.hand, self.thing, self.shape) = (hand, thing, shape)
    propFromHand = .identity
    fields = hand.parts.map { Field(count: $0.count) }
    palmDepth = 0.13 * hand.rest(.middleProximal).length
    rig = PosedRig(rig: hand.body.rig, pose: .rest)
    take(shape)
  }

  /// Sets the hand's shape.
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

  /// The current rotations of the fingers.
  var fingers: [(joint: JointName, rotation: Quaternion)] {
    Finger.allCases.flatMap(\.joints).map {
      let joint = JointName($0, hand.hand.side)
      return (joint, pose[joint])
    }
  }

  // MARK: Distances

  /// The last calculated distances of points, and the points' positions at that time. A point that
  /// has moved by a millimeter is nearer by a millimeter at most, so most distances do not have to
  /// be calculated again.
  private struct Field {
    var points: [SIMD3<Float>]
    var distances: [Double]

    init(count: Int) {
      points = [SIMD3<Float>](repeating: .zero, count: count)
      distances = [Double](repeating: -.infinity, count: count)
    }

    /// Returns a lower bound of a distance.
    @inline(__always)
    func bound(_ index: Int, _ point: SIMD3<Float>) -> Double {
      distances[index] - Double((point - points[index]).length)
    }
  }

  /// Returns the distance of each point of a part from the prop in meters; negative inside.
  func distances(of part: Int) -> [Double] {
    hand.points(of: part, hand.motions(rig)).map {
      thing.distance(to: propFromHand.apply(Vector3($0)))
    }
  }

  /// Returns the distance of the nearest point of each part from the prop, in meters.
  func gaps() -> [Double] {
    hand.parts.indices.map { distances(of: $0).min() ?? .infinity }
  }

  /// Returns the distances of the nearest point of a finger, and of the skin of its last joint.
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

  /// The bend of the least bent finger, in degrees.
  var leastBend: Double { shape.bends.map { $0.x + $0.y }.min() ?? 0 }

  // MARK: Closing

  /// Opens a finger until it is outside of the prop, or as far as it can.
  mutating func open(_ finger: Int) {
    for _ in 0..<24 {
      guard nearest(finger).gap < 0 else { return }
      guard turn(finger, 0..<3, Vector3(-4, -4, -3), from: bends(of: finger), by: 1) else { return }
    }
  }

  /// Closes a finger: all its joints until skin touches, then the joints beyond that skin.
  mutating func close(_ finger: Int, _ rates: Vector3) {
    var first = 0
    while first < 3, let stopped = close(finger, first..<3, rates) {
      if stopped < first { break }
      first = stopped + 1
    }
  }

  /// Closes some joints of a finger until its skin touches the prop or another part of the hand;
  /// returns the joint of that skin, or nil if all reached their limits.
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

  /// The search for the point that stops a finger.
  private struct Chase {
    let obstacles: [Capsule]
    /// The distances from obstacles, as far as they are known.
    var field: Field
    /// The smallest distance of each point.
    var stops: [Double]
    /// The points that can press into the obstacles: those of the web between thumb and index.
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

  /// Returns the distance until the finger is stopped, in meters, and the point that stops it.
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
      // The first joint's skin always lies against them.
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

  /// Bends joints of a finger from their initial angles by degrees times their rates, within their
  /// ranges; returns false if all are at their ends.
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
