#if canImport(Glibc)
  internal import Glibc
#endif

/// Builds a shoe or a boot: tight bands around foot and shin, from the toes to its top, over a
/// sole.
struct ShoeFit {
  /// The number of points of a band.
  private static let corners = 32

  private let piece: ShoePiece
  private let clothes: Clothes
  private let figure: ClothBody
  private let side: Float
  private let triangles: [SIMD3<UInt32>]
  private let ankle: SIMD3<Float>

  init(_ piece: ShoePiece, of clothes: Clothes, on figure: ClothBody, side: Side) {
    self.piece = piece
    self.clothes = clothes
    self.figure = figure
    self.side = side == .left ? 1 : -1
    ankle = figure.joint(side == .left ? .leftFoot : .rightFoot)
    let knee = figure.joint(.leftLowerLeg).y
    let sign = self.side
    triangles = figure.mesh.triangles.filter { corners in
      let point = figure.mesh.vertices[Int(corners.x)].point
      return point.x * sign > 0 && point.y < knee
    }
  }

  /// The height at which it ends, in meters.
  private var top: Float {
    ankle.y + (figure.joint(.leftLowerLeg).y - ankle.y) * max(clothes.value(piece.shaft), 0)
  }

  /// A band in a plane: its upward direction, and the points of the skin in it.
  private struct Band {
    var middle: SIMD3<Float>
    var up: SIMD3<Float>
    var points: [SIMD3<Float>]
  }

  /// Returns the distance of a point of the skin inside the edge, in meters; negative outside.
  func distance(_ point: SIMD3<Float>) -> Float {
    point.x * side > 0 ? max(top, ankle.y) - point.y : -1
  }

  /// Returns the shoe; nil for a body without feet.
  func shell() -> ShellFit.Shell? {
    let foot = figure.mesh.vertices.map(\.point).filter { $0.x * side > 0 && $0.y < ankle.y * 0.9 }
    guard let front = foot.map(\.z).max(), front > ankle.z + 0.05 else { return nil }
    var bands: [Band] = []
    let pivot = SIMD3(ankle.x, ankle.y * 1.12, instep(at: ankle.y * 1.12) + 0.004)
    // From the toes to the instep, across the foot.
    for step in 0...13 {
      let share = Float(step) / 13
      let z = front - 0.01 + (pivot.z - front + 0.01) * (share * (0.4 + 0.6 * share))
      add(&bands, SIMD3(ankle.x, 0, z), normal: SIMD3(0, 0, -1), up: SIMD3(0, 1, 0), from: nil)
    }
    // Around the heel.
    for step in 1...8 {
      let angle = Float(step) / 8 * .pi / 2
      let way = SIMD3<Float>(0, -cos(angle), -sin(angle))
      add(&bands, pivot, normal: SIMD3(0, sin(angle), -cos(angle)), up: -way, from: pivot)
    }
    // Up the shin.
    let shaft = top - pivot.y
    let rows = max(Int((shaft / 0.02).rounded(.up)), 0)
    for row in 0..<rows {
      let height = pivot.y + shaft * Float(row + 1) / Float(rows)
      add(
        &bands, SIMD3(ankle.x, height, ankle.z), normal: SIMD3(0, 1, 0), up: SIMD3(0, 0, 1),
        from: nil)
    }
    guard bands.count > 12 else { return nil }
    return lofted(bands, shaft: rows)
  }

  /// Returns how far forward the front of the ankle is at a height.
  private func instep(at height: Float) -> Float {
    var band: [Band] = []
    add(
      &band, SIMD3(ankle.x, height, ankle.z), normal: SIMD3(0, 1, 0), up: SIMD3(0, 0, 1), from: nil)
    let front = band.first?.points.map(\.z).filter { $0 < ankle.z + 0.12 }.max()
    return front ?? ankle.z + 0.05
  }

