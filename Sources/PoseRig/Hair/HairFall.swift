#if canImport(Glibc)
  internal import Glibc
#endif

/// Lays locks over a head and lets them fall.
struct HairFall {
  var obstacles: HairObstacles
  /// The direction in which things fall, wind included, in the space of the head at rest.
  let pull: SIMD3<Float>
  /// The degree to which loose hair leaves its combed path: 0 on an upright head, 1 on one that
  /// lies or hangs.
  let looseness: Float
  /// The gusts that separate locks.
  let gusts: HairGusts
  /// The length of the hair relative to the style's.
  var length: Float = 1
  /// The distance from the skin relative to the style's.
  var volume: Float = 1
  /// The curl; nil for the style's own.
  var curl: Float?

  var head: HeadForm { obstacles.head }

  /// Prepares a fall over a head.
  ///
  /// - Parameters:
  ///   - down: the direction to the ground, of unit length.
  ///   - wind: the horizontal movement of hair per unit of its fall.
  init(_ obstacles: HairObstacles, down: SIMD3<Float>, wind: SIMD3<Float>) {
    self.obstacles = obstacles
    pull = (down + wind).unit
    gusts = HairGusts(down: down, wind: wind)
    // Wind presses hair onto the head as much as it lifts it, so combed hair mostly stays in place.
    looseness = max(1 - smoothStep(-down.y, 0.1, 0.92), 0.2 * gusts.strength)
  }

  /// Returns a lock along waypoints that then falls.
  ///
  /// It advances in steps of equal length, each along the combed path, toward the ground, or along
  /// an obstacle. Nothing is iterated, so that equal poses have equal hair.
  /// - Parameter variation: the random numbers from 0 to 1 that distinguish locks.
  func strand(
    _ waypoints: [HairWaypoint], fall: Float, _ form: LockForm, variation: HairVariation
  ) -> HairStrand {
    waved(straight(waypoints, fall: fall, form, variation: variation), form, variation)
  }

  /// Returns a lock without its waves.
  ///
  /// - Parameters:
  ///   - pieces: the number of pieces; nil for as many as its length requires.
  ///   - flutters: whether the wind moves it differently from its neighbors.
  func straight(
    _ waypoints: [HairWaypoint], fall: Float, _ form: LockForm, variation: HairVariation,
    pieces: Int? = nil, flutters: Bool = true
  ) -> HairStrand {
    let line = line(waypoints, form)
    let held = line.count > 1 ? line.lengths.last ?? 0 : 0
    let hanging = fall * length * head.size
    let irregular = 1 + Float(form.jitter) * (variation[0] - 0.5) * 0.5
    let total = max(held * (fall > 0 ? 1 : min(length, 1)) + hanging * irregular, 0.004)
    let count = pieces ?? Self.pieces(total, form, curl: curl(form))
    let step = total / Float(count)
    var points = [line.points[0]]
    var way = line.direction(0)
    for index in 0..<count {
      let point = points[index]
      let along = Float(index) * step
      // Nothing supports a lock that points upward.
      let pull = flutters ? gusts.pull(pull, variation, along: along - held) : pull
      let bend = Float(form.stiffness) * (way.dot(pull) < 0 ? 0.3 : 1)
      let rate = 1 - exp(-step / bend)
      var next = (way + (pull - way) * rate).unit
      let loose =
        hanging == 0 || along + step <= held
        ? (1 - Float(form.hold)) * looseness * smoothStep(along, 0, 0.03) : 1
      if loose < 1 {
        let combed = (line.point(along + step) - point).unit
        next = (combed * (1 - loose) + next * loose).unit
      }
      next = turned(next, at: point, share: along / total, step / total, form)
      let margin = margin(line.height, along - held, form)
      points.append(stepped(from: point, &next, step, margin: loose > 0.01 ? margin : nil))
      way = next
    }
    return HairStrand(
      points: points, outward: outward(points), step: step, held: Int(held / step))
  }

