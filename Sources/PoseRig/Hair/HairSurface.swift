#if canImport(Glibc)
  internal import Glibc
#endif

/// Makes the hair of a posed character.
enum HairSurface {
  /// The length of fall up to which hair stays above the shoulders, in meters.
  private static let reach = 0.07

  /// Returns the surface of a character's hair in the world; nil without hair or without a head.
  ///
  /// - Parameter wind: the wind in meters per second.
  static func make(
    _ hair: [Hair], on character: PosedCharacter, _ bodies: BodyStore, wind: Vector3,
    floor: Double?
  ) -> CharacterSurface? {
    guard !hair.isEmpty, let head = bodies.head(of: character.body) else { return nil }
    let worldFromRest = worldFromHead(character)
    var mesh = HairMesh()
    let falls = hair.contains { $0.design.longestFall * $0.length > reach }
    let obstacles = obstacles(
      head, of: character, worldFromRest.inverse, floor: floor, withTrunk: falls)
    // Hair of typical length hangs at 45° in a wind of 6 m/s.
    let restFromWorld = worldFromRest.rotation.inverse
    let down = SIMD3<Float>(restFromWorld.rotate(-.unitY))
    let blown = SIMD3<Float>(restFromWorld.rotate(wind / 6))
    for worn in hair {
      var fall = HairFall(obstacles, down: down, wind: blown)
      fall.length = Float(worn.length)
      fall.volume = Float(worn.volume)
      fall.curl = worn.curl.map(Float.init)
      for (index, piece) in worn.design.pieces.enumerated() {
        piece.build(fall, hairline: worn.design.hairline, piece: index + 1, into: &mesh)
      }
    }
    guard !mesh.positions.isEmpty else { return nil }
    mesh.tuck(under: character.body.hats, on: head)
    return CharacterSurface(.hair, surface(mesh, worldFromRest))
  }

  /// Returns the motion of the head from rest.
  static func worldFromHead(_ character: PosedCharacter) -> Transform {
    let rest = Transform(rotation: .identity, translation: -character.body.rig[.head])
    return character.worldFromModel * character.posedRig.modelFromJoint[JointName.head.index] * rest
  }

  private static func surface(_ mesh: HairMesh, _ worldFromRest: Transform) -> PosedSurface {
    let axes = [Vector3.unitX, .unitY, .unitZ].map {
      SIMD3<Float>(worldFromRest.rotation.rotate($0))
    }
    let offset = SIMD3<Float>(worldFromRest.translation)
    let positions = mesh.positions.map { point in
      axes[0] * point.x + axes[1] * point.y + axes[2] * point.z + offset
    }
    return PosedSurface(
      positions: positions,
      normals: Skinning.vertexNormals(positions: positions, triangles: mesh.triangles),
      triangles: mesh.triangles, labels: [])
  }

  // MARK: What it lies on

  static func obstacles(
    _ head: HeadForm, of character: PosedCharacter, _ restFromWorld: Transform, floor: Double?,
    withTrunk: Bool
  ) -> HairObstacles {
    var obstacles = HairObstacles(head: head)
    func point(_ joint: JointName) -> SIMD3<Float> {
      SIMD3<Float>(restFromWorld.apply(character.position(of: joint)))
    }
    let neck = point(.head) - point(.neck)
    obstacles.capsules.append(
      HairObstacles.Capsule(
        start: point(.neck) - neck * 0.3, end: point(.head) + neck * 0.2,
        radius: radius(.neck, from: .neck, to: .head, of: character)))
    guard withTrunk else { return obstacles }
    for (part, start, end) in limbs {
      obstacles.capsules.append(
        HairObstacles.Capsule(
          start: point(start), end: point(end),
          radius: radius(part, from: start, to: end, of: character)))
    }
    obstacles.trunk = trunk(of: character, restFromWorld)
    if let floor {
      let up = SIMD3<Float>(restFromWorld.rotation.rotate(.unitY))
      let level = SIMD3<Float>(restFromWorld.apply(Vector3(0, floor, 0))).dot(up)
      obstacles.floor = (up, level)
    }
    return obstacles
  }

