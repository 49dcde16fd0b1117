#if canImport(Glibc)
  internal import Glibc
#endif

extension HairTail {
  /// Returns the middle lines, one per side.
  private func middles(_ fall: HairFall, piece: Int) -> [HairStrand] {
    (mirror ? [false, true] : [false]).map { mirrored in
      let waypoints = guide.path.map {
        HairWaypoint(
          direction: fall.head.direction($0, mirrored: mirrored),
          height: Float($0.height) * fall.head.size)
      }
      var form = form
      form.jitter = 0
      // The middle keeps a distance of the tail's radius.
      form.thickness = radius
      if mirrored { form.wave = -form.wave }
      return fall.strand(
        waypoints, fall: Float(guide.fall), form, variation: HairVariation(piece, 3))
    }
  }

  func buildTail(_ fall: HairFall, piece: Int, into mesh: inout HairMesh) {
    for (number, middle) in middles(fall, piece: piece).enumerated() {
      let full = Float(radius) * fall.head.size * fall.volume.squareRoot()
      tail(middle, full, fall, HairVariation(piece, number), into: &mesh)
    }
  }

  /// Returns the thickness of a tail at a share of its length, as a share of its radius.
  private static func fullness(_ share: Float) -> Float {
    0.42 + 0.58 * smoothStep(share, 0, 0.3) - 0.5 * smoothStep(share, 0.45, 1)
  }

  private func tail(
    _ middle: HairStrand, _ full: Float, _ fall: HairFall, _ variation: HairVariation,
    into mesh: inout HairMesh
  ) {
    let last = Float(middle.points.count - 1)
    for lock in 0..<count + 3 {
      // Three locks fill the middle.
      let isInner = lock >= count
      let own = HairVariation(Int(variation[0] * 1000), lock)
      let angle = Float(lock) / Float(count) * 2 * .pi + own[0] * 0.5
      let radius = full * (isInner ? 0.3 : 0.62 + 0.12 * own[1])
      let ends = isInner ? 0.95 : 0.84 + 0.16 * own[2]
      let count = max(Int(last * ends), 3)
      var strand = HairStrand(points: [], outward: [], step: middle.step)
      for index in 0...count {
        let side = middle.tangent(index).cross(middle.outward[index])
        let share = Float(index) / last
        let turn = angle + (own[3] - 0.5) * share * 1.2
        let out = middle.outward[index] * cos(turn) + side * sin(turn)
        strand.points.append(middle.points[index] + out * (radius * Self.fullness(share)))
        strand.outward.append(out)
      }
      let breadth = 2 * Float.pi * full * 0.62 / Float(self.count) / 2 * Float(form.overlap)
      mesh.add(strand, form, phase: own[4] * 2) { index in
        let share = Float(index) / Float(count)
        var section = form.section(
          share: share, of: strand.length, breadth: 1, scale: fall.head.size)
        let shape = Self.fullness(share * ends)
        section.breadth *= breadth * shape / (Float(form.breadth) * fall.head.size)
        let taper = section.breadth / max(breadth * shape, 1e-5)
        section.thickness = section.thickness * 0.4 + full * 0.35 * shape * taper
        return section
      }
    }
  }

  func buildBraid(_ fall: HairFall, piece: Int, into mesh: inout HairMesh) {
    for (number, middle) in middles(fall, piece: piece).enumerated() {
      let full = Float(radius) * fall.head.size * fall.volume.squareRoot()
      for strand in 0..<3 { braid(middle, full, strand, fall, into: &mesh) }
      brush(middle, full, fall, HairVariation(piece, number), into: &mesh)
    }
  }

  private func braid(
    _ middle: HairStrand, _ full: Float, _ number: Int, _ fall: HairFall,
    into mesh: inout HairMesh
  ) {
    let pitch = Float(pitch) * fall.head.size
    let count = max(Int(middle.length / pitch * 14), 14)
    var strand = HairStrand(points: [], outward: [], step: middle.length / Float(count))
    var sizes: [Float] = []
    for index in 0...count {
      let share = Float(index) / Float(count)
      let at = share * Float(middle.points.count - 1)
      let low = min(Int(at), middle.points.count - 2)
      let t = at - Float(low)
      let point = middle.points[low] * (1 - t) + middle.points[low + 1] * t
      let out = (middle.outward[low] * (1 - t) + middle.outward[low + 1] * t).unit
      let side = middle.tangent(low).cross(out)
      let phase = 2 * Float.pi * (share * middle.length / pitch + Float(number) / 3)
      let taper = 1 - 0.45 * smoothStep(share, 0.3, 1)
      let size = full * taper * (0.6 + 0.4 * smoothStep(share, 0, 0.06))
      strand.points.append(
        point + side * (size * 0.55 * sin(phase)) + out * (size * 0.32 * sin(2 * phase)))
      strand.outward.append((out + side * (sin(phase) * 0.7)).unit)
      sizes.append(size)
    }
    for index in strand.points.indices {
      strand.outward[index] = strand.outward[index].across(strand.tangent(index)).unit
    }
    mesh.add(strand, form, phase: Float(number)) { index in
      HairMesh.Section(breadth: sizes[index] * 0.52, thickness: sizes[index] * 0.72)
    }
  }

