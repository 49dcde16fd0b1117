/// Makes the hanging clothes of a posed character.
enum ClothesSurface {
  /// The thickness of hems, in meters.
  private static let thickness: Float = 0.004

  /// Returns the surfaces in the world.
  ///
  /// - Parameters:
  ///   - wind: the wind in meters per second.
  ///   - floor: the height of the floor; nil if there is no floor.
  static func make(
    on character: PosedCharacter, wind: Vector3, floor: Double?, things: [PropSolid]
  ) -> [CharacterSurface] {
    guard !character.body.hanging.isEmpty else { return [] }
    // Cloth hangs at 45° in a wind of 8 m/s.
    let pull = SIMD3<Float>(Vector3(0, -1, 0) + wind / 8).unit
    return character.body.hanging.map { cloth in
      let motions = Skinning.skinMotions(cloth.skin, character.body, character.posedRig).map {
        character.worldFromModel * $0
      }
      let moved = SkinLoops.moved(cloth.rings.flatMap { $0 }, cloth.skin, motions)
      let held = cloth.rings.indices.map { ring in
        Array(moved[ring * HangingCloth.columns..<(ring + 1) * HangingCloth.columns])
      }
      let rings = ClothDrape(
        cloth: cloth, character: character, pull: pull, floor: floor.map(Float.init),
        things: things
      ).rings(below: held)
      return CharacterSurface(worn: surface(rings, cloth), kind: .worn)
    }
  }

  /// Returns the surface through rings, with a hem.
  private static func surface(_ rings: [[SIMD3<Float>]], _ cloth: HangingCloth) -> PosedSurface {
    var positions = rings.flatMap { $0 }
    let columns = HangingCloth.columns
    var rows = rings.count
    let last = rings[rows - 1]
    let above = rings[rows - 2]
    // The hem is turned in.
    let inner = last.indices.map { column -> SIMD3<Float> in
      let left = cloth.opening > 0 ? max(column - 1, 0) : (column + columns - 1) % columns
      let right =
        cloth.opening > 0 ? min(column + 1, columns - 1) : (column + 1) % columns
      let out = (last[column] - above[column]).cross(last[right] - last[left]).unit
      return last[column] - out * thickness
    }
    positions += inner
    positions += last.indices.map { inner[$0] + (above[$0] - last[$0]) * 0.6 }
    rows += 2
    var triangles: [SIMD3<UInt32>] = []
    // A single part, so that cloth has no edge between the legs below.
    let label = SurfaceLabel(wornOver: cloth.hangsFromShoulders ? .torso : .pelvis)
    for row in 0..<rows - 1 {
      for column in 0..<columns {
        if cloth.opening > 0, column + 1 == columns { continue }
        let next = (column + 1) % columns
        let corners = [row * columns + column, row * columns + next].map(UInt32.init)
        let below = corners.map { $0 + UInt32(columns) }
        triangles += [
          SIMD3(corners[0], below[0], below[1]), SIMD3(corners[0], below[1], corners[1]),
        ]
      }
    }
    let turns = (0..<columns).map { Float($0) / Float(columns) }
    let sides = (0..<rows).flatMap { _ in
      turns.map { $0 > 0.25 && $0 < 0.75 ? Float(0.1) : -0.1 }
    }
    return PosedSurface(
      positions: positions,
      normals: Skinning.vertexNormals(positions: positions, triangles: triangles),
      triangles: triangles, labels: Array(repeating: label, count: triangles.count), sides: sides,
      isClosed: false)
  }
}
