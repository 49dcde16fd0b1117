/// The skin of a posed body near a hand, as an obstacle for fingers.
struct SkinObstacle: HandObstacle {
  /// The distance up to which distances are exact, in meters; anything beyond counts as far.
  private static let far: Float = 0.04
  /// The side of the cubes that triangles are sorted into, in meters.
  private static let cell: Float = 0.02

  private let points: [SIMD3<Float>]
  private let normals: [SIMD3<Float>]
  private let triangles: [SIMD3<UInt32>]
  private let grid: TriangleGrid

  /// Takes the skin of a body within a distance of a point of the world.
  ///
  /// - Parameter isPart: returns whether a joint's skin counts.
  init(
    _ posed: PosedCharacter, around middle: Vector3, within reach: Double,
    where isPart: (JointName) -> Bool
  ) {
    let surface = posed.bodySurface
    points = surface.positions
    normals = Skinning.vertexNormals(positions: points, triangles: surface.triangles)
    let isNear = zip(points, posed.body.carriers()).map { point, joint in
      isPart(joint) && (Vector3(point) - middle).length < reach
    }
    triangles = surface.triangles.filter { corners in
      (0..<3).allSatisfy { isNear[Int(corners[$0])] }
    }
    grid = TriangleGrid(triangles, of: points, reach: Self.far, cell: Self.cell)
  }

  func distance(to point: Vector3) -> Double {
    let point = SIMD3<Float>(point)
    var nearest = Self.far
    var isInside = false
    for number in grid.triangles(near: point) {
      let corners = triangles[Int(number)]
      let weights = TrianglePoint.nearest(
        to: point, points[Int(corners.x)], points[Int(corners.y)], points[Int(corners.z)])
      var (foot, normal) = (SIMD3<Float>.zero, SIMD3<Float>.zero)
      for corner in 0..<3 {
        foot += points[Int(corners[corner])] * weights[corner]
        normal += normals[Int(corners[corner])] * weights[corner]
      }
      let way = point - foot
      let distance = way.length
      if distance < nearest { (nearest, isInside) = (distance, way.dot(normal) < 0) }
    }
    return Double(isInside ? -nearest : nearest)
  }
}
