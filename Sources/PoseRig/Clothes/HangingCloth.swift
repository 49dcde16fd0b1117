#if canImport(Glibc)
  internal import Glibc
#endif

/// A skirt fitted to a body: its upper rings follow the hips, the others hang from them.
struct HangingCloth: Equatable, Sendable {
  /// The number of lines along which the cloth hangs.
  static let columns = 96

  /// The rings around the hips from the waist down, at the body's rest, with one point per column.
  var rings: [[SIMD3<Float>]]
  /// The way in which they follow the joints, ring by ring.
  var skin: DualQuaternionSkin
  /// The length that hangs below, in meters.
  var length: Float
  /// The radius of the last ring, in meters.
  var radius: Float
  /// The angle by which each column flares, in radians.
  var angles: [Float]
  /// The opening in front, in degrees.
  var opening: Float
  /// The collision shape of the body.
  var slices: BodySlices
  /// The layer: of two garments, the one with the higher layer is outside.
  var layer = 0
  /// Whether it hangs from the shoulders, like cloaks.
  var hangsFromShoulders = false
  /// The distance of the knees below the last ring, in meters.
  var knee: Float

  /// Fits a skirt to a body.
  init(_ piece: SkirtPiece, of clothes: Clothes, on figure: ClothBody) {
    let top = figure.height(ofTrunk: clothes.value(piece.top))
    // Above the bend of the thighs.
    let bottom = min(max(figure.crotch + 0.03, figure.height(ofTrunk: 0.12)), top - 0.03)
    let hem = figure.height(ofLeg: clothes.value(piece.length))
    let flare = clothes.value(piece.flare) * .pi / 180
    let opening = clothes.value(piece.opening)
    let turns = Self.turns(opening: opening)
    let count = max(Int(((top - bottom) / 0.03).rounded(.up)), 1)
    var widest = [Float](repeating: 0, count: Self.columns)
    let seat = Self.seat(figure, below: bottom, turns)
    var points: [[SIMD3<Float>]] = []
    for ring in 0...count {
      let share = Float(ring) / Float(count)
      let height = top + (bottom - top) * share
      let section = figure.section(at: height, turns: turns)
      let ease = clothes.value(piece.ease) * (0.4 + 0.6 * share)
      for column in turns.indices {
        // Cloth falls straight from protruding parts above.
        widest[column] = max(
          widest[column], section.radii[column] + ease, (seat[column] + ease) * share)
      }
      points.append(
        turns.indices.map { column in
          section.middle
            + SIMD3(sin(turns[column]), 0, cos(turns[column])) * widest[column]
        })
    }
    self.init(rings: points, near: figure.nearest(points), on: figure)
    self.opening = opening
    length = max((bottom - hem) / max(cos(flare), 0.3), 0.04)
    knee = bottom - figure.joint(.leftLowerLeg).y
    radius = widest.reduce(0, +) / Float(Self.columns)
    angles = Self.angles(
      turns, flare: flare, folds: clothes.value(piece.folds), depth: clothes.value(piece.depth))
  }

  /// Returns how far the seat below the last ring protrudes, by direction; 0 in front.
  private static func seat(_ figure: ClothBody, below bottom: Float, _ turns: [Float]) -> [Float] {
    let sections = (0...3).map { figure.section(at: bottom - 0.02 * Float($0), turns: turns) }
    let middle = sections[0].middle.z
    return turns.indices.map { column in
      let ahead = cos(turns[column])
      let most = sections.map { $0.radii[column] + ($0.middle.z - middle) * ahead }.max() ?? 0
      return most * smoothStep(-ahead, 0, 0.5)
    }
  }

  /// Creates cloth with rings in the T-pose, without a hanging part yet.
  init(rings: [[SIMD3<Float>]], near: [ClothVertex], on figure: ClothBody) {
    self.rings = figure.atRest(rings.flatMap { $0 }, near).chunked(Self.columns)
    skin = DualQuaternionSkin(
      helpers: figure.skin.helpers, influences: near.map(\.influences),
      weights: near.map(\.weights), bind: figure.skin.bind)
    slices = BodySlices(figure)
    (length, radius, angles, opening, knee) = (0, 0, [], 0, 0)
  }

