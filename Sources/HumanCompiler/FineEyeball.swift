internal import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

/// An eyeball finer than MakeHuman's 72 vertices, with a recessed pupil and iris that catch shadows
/// like a statue's, so that the gaze also shows in the shape.
///
/// Each vertex is a fixed mix of four of MakeHuman's vertices, so that it follows them.
struct FineEyeball {
  /// Each vertex as a mix of MakeHuman's vertices.
  private(set) var mixes: [[(vertex: Int, weight: Double)]] = []
  /// The positions of the vertices.
  private(set) var positions: [SIMD3<Float>] = []
  /// The triangles, as indices of these vertices.
  private(set) var triangles: [SIMD3<Int>] = []

  /// The number of rings of vertices in MakeHuman's eyeball, from front to back.
  private static let oldRings = 9
  /// The number of vertices around the axis, a multiple of MakeHuman's eight meridians.
  private static let segments = 24
  /// The rings from front to back: degrees from the eye's axis, and the distance from the ball's
  /// center in radii. The ring at 11.25° is MakeHuman's, which has its landmarks.
  private static let rings: [(angle: Double, radius: Double)] = [
    (7, 0.955), (9.5, 1), (11.25, 1), (14, 0.993), (17.5, 0.986), (21, 0.982), (23.4, 1),
    (28, 1), (35, 1), (45, 1), (60, 1), (80, 1), (100, 1), (130, 1), (160, 1),
  ]

  /// Creates the replacement of the MakeHuman eyeball that starts at the vertex `first`.
  init(first: Int, _ mesh: [SIMD3<Float>]) {
    // Two ends of the equator, a vertex between them, and one of the foremost ring.
    let frame = [first + 4, first + 4 * Self.oldRings + 4, first + 2 * Self.oldRings + 4, first]
    let known = frame.map { Vector3(mesh[$0]) }
    let center = (known[0] + known[1]) / 2
    let axis = Vector3(0, 0, 1)
    let radius = (known[0] - center).length
    func add(_ offset: Vector3) {
      let point = center + offset * radius
      let weights = Self.affine(point, in: known)
      mixes.append(zip(frame, weights).map { ($0, $1) })
      positions.append(SIMD3<Float>(point))
    }
    add(axis * 0.95)
    for ring in Self.rings {
      for segment in 0..<Self.segments {
        let around = (7.5 + 15 * Double(segment)).degreesToRadians
        let polar = ring.angle.degreesToRadians
        add(
          Vector3(cos(around) * sin(polar), sin(around) * sin(polar), cos(polar))
            * ring.radius)
      }
    }
    add(-axis)
    addTriangles()
  }

  private mutating func addTriangles() {
    let (count, last) = (Self.segments, positions.count - 1)
    func vertex(_ ring: Int, _ segment: Int) -> Int { 1 + ring * count + segment % count }
    for segment in 0..<count {
      triangles.append(SIMD3(0, vertex(0, segment), vertex(0, segment + 1)))
    }
    for ring in 0..<Self.rings.count - 1 {
      for segment in 0..<count {
        let (a, b) = (vertex(ring, segment), vertex(ring, segment + 1))
        let (c, d) = (vertex(ring + 1, segment), vertex(ring + 1, segment + 1))
        triangles += [SIMD3(a, c, d), SIMD3(a, d, b)]
      }
    }
    let back = Self.rings.count - 1
    for segment in 0..<count {
      triangles.append(SIMD3(vertex(back, segment), last, vertex(back, segment + 1)))
    }
  }

  /// Returns the weights, summing to 1, with which four points mix to `point`.
  private static func affine(_ point: Vector3, in known: [Vector3]) -> [Double] {
    let (a, b, c) = (known[0] - known[3], known[1] - known[3], known[2] - known[3])
    let volume = a.dot(b.cross(c))
    let offset = point - known[3]
    let first = offset.dot(b.cross(c)) / volume
    let second = a.dot(offset.cross(c)) / volume
    let third = a.dot(b.cross(offset)) / volume
    return [first, second, third, 1 - first - second - third]
  }
}