  private func add(
    _ bands: inout [Band], _ middle: SIMD3<Float>, normal: SIMD3<Float>, up: SIMD3<Float>,
    from pivot: SIMD3<Float>?
  ) {
    var points: [SIMD3<Float>] = []
    for corners in triangles {
      for side in 0..<3 {
        let a = figure.mesh.vertices[Int(corners[side])]
        let b = figure.mesh.vertices[Int(corners[(side + 1) % 3])]
        let one = (a.point - middle).dot(normal)
        let other = (b.point - middle).dot(normal)
        guard (one < 0) != (other < 0) else { continue }
        let point = a.point + (b.point - a.point) * (one / (one - other))
        // Around the heel, use only points behind the pivot.
        if let pivot, (point - pivot).dot(up) > 0.03 { continue }
        // Across the foot, ignore the shin.
        if pivot == nil, up.y > 0.5, point.y > ankle.y * 1.12 + 0.004 { continue }
        points.append(point)
      }
    }
    guard points.count > 4 else { return }
    bands.append(Band(middle: middle, up: up, points: points))
  }

  private func lofted(_ bands: [Band], shaft: Int) -> ShellFit.Shell {
    let count = Self.corners
    let (ease, sole) = (clothes.value(piece.ease), clothes.value(piece.sole))
    var rings = bands.enumerated().map { index, band -> [SIMD3<Float>] in
      // Boots widen toward their top.
      let up = shaft > 0 ? Float(max(index - (bands.count - 1 - shaft), 0)) / Float(shaft) : 0
      return ring(band, ease: ease + (clothes.value(piece.shaftEase) - ease) * up)
    }
    for _ in 0..<2 { rings = smoothed(rings) }
    rings = Self.toeBox(before: rings, length: ease + 0.014) + rings
    let ground = figure.mesh.vertices.map(\.point.y).min() ?? 0
    for ring in rings.indices {
      for corner in rings[ring].indices where rings[ring][corner].y < ground + 0.01 {
        rings[ring][corner].y = ground - 0.002
      }
    }
    var shell = ShellFit.Shell(vertices: [], triangles: [], points: [], sag: [])
    shell.points = rings.flatMap { $0 }
    // The toe is closed by a point.
    let first = rings[0]
    let tip = first.reduce(.zero, +) / Float(count) + SIMD3(0, 0, 0.0005)
    shell.points.append(tip)
    for row in 0..<rings.count - 1 {
      for corner in 0..<count { quad(&shell.triangles, row, corner) }
    }
    let pole = UInt32(shell.points.count - 1)
    for corner in 0..<count {
      shell.triangles.append(turned(SIMD3(pole, UInt32(corner), UInt32((corner + 1) % count))))
    }
    rim(&shell, rings)
    ShoeSole(rings.flatMap { $0 }, ground: ground, thickness: sole).add(to: &shell)
    shell.vertices = figure.bound(shell.points) { $0.point.x * side > 0 }
    shell.sag = Array(repeating: 0, count: shell.points.count)
    return shell
  }

  /// Returns rings that close the toe with a round shape, from the tip to the first of the others.
  private static func toeBox(
    before rings: [[SIMD3<Float>]], length: Float
  ) -> [[SIMD3<Float>]] {
    guard let first = rings.first, let low = first.map(\.y).min() else { return [] }
    let middle = first.reduce(.zero, +) / Float(first.count)
    // It is rounder from above than from the side, and its tip is low.
    let center = SIMD3(middle.x, low + (middle.y - low) * 0.8, middle.z)
    return [Float(0.99), 0.94, 0.82, 0.64, 0.4].map { share in
      let size = (1 - share * share).squareRoot()
      return first.map { point in
        let offset = point - center
        let end = center + SIMD3(offset.x * size, offset.y * (0.25 + 0.75 * size), offset.z)
        return end + SIMD3(0, 0, length * share)
      }
    }
  }

  private func turned(_ corners: SIMD3<UInt32>) -> SIMD3<UInt32> {
    side > 0 ? SIMD3(corners.x, corners.z, corners.y) : corners
  }

  private func quad(_ triangles: inout [SIMD3<UInt32>], _ row: Int, _ corner: Int) {
    let count = Self.corners
    let next = (corner + 1) % count
    let (a, b) = (UInt32(row * count + corner), UInt32(row * count + next))
    let (c, d) = (a + UInt32(count), b + UInt32(count))
    triangles += [turned(SIMD3(a, c, d)), turned(SIMD3(a, d, b))]
  }