  /// Returns the directions of the columns, from straight ahead over the left.
  ///
  /// - Parameter opening: the opening in front, in degrees.
  static func turns(opening: Float) -> [Float] {
    let open = opening * .pi / 180
    return (0..<columns).map { column in
      open > 0
        ? open / 2 + (2 * .pi - open) * Float(column) / Float(columns - 1)
        : 2 * .pi * Float(column) / Float(columns)
    }
  }

  /// Returns the angles by which columns flare, in radians.
  static func angles(_ turns: [Float], flare: Float, folds: Float, depth: Float) -> [Float] {
    turns.map { turn in
      // Folds vary a little.
      let wave = cos(folds.rounded() * turn + 0.6 + 0.5 * sin(2 * turn + 1))
      return flare + atan(depth * (0.4 + flare) * 3 * wave)
    }
  }
}

extension Array {
  fileprivate func chunked(_ size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}

extension ClothBody {
  /// Returns the distances of a tight band around the trunk from its middle at a height.
  func section(
    at height: Float, turns: [Float]
  ) -> (middle: SIMD3<Float>, radii: [Float]) {
    var cuts: [SIMD2<Float>] = []
    let reach = joint(.leftUpperArm).x * 1.25
    for corners in mesh.triangles {
      for side in 0..<3 {
        let a = mesh.vertices[Int(corners[side])]
        let b = mesh.vertices[Int(corners[(side + 1) % 3])]
        guard (a.point.y < height) != (b.point.y < height), abs(a.point.x) < reach else { continue }
        let share = (height - a.point.y) / (b.point.y - a.point.y)
        let one = a.point + a.normal * a.height
        let point = one + (b.point + b.normal * b.height - one) * share
        cuts.append(SIMD2(point.x, point.z))
      }
    }
    let hull = Hull2D.around(cuts)
    let depth = hull.map(\.y)
    let middle = SIMD3(0, height, ((depth.min() ?? 0) + (depth.max() ?? 0)) / 2)
    let radii = turns.map { turn in
      Hull2D.reach(hull.map { $0 - SIMD2(0, middle.z) }, SIMD2(sin(turn), cos(turn)))
    }
    return (middle, radii)
  }

  /// Returns rings of points with the joints of the nearest skin, blended with those of their
  /// neighbors in the ring.
  func nearest(_ rings: [[SIMD3<Float>]]) -> [ClothVertex] {
    rings.flatMap { ring -> [ClothVertex] in
      let height = ring[0].y
      let candidates = mesh.vertices.filter { abs($0.point.y - height) < 0.05 }
      let own = ring.map { point -> ClothVertex in
        var best = candidates[0]
        var least = Float.infinity
        for candidate in candidates {
          let offset = candidate.point - point
          let distance = offset.dot(offset)
          if distance < least { (best, least) = (candidate, distance) }
        }
        best.point = point
        return best
      }
      return own.indices.map { index in
        var vertex = own[index]
        let around = (-4...4).map { step in
          (vertex: own[(index + step + own.count) % own.count], share: 1 / Float(2 + abs(step)))
        }
        (vertex.influences, vertex.weights) = ClothVertex.weights(around)
        return vertex
      }
    }
  }
}

/// Convex outlines in a plane.
enum Hull2D {
  /// Returns the outline around points, counter-clockwise (Andrew's monotone chain).
  static func around(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    guard sorted.count > 2 else { return sorted }
    func half(_ points: some Sequence<SIMD2<Float>>) -> [SIMD2<Float>] {
      var chain: [SIMD2<Float>] = []
      for point in points {
        while chain.count > 1 {
          let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
          let (one, two) = (b - a, point - a)
          guard one.x * two.y - one.y * two.x <= 0 else { break }
          chain.removeLast()
        }
        chain.append(point)
      }
      return Array(chain.dropLast())
    }
    return half(sorted) + half(sorted.reversed())
  }

  /// Returns the extent of an outline around the origin in a direction of unit length.
  static func reach(_ hull: [SIMD2<Float>], _ way: SIMD2<Float>) -> Float {
    for index in hull.indices {
      let (a, b) = (hull[index], hull[(index + 1) % hull.count])
      let edge = b - a
      let cross = way.x * edge.y - way.y * edge.x
      guard abs(cross) > 1e-9 else { continue }
      let along = (a.x * edge.y - a.y * edge.x) / cross
      let share = (a.x * way.y - a.y * way.x) / cross
      if along > 0, share >= -1e-4, share <= 1 + 1e-4 { return along }
    }
    return 0.1
  }
}