  /// Keeps adjacent hanging locks as close together as they were where they left the head, unless
  /// the body below separates them.
  ///
  /// Hair that parts over a shoulder stays parted.
  func gather(_ strands: inout [HairStrand], _ form: LockForm) {
    guard strands.count > 2 else { return }
    for next in (1..<strands.count).reversed() {
      let index = next - 1
      let held = min(min(strands[next].held, strands[index].held), strands[index].points.count - 1)
      guard strands[index].points.count == strands[next].points.count else { continue }
      let gap = (strands[next].points[held] - strands[index].points[held]).length
      let furthest =
        (held..<strands[index].points.count).map {
          (strands[next].points[$0] - strands[index].points[$0]).length
        }.max() ?? 0
      guard furthest < max(gap * 6, 0.09) else { continue }
      for at in held..<strands[index].points.count {
        let other = strands[next].points[at]
        let offset = strands[index].points[at] - other
        let most = max(gap, 0.003) * (1.05 + (0.02 + 0.08 * gusts.strength) * Float(at - held))
        let distance = offset.length
        guard distance > most else { continue }
        let pulled = other + offset * (most / distance)
        let margin = Float(form.thickness) * 0.6
        strands[index].points[at] = obstacles.pushed(pulled, margin: margin)?.point ?? pulled
      }
      strands[index].outward = outward(strands[index].points)
    }
  }

  func curl(_ form: LockForm) -> Float { curl ?? Float(form.curl) }

  /// Returns the number of pieces of a lock.
  static func pieces(_ total: Float, _ form: LockForm, curl: Float) -> Int {
    let isWaved = curl > 0.02 && form.wave > 0
    let usual: Float = total < 0.12 || form.stiffness < 0.03 ? 0.011 : 0.016
    let piece = isWaved ? min(Float(form.waveLength) / 7, usual) : usual
    return min(max(Int((total / piece).rounded(.up)), 5), 96)
  }

  /// Returns the distance that a lock keeps from the body: as combed, and less the farther it
  /// hangs.
  private func margin(_ height: Float, _ beyond: Float, _ form: LockForm) -> Float {
    let least = Float(form.thickness) * 0.6
    return max(height, least) + (least - max(height, least)) * smoothStep(beyond, 0, 0.2)
  }

  private func turned(
    _ way: SIMD3<Float>, at point: SIMD3<Float>, share: Float, _ piece: Float, _ form: LockForm
  ) -> SIMD3<Float> {
    guard form.turn != 0, share > 0.55 else { return way }
    let angle = Float(form.turn) * .pi / 180 * piece / 0.45
    let out = (point - core(point)).across(way).unit
    return (way - out * tan(angle)).unit
  }

  /// Returns the point one step farther, along any obstacle.
  private func stepped(
    from point: SIMD3<Float>, _ way: inout SIMD3<Float>, _ step: Float, margin: Float?
  ) -> SIMD3<Float> {
    let free = point + way * step
    guard let margin, let hit = obstacles.pushed(free, margin: margin) else { return free }
    // Hair that falls on a shoulder continues to the front or the back.
    let level = max(-hit.outward.dot(pull), 0)
    let away = (point - head.origin) * SIMD3(0.15, 1, 1) - SIMD3(0, 0, 0.012)
    let aside = away.across(pull).across(hit.outward).unit * level
    // It keeps to its side: although shoulders slope, hair on them does not slide off to the arms.
    let slide =
      obstacles.parts
      ? ((way.across(hit.outward) + aside) * SIMD3(0.25, 1, 1)).across(hit.outward)
      : way.across(hit.outward)
    let along = point + slide.unit * step
    let pushed = obstacles.pushed(along, margin: margin)?.point ?? along
    way = (pushed - point).unit
    let end = point + way * step
    return obstacles.pushed(end, margin: margin)?.point ?? end
  }

