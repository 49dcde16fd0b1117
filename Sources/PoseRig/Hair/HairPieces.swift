#if canImport(Glibc)
  internal import Glibc
#endif

extension LockForm {
  /// Returns the size of a lock, which tapers to a point, at a share of its length.
  func section(
    share: Float, of length: Float, breadth: Float, scale: Float
  ) -> HairMesh.Section {
    let tip = max(Float(taper), 0.01)
    let rest = max(0, (share - (1 - tip)) / tip)
    let pointed = max(1 - rest * rest, 0.0004).squareRoot() * (1 - 0.35 * rest)
    let root = 0.35 + 0.65 * smoothStep(share * length, 0, min(0.018, length * 0.4))
    return HairMesh.Section(
      breadth: min(breadth, Float(self.breadth) * scale) * pointed * root,
      thickness: Float(thickness) * scale * pointed * root)
  }
}

extension HairLocks {
  func build(_ fall: HairFall, piece: Int, into mesh: inout HairMesh) {
    for mirrored in mirror ? [false, true] : [false] {
      for row in 0..<rows {
        // Locks of one row lie over the gaps of the next.
        let shift: Float = row % 2 == 1 ? 0.5 : 0
        let down = rows > 1 ? Float(row) / Float(rows - 1) : 0
        let pieces = pieces(fall)
        var strands = (0..<count).map { index in
          strand(
            along: count > 1 ? (Float(index) + shift) / (Float(count - 1) + shift) : 0.5,
            down: down, mirrored, fall,
            variation(piece, row, index, mirrored), pieces: pieces)
        }
        if longest * Double(fall.length) > 0.12 { fall.gather(&strands, form) }
        for index in strands.indices {
          strands[index] = fall.waved(strands[index], form, variation(piece, row, index, mirrored))
        }
        add(strands, fall, piece * 31 + row, into: &mesh)
      }
    }
  }

  private var longest: Double { guides.joined().map(\.fall).max() ?? 0 }

  private func variation(
    _ piece: Int, _ row: Int, _ index: Int, _ mirrored: Bool
  ) -> HairVariation {
    HairVariation(piece, row * 251 + index + (mirrored ? 100_003 : 0))
  }

  /// Returns a common number of pieces for all locks, so that neighbors can be compared.
  private func pieces(_ fall: HairFall) -> Int {
    let head = fall.head
    let ways = guides.joined().map { guide in
      let points = guide.path.map {
        head.point(head.direction($0), height: Float($0.height), overEars: false)
      }
      let held = zip(points, points.dropFirst()).map { ($1 - $0).length }.reduce(0, +)
      return held * 1.1 + Float(guide.fall) * fall.length * head.size
    }
    return HairFall.pieces(ways.max() ?? 0.1, form, curl: fall.curl(form))
  }

  private func strand(
    along: Float, down: Float, _ mirrored: Bool, _ fall: HairFall, _ variation: HairVariation,
    pieces: Int
  ) -> HairStrand {
    let steps = guides[0][0].path.count
    let amount = Float(form.jitter)
    var waypoints: [HairWaypoint] = []
    for step in 0..<steps {
      let lines = guides.map { row in
        let points = row.map { guide in
          HairWaypoint(
            direction: fall.head.direction(guide.path[step], mirrored: mirrored),
            height: Float(guide.path[step].height) * fall.head.size)
        }
        return HairWaypoint.between(points, along)
      }
      var point = HairWaypoint.between(lines, down)
      point.height *= fall.volume
      // Some lie over others from their roots on; all begin in the skin.
      let over = variation[9] * 0.7 + amount * (variation[10 + step] - 0.5)
      point.height += Float(form.thickness) * (step == 0 ? -0.7 : over) * fall.head.size
      if step > 0 {
        let sway = SIMD3(variation[20 + step], variation[30 + step], variation[40 + step]) - 0.5
        point.direction = (point.direction + sway * (amount * 0.12)).unit
      }
      waypoints.append(point)
    }
    let falls = guides.map { row in
      HairWaypoint.between(
        row.map { HairWaypoint(direction: .zero, height: Float($0.fall)) }, along)
    }
    let length = HairWaypoint.between(falls, down).height
    return fall.straight(
      waypoints, fall: max(length, 0), form, variation: variation, pieces: pieces)
  }

