#if canImport(Glibc)
  internal import Glibc
#endif

/// The seat of a hat: everything above its plane is under the hat.
struct HatPlane: Equatable, Sendable {
  /// A point of the plane, in the T-pose, in meters.
  var point: SIMD3<Float>
  /// The upward direction of the hat.
  var up: SIMD3<Float>
  /// The space for hair between skull and hat, in meters.
  var room: Float
}

/// Builds a hat: a band around the head, a crown above it and a brim.
struct HatFit {
  private static let corners = 64

  let piece: HatPiece
  let clothes: Clothes
  let head: HeadForm

  /// The plane of its band.
  var plane: HatPlane {
    let tilt = clothes.value(piece.tilt) * .pi / 180
    let up = SIMD3<Float>(0, cos(tilt), -sin(tilt))
    let level = clothes.value(piece.level) * head.size
    return HatPlane(
      point: head.origin + up * level, up: up, room: max(clothes.value(piece.ease) - 0.003, 0.002))
  }

  /// Returns the closed surface in the T-pose.
  func mesh() -> HairMesh {
    let plane = plane
    let ease = clothes.value(piece.ease)
    let ways = (0..<Self.corners).map { corner -> SIMD3<Float> in
      let turn = Float(corner) / Float(Self.corners) * 2 * .pi
      let side = SIMD3<Float>(1, 0, 0)
      return side * sin(turn) + side.cross(plane.up) * cos(turn)
    }
    let band = ways.map { ring($0, plane, ease: ease) }
    let middle = band.reduce(.zero, +) / Float(band.count)
    let radii = band.map { ($0 - middle).across(plane.up).length }
    var mesh = HairMesh()
    let crown = crown(ways, radii, middle, plane)
    let brim = brim(ways, radii, middle, plane)
    let inside = zip(ways, radii).map { way, radius in
      middle + way * (radius - 0.003) + plane.up * 0.01
    }
    mesh.add(
      rings: crown.rings + brim + [inside], start: crown.tip, end: middle + plane.up * 0.02)
    return mesh
  }

  /// Returns the point of the band in a direction.
  private func ring(_ way: SIMD3<Float>, _ plane: HatPlane, ease: Float) -> SIMD3<Float> {
    // Search from outside of the head toward it.
    var (near, far): (Float, Float) = (0.02, 0.3)
    for _ in 0..<14 {
      let middle = (near + far) / 2
      let height = head.height(of: plane.point + way * middle, overEars: false).height
      if height > ease { far = middle } else { near = middle }
    }
    return plane.point + way * far
  }

  private func crown(
    _ ways: [SIMD3<Float>], _ radii: [Float], _ middle: SIMD3<Float>, _ plane: HatPlane
  ) -> (rings: [[SIMD3<Float>]], tip: SIMD3<Float>) {
    let height = clothes.value(piece.height) * head.size
    let (top, round) = (clothes.value(piece.top), clothes.value(piece.round))
    let bend = clothes.value(piece.bend) * head.size
    let ease = clothes.value(piece.ease)
    let rings = (0...14).reversed().map { step -> [SIMD3<Float>] in
      let share = Float(step) / 14
      // A rounded crown closes toward its top.
      let straight = 1 + (top - 1) * share
      let dome = max(1 - share * share, 0).squareRoot()
      let size = max(straight + (dome - straight) * round, 0.02)
      let lean = SIMD3<Float>(0, -0.25, -1) * (bend * share * share)
      let center = middle + plane.up * (height * share) + lean
      return zip(ways, radii).map { way, radius in
        let point = center + way * (radius * size)
        let over = head.height(of: point, overEars: false)
        guard over.height < ease, share < 0.97 else { return point }
        return point + over.outward * (ease - over.height)
      }
    }
    let peak = rings[0].reduce(.zero, +) / Float(ways.count)
    return (rings, peak + plane.up * 0.002)
  }

  private func brim(
    _ ways: [SIMD3<Float>], _ radii: [Float], _ middle: SIMD3<Float>, _ plane: HatPlane
  ) -> [[SIMD3<Float>]] {
    let width = clothes.value(piece.brim) * head.size
    guard width > 0.002 else { return [] }
    let droop = clothes.value(piece.droop)
    func edge(_ share: Float, _ thickness: Float) -> [SIMD3<Float>] {
      zip(ways, radii).map { way, radius in
        // Longer in front and behind than at the sides.
        let out = width * share
        let sides = 1 - 0.35 * abs(way.x)
        let down = -droop * out * share * (0.4 + 0.6 * (1 - abs(way.x))) + thickness
        return middle + way * (radius + out * sides) + plane.up * down
      }
    }
    let shares: [Float] = [0.08, 0.35, 0.7, 1]
    return shares.map { edge($0, 0.003) } + shares.reversed().map { edge($0, -0.002) }
  }
}