  /// Returns the point inside the head, neck or trunk that is nearest to another point.
  private func core(_ point: SIMD3<Float>) -> SIMD3<Float> {
    let end = obstacles.trunk?.middle ?? head.origin - SIMD3(0, 0.28, 0.02)
    let axis = end - head.origin
    let along = min(max((point - head.origin).dot(axis) / axis.dot(axis), 0), 1)
    return head.origin + axis * along
  }

  /// Returns the directions out of the body at points of a line, perpendicular to it.
  func outward(_ points: [SIMD3<Float>]) -> [SIMD3<Float>] {
    var result: [SIMD3<Float>] = []
    for index in points.indices {
      let tangent = (points[min(index + 1, points.count - 1)] - points[max(index - 1, 0)]).unit
      let radial = (points[index] - core(points[index])).unit.across(tangent)
      guard let last = result.last else {
        result.append(radial.length > 0.05 ? radial.unit : tangent.anyPerpendicular)
        continue
      }
      // Along a line that leaves the body straight, rotate the direction as little as possible.
      let carried = last.across(tangent).unit
      result.append((carried + radial * 0.6).across(tangent).unit)
    }
    return result
  }

  func waved(_ strand: HairStrand, _ form: LockForm, _ variation: HairVariation) -> HairStrand {
    let curl = curl(form)
    guard curl > 0.02, form.wave > 0 else { return strand }
    var waved = strand
    let swing = curl * Float(form.wave) * head.size
    // Waves of neighbors run in parallel, corkscrews are independent.
    let start = variation[3] * (0.12 + Float(form.coil)) * 2 * .pi
    let pitch = Float(form.waveLength) * head.size * (0.9 + 0.2 * variation[4])
    for index in strand.points.indices {
      let along = Float(index) * strand.step
      let ramp = smoothStep(
        along, 0, min(0.05, strand.length * 0.35) * (1 - 0.6 * Float(form.coil)))
      let phase = along / pitch * 2 * .pi + start
      let side = strand.tangent(index).cross(strand.outward[index])
      let out = swing * Float(form.coil) * (cos(phase) + 0.8)
      waved.points[index] += side * (swing * ramp * sin(phase))
      waved.points[index] += strand.outward[index] * (out * ramp)
    }
    for index in waved.points.indices {
      waved.outward[index] = waved.outward[index].across(waved.tangent(index)).unit
    }
    return waved
  }

  // MARK: Combed ways

  /// A combed path over the head.
  private struct Line {
    var points: [SIMD3<Float>]
    var lengths: [Float]
    /// The height of its end.
    var height: Float

    var count: Int { points.count }

    func direction(_ index: Int) -> SIMD3<Float> {
      points.count > index + 1 ? (points[index + 1] - points[index]).unit : SIMD3(0, -1, 0)
    }

    func point(_ along: Float) -> SIMD3<Float> {
      var low = 0
      var high = lengths.count - 1
      while high - low > 1 {
        let middle = (low + high) / 2
        if lengths[middle] <= along { low = middle } else { high = middle }
      }
      let piece = lengths[high] - lengths[low]
      let t = piece > 0 ? min((along - lengths[low]) / piece, 1) : 0
      return points[low] + (points[high] - points[low]) * t
    }
  }

  private func line(_ waypoints: [HairWaypoint], _ form: LockForm) -> Line {
    let count = waypoints.count > 1 ? (waypoints.count - 1) * 6 : 0
    var line = Line(points: [], lengths: [], height: waypoints[waypoints.count - 1].height)
    for index in 0...count {
      let waypoint = HairWaypoint.between(waypoints, count > 0 ? Float(index) / Float(count) : 0)
      let point = head.point(waypoint.direction, height: waypoint.height, overEars: form.overEars)
      let last = line.points.last.map { (point - $0).length } ?? 0
      line.lengths.append((line.lengths.last ?? 0) + last)
      line.points.append(point)
    }
    return line
  }
}