  /// The loose end of a braid.
  private func brush(
    _ middle: HairStrand, _ full: Float, _ fall: HairFall, _ variation: HairVariation,
    into mesh: inout HairMesh
  ) {
    let end = middle.points.count - 1
    let way = middle.tangent(end)
    let length = 0.055 * fall.head.size
    let pieces = 6
    var strand = HairStrand(points: [], outward: [], step: length / Float(pieces))
    for index in 0...pieces {
      strand.points.append(middle.points[end] + way * (strand.step * Float(index) - 0.008))
      strand.outward.append(middle.outward[end])
    }
    var form = form
    form.taper = 0.7
    var small = self
    small.count = 6
    small.form = form
    small.tail(strand, full * 0.62, fall, variation, into: &mesh)
  }
}

extension HairCoil {
  func build(_ fall: HairFall, piece: Int, into mesh: inout HairMesh) {
    let scale = fall.head.size * fall.volume.squareRoot()
    for mirrored in mirror ? [false, true] : [false] {
      let direction = fall.head.direction(center, mirrored: mirrored)
      let base = fall.head.point(direction, height: Float(center.height), overEars: false)
      let out = (base - fall.head.origin).unit
      let ball = Ball(
        middle: base + out * (Float(depth) * scale * 0.42), out: out,
        radius: Float(radius) * scale, depth: Float(depth) * scale * 0.58)
      ball.fill(&mesh)
      let bands = max(Int(turns.rounded()), 1)
      for band in 0..<bands {
        wind(band, of: bands, around: ball, HairVariation(piece, band), mirrored, into: &mesh)
      }
    }
  }

  /// Adds a strand around the ball, with its ends under other strands.
  private func wind(
    _ band: Int, of bands: Int, around ball: Ball, _ variation: HairVariation, _ mirrored: Bool,
    into mesh: inout HairMesh
  ) {
    let share = Float(band) / Float(max(bands - 1, 1))
    // The first strand goes around the base, the last over the top.
    let tilt = (0.25 + 0.75 * share + 0.3 * (variation[0] - 0.5)) * (mirrored ? -1 : 1)
    let side = ball.first.rotated(by: 2.4 * Float(band) + variation[1], about: ball.out)
    let axis = ball.out.rotated(by: tilt, about: side)
    let start = axis.anyPerpendicular.rotated(by: variation[2] * 6, about: axis)
    let pieces = 40
    var strand = HairStrand(points: [], outward: [], step: 0.01)
    for index in 0...pieces {
      let along = Float(index) / Float(pieces)
      let around = start.rotated(by: (along - 0.5) * 2.25 * .pi, about: axis)
      // The last strand spirals in toward its middle.
      let level = -0.5 + 0.75 * share + (0.35 + 1.4 * share * share) * (along - 0.5)
      let direction = (around + axis * level).unit
      let height = 0.9 + 0.05 * share + 0.05 * sin(along * .pi)
      let point = ball.point(direction, height)
      strand.points.append(point)
      strand.outward.append((point - ball.middle).unit)
    }
    for index in strand.points.indices {
      strand.outward[index] = strand.outward[index].across(strand.tangent(index)).unit
    }
    let size = (ball.radius + ball.depth) / 2
    let breadth = size * (0.46 + 0.12 * variation[3]) * Float(form.overlap) / 1.9
    mesh.add(strand, form, phase: variation[4] * 2) { index in
      let along = Float(index) / Float(pieces)
      let ends = smoothStep(along, 0, 0.2) * (1 - smoothStep(along, 0.8, 1))
      return HairMesh.Section(
        breadth: max(breadth * (0.45 + 0.55 * ends), 0.0005),
        thickness: max(ball.radius * 0.36 * ends, 0.0005))
    }
  }

  /// The round shape that a bun is wound on.
  private struct Ball {
    let middle: SIMD3<Float>
    let out: SIMD3<Float>
    let radius: Float
    let depth: Float

    var first: SIMD3<Float> { out.anyPerpendicular }

    func point(_ direction: SIMD3<Float>, _ share: Float) -> SIMD3<Float> {
      let along = direction.dot(out)
      return middle + (direction.across(out) * radius + out * (along * depth)) * share
    }

    /// Adds the ball itself, so that there are no gaps between the strands.
    func fill(_ mesh: inout HairMesh) {
      let second = out.cross(first)
      let rings = (1...9).map { ring in
        let angle = Float(ring) / 10 * .pi
        return (0..<24).map { corner in
          let turn = Float(corner) / 24 * 2 * .pi
          let around = first * cos(turn) + second * sin(turn)
          return point(out * cos(angle) + around * sin(angle), 0.9)
        }
      }
      mesh.add(rings: rings, start: point(out, 0.9), end: point(-out, 0.9))
    }
  }
}