  /// Turns the upper edge in.
  private func rim(_ shell: inout ShellFit.Shell, _ rings: [[SIMD3<Float>]]) {
    let count = Self.corners
    let last = rings[rings.count - 1]
    let middle = last.reduce(.zero, +) / Float(count)
    var row = rings.count - 1
    for (depth, down) in [(Float(0.006), Float(0)), (0.006, 0.03)] {
      let start = UInt32(shell.points.count)
      shell.points += last.map { point in
        point + (middle - point).unit * depth - SIMD3(0, down, 0)
      }
      let upper = row == rings.count - 1 ? UInt32(row * count) : start - UInt32(count)
      for corner in 0..<UInt32(count) {
        let next = (corner + 1) % UInt32(count)
        shell.triangles += [
          turned(SIMD3(upper + corner, start + corner, start + next)),
          turned(SIMD3(upper + corner, start + next, upper + next)),
        ]
      }
      row += 1
    }
  }

  /// Returns a tight band, from its upper side around over the outer one.
  private func ring(_ band: Band, ease: Float) -> [SIMD3<Float>] {
    let across = SIMD3<Float>(side, 0, 0)
    let flat = band.points.map { point in
      SIMD2((point - band.middle).dot(across), (point - band.middle).dot(band.up))
    }
    let hull = Hull2D.around(flat)
    let low = hull.reduce(hull[0]) { SIMD2(min($0.x, $1.x), min($0.y, $1.y)) }
    let high = hull.reduce(hull[0]) { SIMD2(max($0.x, $1.x), max($0.y, $1.y)) }
    let center = (low + high) / 2
    let around = hull.map { $0 - center }
    return (0..<Self.corners).map { corner in
      let angle = Float(corner) / Float(Self.corners) * 2 * .pi
      // Equal steps around an ellipse with the band's extents.
      let way = SIMD2(sin(angle) * (high.x - low.x), cos(angle) * (high.y - low.y))
      let length = max((way.x * way.x + way.y * way.y).squareRoot(), 1e-6)
      let reach = Hull2D.reach(around, way / length) + ease
      let point = center + way / length * reach
      return band.middle + across * point.x + band.up * point.y
    }
  }

  private func smoothed(_ rings: [[SIMD3<Float>]]) -> [[SIMD3<Float>]] {
    rings.indices.map { row in
      guard row > 0, row + 1 < rings.count else { return rings[row] }
      return rings[row].indices.map { corner in
        (rings[row - 1][corner] + rings[row][corner] * 2 + rings[row + 1][corner]) / 4
      }
    }
  }
}

extension ClothBody {
  /// Returns points with the joints of the nearest skin.
  func bound(
    _ points: [SIMD3<Float>], near isNear: (ClothVertex) -> Bool
  ) -> [ClothVertex] {
    let high = (points.map(\.y).max() ?? 0) + 0.05
    let candidates = mesh.vertices.filter { $0.point.y < high && isNear($0) }
    return points.map { point in
      var near: [(vertex: ClothVertex, distance: Float)] = []
      for candidate in candidates {
        let offset = candidate.point - point
        let distance = offset.dot(offset)
        if near.count < 4 || distance < near[near.count - 1].distance {
          let at = near.firstIndex { distance < $0.distance } ?? near.count
          near.insert((candidate, distance), at: at)
          if near.count > 4 { near.removeLast() }
        }
      }
      var vertex = near[0].vertex
      vertex.point = point
      vertex.source = nil
      (vertex.influences, vertex.weights) = ClothVertex.weights(
        near.map { (vertex: $0.vertex, share: 1 / ($0.distance + 1e-4)) })
      return vertex
    }
  }
}

extension ShellFit.Shell {
  /// Tucks legs into a boot: they narrow above its top.
  mutating func tuck(into boot: ShoeFit) {
    for (index, vertex) in vertices.enumerated() {
      let share = smoothStep(boot.distance(vertex.point), -0.09, -0.005)
      guard share > 0 else { continue }
      let tight = vertex.point + vertex.normal * (0.004 + vertex.height)
      points[index] += (tight - points[index]) * share
      sag[index] *= 1 - share
    }
  }
}
