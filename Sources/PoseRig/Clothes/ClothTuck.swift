/// Pushes skin and garments that come through a hanging cloth back under it.
struct ClothTuck {
  /// The distance up to which something outside of the cloth is pushed under it, in meters.
  private static let reach: Float = 0.03
  /// The distance that it is pushed below the cloth, in meters.
  private static let room: Float = 0.002
  /// The side of the cubes that triangles are sorted into, in meters.
  private static let cell: Float = 0.03
  /// The smallest cosine between the normals of the surface and of the cloth: a hand on a skirt, or
  /// the back of a thigh, is not pushed.
  private static let facing: Float = 0.15

  private let points: [SIMD3<Float>]
  private let normals: [SIMD3<Float>]
  private let triangles: ArraySlice<SIMD3<UInt32>>
  private let grid: TriangleGrid

  /// Takes the cloth of a surface of rings, without its hem.
  init(_ surface: PosedSurface) {
    points = surface.positions
    normals = surface.normals
    triangles = surface.triangles.dropLast(3 * 2 * HangingCloth.columns)
    grid = TriangleGrid(triangles, of: points, reach: Self.reach, cell: Self.cell)
  }

  /// Returns the offset from a point outside of the cloth to its position under it; nil if it is
  /// not outside.
  ///
  /// - Parameter way: the surface normal at the point.
  func push(_ point: SIMD3<Float>, facing way: SIMD3<Float>) -> SIMD3<Float>? {
    var nearest = Self.reach * Self.reach
    var push: SIMD3<Float>?
    for number in grid.triangles(near: point) {
      let corners = triangles[Int(number)]
      let (a, b, c) = (points[Int(corners.x)], points[Int(corners.y)], points[Int(corners.z)])
      let weights = TrianglePoint.nearest(to: point, a, b, c)
      let offset = point - (a * weights.x + b * weights.y + c * weights.z)
      let distance = (offset * offset).sum()
      guard distance < nearest else { continue }
      nearest = distance
      let normal =
        (normals[Int(corners.x)] * weights.x + normals[Int(corners.y)] * weights.y
        + normals[Int(corners.z)] * weights.z).unit
      let height = offset.dot(normal) + Self.room
      push = height > 0 && way.dot(normal) > Self.facing ? normal * -height : nil
    }
    return push
  }
}

extension PosedCharacter {
  private static let underSkirts: Set<JointKind> = [.hips, .spine, .upperLeg, .lowerLeg]
  private static let underCloaks: Set<JointKind> = [
    .hips, .spine, .chest, .upperChest, .shoulder, .upperArm, .upperLeg, .lowerLeg,
  ]

  /// Pushes skin and garments under the cloth that hangs over them.
  mutating func tuck(under hanging: [CharacterSurface]) {
    pushed = []
    guard !bodySurface.normals.isEmpty else { return }
    for (cloth, surface) in zip(body.hanging, hanging) {
      let tuck = ClothTuck(surface.surface)
      let kinds = cloth.hangsFromShoulders ? Self.underCloaks : Self.underSkirts
      for (vertex, joint) in body.carriers().enumerated() where kinds.contains(joint.kind) {
        let (point, normal) = (bodySurface.positions[vertex], bodySurface.normals[vertex])
        if let way = tuck.push(point, facing: normal) { pushed.append((vertex, way)) }
      }
      for index in body.worn.indices where body.worn[index].layer < cloth.layer {
        otherSurfaces[index].push { tuck.push($0, facing: $1) }
      }
    }
  }
}
