#if canImport(Glibc)
  internal import Glibc
#endif

/// Hair as a volume: a cap over the scalp, and for some styles a closed shape that hangs on the
/// head.
///
/// It changes the silhouette, depth and edges, no more: strands are the image model's business.
struct Hair {
  private let style: HairVolume
  /// The middle of the skull, halfway between the ears and up to the eyes.
  private let center: SIMD3<Float>
  private let eyes: SIMD3<Float>
  private let ears: [SIMD3<Float>]
  private let top: Float
  private let back: Float
  private let chest: SIMD3<Float>

  /// Hair for a head with the vertices `shape`, at MakeHuman's rest; nil for a bald head or one
  /// without landmarks.
  init?(
    _ style: HairVolume, on shape: [SIMD3<Float>], head: [Int], landmarks: [LandmarkName: Int],
    chest: SIMD3<Float>
  ) {
    guard style != .bald, let left = landmarks[.ear(.left)], let right = landmarks[.ear(.right)],
      let leftEye = landmarks[.eye(.left)], let rightEye = landmarks[.eye(.right)]
    else { return nil }
    self.style = style
    self.chest = chest
    ears = [shape[left], shape[right]]
    eyes = (shape[leftEye] + shape[rightEye]) / 2
    top = head.map { shape[$0].y }.max() ?? 0
    back = head.map { shape[$0].z }.min() ?? 0
    center = SIMD3(0, eyes.y + 0.02, (eyes.z + back) / 2)
  }

  /// The cap's thickness in meters.
  private var thickness: Float { style == .short ? 0.018 : 0.014 }

  /// Returns the location of a vertex of the head once the cap is on.
  func raised(_ point: SIMD3<Float>) -> SIMD3<Float> {
    let cover = cover(point)
    guard cover > 0 else { return point }
    let away = point - center
    return point + away / max(away.length, 1e-6) * (thickness * cover)
  }

  /// Returns 1 well above the hairline and 0 below it; the line runs from high on the forehead over
  /// the ears down to the nape.
  private func cover(_ point: SIMD3<Float>) -> Float {
    let front = SIMD2(eyes.z - 0.02, eyes.y + 0.58 * (top - eyes.y))
    let nape = SIMD2(back + 0.03, ears[0].y - 0.045)
    let run = front - nape
    let up = SIMD2(-run.y, run.x) / (run * run).sum().squareRoot()
    let above = ((SIMD2(point.z, point.y) - nape) * up).sum()
    let fromEar = ears.map { (point - $0 - SIMD3(0, 0.01, -0.015)).length }.min() ?? 1
    return Self.ramp(above, 0, 0.025) * Self.ramp(fromEar, 0.035, 0.055)
  }

  private static func ramp(_ value: Float, _ low: Float, _ high: Float) -> Float {
    let t = min(max((value - low) / (high - low), 0), 1)
    return t * t * (3 - 2 * t)
  }

  /// A ring of a hanging shape, with its half axes along x and z.
  private struct Ring {
    var middle: SIMD3<Float>
    var breadth: Float
    var depth: Float
  }

  /// Returns the closed shape that hangs on the head beside the cap; empty for a cap alone.
  func hanging() -> (positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>]) {
    switch style {
    case .bald, .short: return ([], [])
    case .bun: return Self.loft(bun)
    case .long: return Self.loft(fall)
    }
  }

  private var bun: [Ring] {
    let middle = SIMD3<Float>(0, top - 0.045, back - 0.012)
    let radius: Float = 0.042
    return (0...12).map { step in
      let angle = Float(step) / 12 * .pi
      let across = max(radius * sin(angle), 0.0005)
      return Ring(
        middle: middle + SIMD3(0, radius * cos(angle), 0), breadth: across, depth: across)
    }
  }

  /// From the crown over the nape to between the shoulder blades.
  private var fall: [Ring] {
    let halfBreadth = abs(ears[0].x) + 0.002
    let depth = (eyes.z - back) / 2
    let crown = top - 0.035
    let end = chest.y - 0.02
    return (0...24).map { step in
      let t = Float(step) / 24
      let y = crown + (end - crown) * t
      let onHead = Self.ramp(y, ears[0].y - 0.17, ears[0].y + 0.03)
      // Behind the ears on the head, behind the back below.
      let z = onHead * (center.z - 0.035) + (1 - onHead) * (min(chest.z - 0.125, back + 0.03))
      let round = t < 0.15 ? (1 - (1 - t / 0.15) * (1 - t / 0.15)).squareRoot() : 1
      let rest = max(0, (t - 0.6) / 0.4)
      let taper = (1 - rest * rest * rest * 0.96).squareRoot()
      return Ring(
        middle: SIMD3(0, y, z),
        breadth: max((onHead * halfBreadth + (1 - onHead) * 0.082) * round * taper, 0.001),
        depth: max((onHead * (depth - 0.008) + (1 - onHead) * 0.027) * round * taper, 0.001))
    }
  }

  /// Returns a closed surface through rings from the top down.
  private static func loft(
    _ rings: [Ring]
  ) -> (positions: [SIMD3<Float>], triangles: [SIMD3<UInt32>]) {
    let sides = 32
    var positions: [SIMD3<Float>] = []
    for ring in rings {
      for side in 0..<sides {
        let angle = Float(side) / Float(sides) * 2 * .pi
        positions.append(
          ring.middle + SIMD3(ring.breadth * cos(angle), 0, -ring.depth * sin(angle)))
      }
    }
    var triangles: [SIMD3<UInt32>] = []
    for ring in 0..<rings.count - 1 {
      for side in 0..<sides {
        let (a, b) = (ring * sides + side, ring * sides + (side + 1) % sides)
        let corners = [a, a + sides, b + sides, b].map(UInt32.init)
        triangles.append(SIMD3(corners[0], corners[1], corners[2]))
        triangles.append(SIMD3(corners[0], corners[2], corners[3]))
      }
    }
    for (ring, upwards) in [(0, true), (rings.count - 1, false)] {
      let middle = UInt32(positions.count)
      positions.append(rings[ring].middle)
      for side in 0..<sides {
        let (a, b) = (UInt32(ring * sides + side), UInt32(ring * sides + (side + 1) % sides))
        triangles.append(upwards ? SIMD3(middle, a, b) : SIMD3(middle, b, a))
      }
    }
    return (positions, triangles)
  }
}