  private func add(
    _ strands: [HairStrand], _ fall: HairFall, _ piece: Int, into mesh: inout HairMesh
  ) {
    for (index, strand) in strands.enumerated() {
      let variation = HairVariation(piece, index + 7)
      let neighbors = [index - 1, index + 1].filter { strands.indices.contains($0) }
      let last = Float(strand.points.count - 1)
      mesh.add(strand, form, phase: variation[0] * 2) { at in
        let share = Float(at) / last
        let distances = neighbors.map { other in
          let points = strands[other].points
          let same = min(Int((share * Float(points.count - 1)).rounded()), points.count - 1)
          return (points[same] - strand.points[at]).length
        }
        let sum = distances.reduce(0, +)
        let gap = distances.isEmpty ? Float(form.breadth) : sum / Float(distances.count)
        let breadth = gap / 2 * Float(form.overlap) * (0.75 + 0.5 * variation[1])
        return form.section(
          share: share, of: strand.length, breadth: max(breadth, Float(form.thickness) * 0.4),
          scale: fall.head.size)
      }
    }
  }
}

extension HairTufts {
  func build(
    _ fall: HairFall, hairline: [SIMD2<Double>], piece: Int, into mesh: inout HairMesh
  ) {
    let scalp = Scalp(fall.head, pole: pole, hairline: hairline)
    // One degree on a head is about 1.7 mm.
    let skull: Float = 0.1
    let rowAngle = Float(spacing) * 0.8 / skull
    let rows = Int(2.6 / rowAngle)
    for row in 0..<rows {
      let angle = rowAngle * (Float(row) + 0.35)
      let count = max(Int((2 * .pi * sin(min(angle, 2)) * skull / Float(spacing)).rounded()), 3)
      for index in 0..<count {
        let variation = HairVariation(piece, row * 509 + index)
        let shift = (row % 2 == 0 ? 0 : 0.5) + (variation[5] - 0.5) * Float(form.jitter)
        let azimuth = (Float(index) + shift) / Float(count) * 2 * .pi
        let start = angle + rowAngle * (variation[6] - 0.5) * Float(form.jitter)
        tuft(scalp, fall, azimuth: azimuth, angle: start, skull, variation, into: &mesh)
      }
    }
  }

  private func tuft(
    _ scalp: Scalp, _ fall: HairFall, azimuth: Float, angle: Float, _ skull: Float,
    _ variation: HairVariation, into mesh: inout HairMesh
  ) {
    let root = scalp.direction(azimuth: azimuth, angle: angle)
    guard scalp.above(root) > 1, isWithin(root) else { return }
    let irregular = 1 + (variation[7] - 0.5) * Float(form.jitter)
    let reach = Float(length) * irregular * (self.fall > 0 ? 1 : fall.length) / skull
    let turn = Float(swirl) * .pi / 180 + (variation[8] - 0.5) * Float(form.jitter) * 0.8
    let way = heading(root, scalp, azimuth: azimuth, angle: angle, fall.head)
      .rotated(by: turn, about: root)
    var waypoints: [HairWaypoint] = []
    let steps = 4
    for step in 0...steps {
      let share = Float(step) / Float(steps)
      let direction = root * cos(reach * share) + way * sin(reach * share)
      // It stays on the scalp, except for the allowed overhang.
      if step > 1, scalp.above(direction) < -Float(overhang) { break }
      let down = 1 - Float(tuck) * smoothStep(share, 0.4, 1)
      let rise = Float(lift) * fall.volume * sin(share * .pi / 2) * down
      waypoints.append(
        HairWaypoint(direction: direction, height: (rise * irregular - 0.001) * fall.head.size))
    }
    guard waypoints.count > 2 else { return }
    let strand = fall.strand(waypoints, fall: Float(self.fall), form, variation: variation)
    let last = Float(strand.points.count - 1)
    let half = Float(spacing) / 2 * Float(form.overlap) * fall.head.size
    let breadth = half * (0.85 + 0.3 * variation[9])
    mesh.add(strand, form, phase: variation[2] * 2) {
      form.section(
        share: Float($0) / last, of: strand.length, breadth: breadth, scale: fall.head.size)
    }
  }

  private func isWithin(_ direction: SIMD3<Float>) -> Bool {
    let longitude = Double(abs(atan2(direction.x, direction.z))) * 180 / .pi
    let latitude = Double(asin(min(max(direction.y, -1), 1))) * 180 / .pi
    return longitudes.contains(longitude) && latitudes.contains(latitude)
  }

  /// Returns the direction of a lock at its root.
  private func heading(
    _ root: SIMD3<Float>, _ scalp: Scalp, azimuth: Float, angle: Float, _ head: HeadForm
  ) -> SIMD3<Float> {
    if let comb { return head.direction(comb).across(root).unit }
    return scalp.direction(azimuth: azimuth, angle: angle + 0.1).across(root).unit
  }
}

extension SIMD3<Float> {
  /// Returns the vector rotated about an axis of unit length.
  func rotated(by angle: Float, about axis: SIMD3<Float>) -> SIMD3<Float> {
    self * cos(angle) + axis.cross(self) * sin(angle) + axis * (axis.dot(self) * (1 - cos(angle)))
  }
}