  private static let limbs: [(PartName, JointName, JointName)] = [
    (.leftUpperArm, .leftUpperArm, .leftLowerArm), (.leftLowerArm, .leftLowerArm, .leftHand),
    (.rightUpperArm, .rightUpperArm, .rightLowerArm),
    (.rightLowerArm, .rightLowerArm, .rightHand),
  ]

  /// Returns the average distance of a limb's skin from its bone.
  private static func radius(
    _ part: PartName, from start: JointName, to end: JointName, of character: PosedCharacter
  ) -> Float {
    let surface = character.bodySurface
    let a = SIMD3<Float>(character.position(of: start))
    let axis = SIMD3<Float>(character.position(of: end)) - a
    var sum: Float = 0
    var count: Float = 0
    for (index, corners) in surface.triangles.enumerated()
    where index % 4 == 0 && surface.labels[index].part == part {
      let offset = surface.positions[Int(corners.x)] - a
      let along = offset.dot(axis) / max(axis.dot(axis), 1e-9)
      guard (0.1...0.9).contains(along) else { continue }
      sum += (offset - axis * along).length
      count += 1
    }
    return count > 0 ? sum / count : 0.05
  }

  private static func trunk(
    of character: PosedCharacter, _ restFromWorld: Transform
  ) -> HairObstacles.Trunk {
    let surface = character.bodySurface
    let middle =
      (character.position(of: .upperChest) + character.position(of: .chest)) / 2
    let center = SIMD3<Float>(middle)
    let parts: Set<PartName> = [.neck, .torso, .pelvis]
    let shown = surface.labels.map { $0.part.map(parts.contains) ?? false }
    let triangles = zip(surface.triangles, shown).compactMap { $1 ? $0 : nil }
    let rotation = restFromWorld.rotation
    let axes = [Vector3.unitX, .unitY, .unitZ].map { SIMD3<Float>(rotation.rotate($0)) }
    let points = surface.positions.map { position in
      let offset = position - center
      return axes[0] * offset.x + axes[1] * offset.y + axes[2] * offset.z
    }
    return HairObstacles.Trunk(
      middle: SIMD3<Float>(restFromWorld.apply(middle)),
      map: RadialMap(points: points, triangles: triangles, missing: 0.08))
  }
}

extension HairDesign {
  /// The largest distance that a lock hangs beyond its combed path, in meters.
  var longestFall: Double {
    pieces.map { piece in
      switch piece {
      case .cap, .coil: 0
      case .locks(let locks): locks.guides.joined().map(\.fall).max() ?? 0
      case .tufts(let tufts): tufts.fall
      case .tail(let tail), .braid(let tail): tail.guide.fall
      case .cloth(let cloth): cloth.guides.map(\.fall).max() ?? 0
      }
    }.max() ?? 0
  }
}

extension HairPiece {
  /// Adds the piece to a mesh.
  func build(
    _ fall: HairFall, hairline: [SIMD2<Double>], piece: Int, into mesh: inout HairMesh
  ) {
    var fall = fall
    switch self {
    case .cap(let cap): cap.build(fall, hairline: hairline, piece: piece, into: &mesh)
    case .locks(let locks):
      fall.obstacles.overEars = locks.form.overEars
      locks.build(fall, piece: piece, into: &mesh)
    case .tufts(let tufts):
      fall.obstacles.overEars = tufts.form.overEars
      tufts.build(fall, hairline: hairline, piece: piece, into: &mesh)
    case .tail(let tail): tail.buildTail(fall, piece: piece, into: &mesh)
    case .braid(let braid): braid.buildBraid(fall, piece: piece, into: &mesh)
    case .coil(let coil): coil.build(fall, piece: piece, into: &mesh)
    case .cloth(let cloth):
      fall.obstacles.overEars = true
      cloth.build(fall, piece: piece, into: &mesh)
    }
  }
}
