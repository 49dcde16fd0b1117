#if canImport(Glibc)
  internal import Glibc
#endif

/// The sole of a shoe: a plate with an edge that protrudes below the leather, hollow between the
/// ball and the heel.
struct ShoeSole {
  /// The number of points around it.
  private static let corners = 48
  /// The distance by which its edge protrudes, in meters.
  private static let edge: Float = 0.003

  private let outline: [SIMD2<Float>]
  private let ground: Float
  private let thickness: Float

  /// Fits the sole under leather.
  ///
  /// - Parameters:
  ///   - leather: the points of the shoe, in the T-pose, in meters.
  ///   - ground: the height of the foot's lowest point.
  init(_ leather: [SIMD3<Float>], ground: Float, thickness: Float) {
    let low = leather.filter { $0.y < ground + 0.03 }.map { SIMD2($0.x, $0.z) }
    let hull = Hull2D.around(low)
    let first = hull.first ?? .zero
    let least = hull.reduce(first) { SIMD2(min($0.x, $1.x), min($0.y, $1.y)) }
    let most = hull.reduce(first) { SIMD2(max($0.x, $1.x), max($0.y, $1.y)) }
    let center = (least + most) / 2
    let around = hull.map { $0 - center }
    outline = (0..<Self.corners).map { corner in
      let turn = Float(corner) / Float(Self.corners) * 2 * .pi
      // Equal steps around an ellipse with its extents.
      let way = SIMD2(sin(turn) * (most.x - least.x), cos(turn) * (most.y - least.y))
      let unit = way / max((way * way).sum().squareRoot(), 1e-6)
      return center + unit * (Hull2D.reach(around, unit) + Self.edge)
    }
    self.ground = ground
    self.thickness = thickness
  }

  /// Adds the sole to a shoe.
  func add(to shell: inout ShellFit.Shell) {
    guard let back = outline.map(\.y).min(), let front = outline.map(\.y).max() else { return }
    let middle = outline.reduce(.zero, +) / Float(outline.count)
    let heights: [(inward: Float, height: (Float) -> Float)] = [
      (0.012, { _ in 0.004 }), (0, { _ in 0.003 }), (0, { hollow($0) }), (0.006, { hollow($0) }),
    ]
    let first = UInt32(shell.points.count)
    func hollow(_ share: Float) -> Float {
      let arch = smoothStep(share, 0.26, 0.34) * (1 - smoothStep(share, 0.42, 0.62))
      return -thickness + arch * thickness * 0.5
    }
    for (inward, height) in heights {
      shell.points += outline.map { point in
        let offset = middle - point
        let moved = point + offset / max((offset * offset).sum().squareRoot(), 1e-6) * inward
        return SIMD3(
          moved.x, ground + height((moved.y - back) / max(front - back, 1e-6)), moved.y)
      }
    }
    shell.points.append(SIMD3(middle.x, ground - thickness, middle.y))
    let count = UInt32(Self.corners)
    for ring in 0..<UInt32(heights.count - 1) {
      for corner in 0..<count {
        let next = (corner + 1) % count
        let (a, b) = (first + ring * count + corner, first + ring * count + next)
        shell.triangles += [SIMD3(a, b + count, a + count), SIMD3(a, b, b + count)].map(turned)
      }
    }
    let last = first + UInt32(heights.count - 1) * count
    for corner in 0..<count {
      shell.triangles.append(
        turned(SIMD3(last + corner, last + (corner + 1) % count, last + count)))
    }
  }

  /// Returns corners counter-clockwise from outside, for either foot.
  private func turned(_ corners: SIMD3<UInt32>) -> SIMD3<UInt32> {
    SIMD3(corners.x, corners.z, corners.y)
  }
}
