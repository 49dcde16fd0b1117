internal import PoseRig

/// The connected pieces of a head, and which of them form its face: hair, hats, helmets and hoods
/// are outside it.
struct FacePieces {
  private typealias Triangle = (index: Int, corners: SIMD3<UInt32>)

  /// Triangles that are connected by edges, by the positions of their corners.
  private struct Piece {
    var triangles: [Triangle]
    var area: Float
    var low: SIMD3<Float>
    var high: SIMD3<Float>

    var size: SIMD3<Float> { high - low }
  }

  /// The face: the head's own surface, and parts set into it, such as nose and ears.
  let face: SurfaceRays
  /// The head's own surface alone.
  let skull: SurfaceRays

  /// The number of largest pieces that are candidates for the face.
  private static let mostPieces = 24

  /// Finds the face of a head.
  ///
  /// - Parameters:
  ///   - eyes: the point between the eye bones and their distance, if they exist.
  ///   - joint: the head's joint.
  init(
    positions: [SIMD3<Float>], triangles: [(index: Int, corners: SIMD3<UInt32>)],
    eyes: (middle: SIMD3<Float>, width: Float)?, joint: SIMD3<Float>
  ) {
    let pieces = Self.pieces(positions, triangles)
    let largest = pieces.indices.sorted { pieces[$0].area > pieces[$1].area }
      .prefix(Self.mostPieces)
    let views = largest.map { SurfaceRays(positions: positions, triangles: pieces[$0].triangles) }
    guard views.count > 1,
      let view = Self.face(views, targets: Self.targets(views, eyes: eyes, joint: joint))
    else {
      face = SurfaceRays(positions: positions, triangles: triangles)
      skull = face
      return
    }
    let chosen = largest[view]
    let own = pieces[chosen]
    skull = views[view]
    face = SurfaceRays(
      positions: positions,
      triangles: pieces.indices.filter { $0 == chosen || Self.isPart(pieces[$0], of: own) }
        .flatMap { pieces[$0].triangles })
  }

  // MARK: Choosing

  /// Returns points for test rays: the middle of the expected face, below brow and hair.
  private static func targets(
    _ views: [SurfaceRays], eyes: (middle: SIMD3<Float>, width: Float)?, joint: SIMD3<Float>
  ) -> [SIMD3<Float>] {
    let top = views.map(\.high.y).max() ?? joint.y
    let height = max(top - joint.y, 0)
    let (low, high, half): (Float, Float, Float)
    if let eyes {
      (low, high, half) = (
        eyes.middle.y - 1.6 * eyes.width, eyes.middle.y + 0.2 * eyes.width, 0.5 * eyes.width
      )
    } else {
      (low, high, half) = (joint.y - 0.1 * height, joint.y + 0.5 * height, 0.15 * height)
    }
    let x = eyes?.middle.x ?? joint.x
    return (0..<16).flatMap { row in
      (-2...2).map { column in
        SIMD3(
          x + half * Float(column) / 2, low + (high - low) * (Float(row) + 0.5) / 16, joint.z)
      }
    }
  }

  /// Returns the piece that covers most of the middle of the face; if several cover almost as much,
  /// the innermost.
  private static func face(_ views: [SurfaceRays], targets: [SIMD3<Float>]) -> Int? {
    let depths = views.map { view in
      targets.map { target in
        view.outermost(through: target, along: SIMD3(0, 0, 1)).flatMap {
          $0.distance > 0 ? $0.distance : nil
        }
      }
    }
    let covered = depths.map { $0.count { $0 != nil } }
    guard let most = covered.max(), most >= 4 else { return nil }
    let candidates = views.indices.filter { 5 * covered[$0] >= 3 * most }
    /// Returns the mean distance of a piece outside the innermost one.
    func outside(_ view: Int) -> Float {
      let excess = targets.indices.compactMap { target -> Float? in
        guard let own = depths[view][target],
          let least = candidates.compactMap({ depths[$0][target] }).min()
        else { return nil }
        return own - least
      }
      return excess.reduce(0, +) / Float(max(excess.count, 1))
    }
    return candidates.min { outside($0) < outside($1) }
  }

  /// Returns whether a piece is set into the face, like a nose, an ear or an eye: small, compact,
  /// and not on top of it.
  private static func isPart(_ piece: Piece, of face: Piece) -> Bool {
    let margin = 0.15 * face.size.x
    let low = face.low - margin
    // Noses protrude farther than ears.
    let high = face.high + SIMD3(margin, margin, 2 * margin)
    let isWithin =
      piece.low.x > low.x && piece.low.y > low.y && piece.low.z > low.z && piece.high.x < high.x
      && piece.high.y < high.y && piece.high.z < high.z
    return isWithin && piece.area < 0.3 * face.area && piece.size.y < 0.4 * face.size.y
      && (piece.low.y + piece.high.y) / 2 < face.low.y + 0.65 * face.size.y
  }

  // MARK: Pieces

  private static func pieces(_ positions: [SIMD3<Float>], _ triangles: [Triangle]) -> [Piece] {
    // Treat vertices in one position as one: surfaces are split along texture seams and sharp
    // edges.
    var byPosition: [SIMD3<Int32>: Int] = [:]
    func index(_ vertex: UInt32) -> Int {
      let p = positions[Int(vertex)] * 20_000
      let key = SIMD3<Int32>(clamping(p.x), clamping(p.y), clamping(p.z))
      if let known = byPosition[key] { return known }
      byPosition[key] = byPosition.count
      return byPosition.count - 1
    }
    var owners = Array(triangles.indices)
    func root(_ start: Int) -> Int {
      var node = start
      while owners[node] != node {
        owners[node] = owners[owners[node]]
        node = owners[node]
      }
      return node
    }
    // Pieces that touch only at a corner are not connected.
    var byEdge: [SIMD2<Int>: Int] = [:]
    for (own, triangle) in triangles.enumerated() {
      let corners = (0..<3).map { index(triangle.corners[$0]) }
      for corner in 0..<3 {
        let (a, b) = (corners[corner], corners[(corner + 1) % 3])
        if a == b { continue }
        let edge = SIMD2(min(a, b), max(a, b))
        if let other = byEdge[edge] {
          owners[root(own)] = root(other)
        } else {
          byEdge[edge] = own
        }
      }
    }
    var groups: [Int: Int] = [:]
    var pieces: [Piece] = []
    for (own, triangle) in triangles.enumerated() {
      let group = root(own)
      let index = groups[group] ?? pieces.count
      if index == pieces.count {
        groups[group] = index
        pieces.append(
          Piece(
            triangles: [], area: 0, low: SIMD3(repeating: .infinity),
            high: SIMD3(repeating: -.infinity)))
      }
      pieces[index].triangles.append(triangle)
      let points = (0..<3).map { positions[Int(triangle.corners[$0])] }
      pieces[index].area += (points[1] - points[0]).cross(points[2] - points[0]).length / 2
      for point in points {
        pieces[index].low = pointwiseMin(pieces[index].low, point)
        pieces[index].high = pointwiseMax(pieces[index].high, point)
      }
    }
    return pieces
  }

  private static func clamping(_ number: Float) -> Int32 {
    number.isFinite ? Int32(max(-2e9, min(2e9, number)).rounded()) : 0
  }
}
