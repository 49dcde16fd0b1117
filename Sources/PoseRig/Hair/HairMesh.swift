#if canImport(Glibc)
  internal import Glibc
#endif

/// Closed surfaces of hair that are being built.
struct HairMesh {
  private(set) var positions: [SIMD3<Float>] = []
  private(set) var triangles: [SIMD3<UInt32>] = []

  /// Returns the numbers of corners of a lock's section: on its outer side including the edges, and
  /// on its inner side.
  private static func corners(_ form: LockForm) -> (outer: Int, inner: Int) {
    form.ridges > 2 ? (11, 2) : (7, 2)
  }

  /// The half width and thickness of a lock at a point.
  struct Section {
    var breadth: Float
    var thickness: Float
  }

  /// Moves parts under hats to where there is space.
  mutating func tuck(under hats: [HatPlane], on head: HeadForm) {
    for hat in hats {
      for index in positions.indices
      where (positions[index] - hat.point).dot(hat.up) > -0.003 {
        let over = head.height(of: positions[index], overEars: false)
        guard over.height > hat.room else { continue }
        positions[index] += over.outward * (hat.room - over.height)
      }
    }
  }

  /// Adds a closed lock along a strand.
  mutating func add(
    _ strand: HairStrand, _ form: LockForm, phase: Float, section: (Int) -> Section
  ) {
    let profile = Self.profile(form, phase: phase)
    let first = UInt32(positions.count)
    let sides = UInt32(profile.count)
    for index in strand.points.indices {
      let size = section(index)
      let out = strand.outward[index]
      let side = strand.tangent(index).cross(out)
      for corner in profile {
        let across = side * (corner.x * size.breadth)
        positions.append(strand.points[index] + across + out * (corner.y * size.thickness))
      }
    }
    let rings = UInt32(strand.points.count)
    for ring in 0..<rings - 1 {
      for side in 0..<sides {
        quad(first + ring * sides, first + (ring + 1) * sides, side, (side + 1) % sides)
      }
    }
    close(first, sides, around: strand.points[0], backward: true)
    close(
      first + (rings - 1) * sides, sides, around: strand.points[strand.points.count - 1],
      backward: false)
  }

  /// Returns the corners around a lock, as shares of its half width and of its thickness.
  private static func profile(_ form: LockForm, phase: Float) -> [SIMD2<Float>] {
    let (outer, inner) = corners(form)
    let top = (0..<outer).map { index in
      let x = 1 - 2 * Float(index) / Float(outer - 1)
      let round = max(1 - x * x, 0).squareRoot()
      let groove = 0.5 - 0.5 * cos(.pi * (Float(form.ridges) * (x + 1) + phase))
      return SIMD2(x, round * (1 - Float(form.relief) * groove) * 0.75)
    }
    let bottom = (1...inner).map { index in
      let x = -1 + 2 * Float(index) / Float(inner + 1)
      return SIMD2(x, -0.35 * max(1 - x * x, 0).squareRoot())
    }
    return top + bottom
  }

  private mutating func quad(_ lower: UInt32, _ upper: UInt32, _ one: UInt32, _ other: UInt32) {
    triangles.append(SIMD3(lower + one, upper + one, upper + other))
    triangles.append(SIMD3(lower + one, upper + other, lower + other))
  }

  private mutating func close(
    _ first: UInt32, _ sides: UInt32, around middle: SIMD3<Float>, backward: Bool
  ) {
    let center = UInt32(positions.count)
    positions.append(middle)
    for side in 0..<sides {
      let (a, b) = (first + side, first + (side + 1) % sides)
      triangles.append(backward ? SIMD3(center, a, b) : SIMD3(center, b, a))
    }
  }

  /// Adds a closed surface of rings between two poles, with equal numbers of corners.
  mutating func add(rings: [[SIMD3<Float>]], start: SIMD3<Float>, end: SIMD3<Float>) {
    let first = UInt32(positions.count)
    let sides = UInt32(rings[0].count)
    positions += rings.joined()
    for ring in 0..<UInt32(rings.count - 1) {
      for side in 0..<sides {
        quad(first + ring * sides, first + (ring + 1) * sides, side, (side + 1) % sides)
      }
    }
    close(first, sides, around: start, backward: true)
    close(first + UInt32(rings.count - 1) * sides, sides, around: end, backward: false)
  }
}
