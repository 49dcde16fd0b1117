/// A solved scene, which the renderer draws: every character posed and positioned, the camera
/// resolved.
public struct PosedScene: Sendable {
  /// The camera.
  public var camera: Camera
  /// The characters in the order of the scene file.
  public var characters: [PosedCharacter]
  /// The props that belong to no character, in the order of the scene file.
  public var props: [PosedProp]
  /// All props at their solved positions, in the order of the scene file.
  public var things: [Prop] = []
  /// The lights of the shaded map; nil for the studio's.
  public var lights: PosedLights?
  /// The settings for drawing the maps.
  public var mapSettings: MapSettings
  /// The profile that the maps are made for.
  public var profile: Profile?
  /// The ranks of the characters for the colors of identities, by index; nil for their order in
  /// this picture. A clip uses the ranks of its first frame.
  public var identityRanks: [Int]?
}

/// A prop in the world.
public struct PosedProp: Sendable {
  /// The prop's id.
  public var id: String
  /// The prop's surface in the world.
  public var surface: PosedSurface
}

/// A posed character in the world.
public struct PosedCharacter: Sendable {
  /// The character's id.
  public var id: String
  /// The character's body in its own proportions.
  public var body: Body
  /// The joints, in the character's own space.
  public var posedRig: PosedRig
  /// The transform from its own space to the world.
  public var worldFromModel: Transform
  /// The body's surface in the world, which checks, contacts and measurements of skin use.
  public var bodySurface: PosedSurface
  /// The other surfaces in the world: hair, clothes and held props.
  public var otherSurfaces: [CharacterSurface] = []
  /// The skin that comes through hanging cloth, with the movement to under the cloth.
  var pushed: [(vertex: Int, way: SIMD3<Float>)] = []
  /// The keypoints that are left out, or shown even if they are hidden.
  public var keypoints = KeypointChoice()

  /// All surfaces that maps show, the body's first.
  public var surfaces: [PosedSurface] { [seenBody] + otherSurfaces.map(\.surface) }

  /// The height of the lowest point, including the soles of shoes.
  var lowest: Float {
    otherSurfaces.reduce(bodySurface.lowest) { min($0, $1.surface.lowest) }
  }

  /// Adds the garments that follow the body.
  mutating func putOn(withNormals: Bool) {
    otherSurfaces = body.worn.map {
      CharacterSurface(
        worn: Skinning.pose(
          $0, on: body, posedRig, worldFromModel: worldFromModel, withNormals: withNormals),
        kind: $0.kind)
    }
  }

  /// All points of all surfaces, in double precision.
  var points: [Vector3] { surfaces.flatMap(\.points) }

  /// Moves the character with all its surfaces.
  mutating func move(by offset: Vector3) {
    worldFromModel.translation += offset
    let step = SIMD3<Float>(offset)
    bodySurface.move(by: step)
    for index in otherSurfaces.indices { otherSurfaces[index].move(by: step) }
  }

  /// Adds the hair and the hanging clothes for this pose.
  mutating func dress(
    _ character: Character, _ bodies: BodyStore, wind: Vector3, things: [PropSolid] = []
  ) {
    let floor = character.ground ? character.position.y : nil
    let hanging = ClothesSurface.make(on: self, wind: wind, floor: floor, things: things)
    let hair = HairSurface.make(character.hair, on: self, bodies, wind: wind, floor: floor)
    // Garments that follow the body come first and stay.
    let garments = otherSurfaces.prefix(body.worn.count)
    // Held props are added afterward.
    otherSurfaces = Array(garments)
    tuck(under: hanging)
    otherSurfaces += hanging + (hair.map { [$0] } ?? [])
  }

  /// Returns a joint's position in the world, in meters.
  public func position(of joint: JointName) -> Vector3 {
    worldFromModel.apply(posedRig.position(of: joint))
  }

  /// Returns a joint's rotation in the world.
  func worldRotation(of joint: JointName) -> Quaternion {
    worldFromModel.rotation * posedRig.modelFromJoint[joint.index].rotation
  }

  /// Returns a landmark's position in the world, in meters; nil if the body does not have it.
  public func landmark(_ name: LandmarkName) -> Vector3? {
    body.landmarks[name].map {
      Vector3($0.position(on: bodySurface.positions, bodySurface.triangles))
    }
  }
}

/// Poses the characters of a scene.
///
/// ```swift
/// import SceneFiles
///
/// let scene = Scene(
///   canvas: Canvas(width: 512, height: 768),
///   characters: [Character(id: "ana", figure: .mannequin(.female, Proportions()))])
/// var findings: [Finding] = []
/// if let posed = SceneSolver.solve(scene, findings: &findings) {
///   print(posed.characters[0].position(of: .head))
/// }
/// ```
public enum SceneSolver {
  /// Returns the solved scene; nil if it cannot be solved, with the reasons in the findings.
  ///
  /// - Parameter findings: receives errors, for which the result is nil, and warnings such as
  ///   missed goals.
  public static func solve(_ scene: Scene, findings: inout [Finding]) -> PosedScene? {
    let scene = scene.solvingPassages(after: 0)
    var characters: [PosedCharacter] = []
    for (index, character) in scene.characters.enumerated() {
      guard let posed = pose(character, scene.bodies) else {
        // Only the human can be missing.
        findings.note(.character(index), .unknownBody(HumanTemplate.name))
        return nil
      }
      characters.append(posed)
    }
    var solver = GoalSolver(scene, characters)
    if scene.hasGoals {
      solver.seeCamera()
      solver.reach()
      characters = solver.characters()
    }
    dress(&characters, scene.with(solver.props))
    attach(&characters, solver.props, scene)
    // A camera that frames characters moves when they reach out, and those who look at it look at
    // its new position.
    let camera = self.camera(scene, holding: characters.map(scene.camera.points))
    if scene.hasGoals {
      solver.look(camera: camera)
      characters = solver.drawable()
      dress(&characters, scene.with(solver.props))
      attach(&characters, solver.props, scene)
    }
    findings += solver.findings
    check(camera, characters, &findings)
    var lights = LightSolver(scene, characters, props: solver.props, camera: camera)
    let lit = lights.lights(&findings)
    if findings.contains(where: \.isError) { return nil }
    return PosedScene(
      camera: camera, characters: characters, props: ownerless(solver.props, scene),
      things: solver.props, lights: lit, mapSettings: scene.mapSettings, profile: scene.profile)
  }

  /// Attaches held and owned props to their characters.
  static func attach(_ characters: inout [PosedCharacter], _ props: [Prop], _ scene: Scene) {
    for prop in props {
      guard let owner = scene.owner(of: prop),
        let index = characters.firstIndex(where: { $0.id == owner })
      else { continue }
      characters[index].otherSurfaces.append(CharacterSurface(held: prop))
    }
  }

  /// Returns the props that belong to no character.
  static func ownerless(_ props: [Prop], _ scene: Scene) -> [PosedProp] {
    props.filter { scene.owner(of: $0) == nil }.map(PosedProp.init)
  }

  /// Returns the solved scene without findings; nil if it cannot be drawn.
  public static func solve(_ scene: Scene) -> PosedScene? {
    var findings: [Finding] = []
    return solve(scene, findings: &findings)
  }

  /// Adds the hair and the hanging clothes of characters in their poses.
  static func dress(_ characters: inout [PosedCharacter], _ scene: Scene) {
    let hangs = characters.contains { !$0.body.hanging.isEmpty }
    let things = hangs ? scene.props.map(PropSolid.init) : []
    for (index, character) in scene.characters.enumerated() {
      characters[index].dress(character, scene.bodies, wind: scene.wind, things: things)
    }
  }

  /// Returns one character, posed, positioned and put on the ground; nil if its body is unknown.
  ///
  /// - Parameter withNormals: whether surfaces get normals, which only drawing needs.
  public static func pose(
    _ character: Character, _ bodies: BodyStore = BodyStore(), withNormals: Bool = true
  ) -> PosedCharacter? {
    guard
      let body = bodies.body(
        of: character.figure, face: character.pose.face, wear: character.wear,
        clothes: character.clothes)
    else { return nil }
    // Planted feet stay where the pose that plants them has them.
    if let stance = character.pose.goals.stance, character.pose.goals.seat == nil,
      character.settles
    {
      var standing = character
      standing.pose = stance.pose
      guard var posed = pose(standing, bodies, withNormals: false) else { return nil }
      posed.posedRig = PosedRig(body: body, pose: character.pose)
      posed.bodySurface = Skinning.pose(
        body, posed.posedRig, worldFromModel: posed.worldFromModel, pose: character.pose,
        withNormals: withNormals)
      posed.putOn(withNormals: withNormals)
      return posed
    }
    let posedRig = PosedRig(body: body, pose: character.pose)
    let placement = Transform(
      rotation: Quaternion(angle: character.yaw.degreesToRadians, axis: .unitY),
      translation: character.position)
    let surface = Skinning.pose(
      body, posedRig, worldFromModel: placement, pose: character.pose, withNormals: withNormals)
    var posed = PosedCharacter(
      id: character.id, body: body, posedRig: posedRig, worldFromModel: placement,
      bodySurface: surface, keypoints: character.keypoints)
    posed.putOn(withNormals: withNormals)
    if character.settles {
      posed.move(by: Vector3(0, character.position.y - Double(posed.lowest), 0))
    }
    return posed
  }

  /// Returns a scene with one character, from a given position with a portrait lens; nil if its
  /// body is unknown.
  public static func still(
    of character: Character, _ placement: CameraDescription.Placement, canvas: Canvas
  ) -> PosedScene? {
    let scene = Scene(
      canvas: canvas,
      camera: CameraDescription(placement: placement, lens: .focalLength(85), roll: 0),
      characters: [character], props: [], mapSettings: MapSettings())
    guard var posed = pose(character) else { return nil }
    posed.dress(character, scene.bodies, wind: .zero)
    return PosedScene(
      camera: camera(scene, holding: [scene.camera.points(of: posed)]), characters: [posed],
      props: [],
      mapSettings: scene.mapSettings)
  }

  /// Returns a scene with one character, framed from `angle` degrees to its left of straight ahead.
  public static func portrait(
    of character: Character, bodies: BodyStore, angle: Double, canvas: Canvas
  ) -> PosedScene {
    let scene = Scene(
      canvas: canvas,
      camera: CameraDescription(
        placement: .framing(character: nil, angle: angle, elevation: 0, margin: 0.04),
        lens: .focalLength(85), roll: 0),
      characters: [character], props: [], mapSettings: MapSettings(),
      bodies: bodies)
    var posed = pose(character, scene.bodies).map { [$0] } ?? []
    dress(&posed, scene)
    return PosedScene(
      camera: camera(scene, holding: posed.map(scene.camera.points)),
      characters: posed, props: [], mapSettings: scene.mapSettings)
  }

  static func check(
    _ camera: Camera, _ characters: [PosedCharacter], _ findings: inout [Finding]
  ) {
    if let inside = characters.first(where: {
      $0.bodySurface.isClosed && $0.bodySurface.contains(camera.position)
    }) {
      findings.note(.camera, .cameraInside(inside.id))
      return
    }
    let unseen = characters.filter { !$0.surfaces.contains { $0.isSeen(by: camera) } }
    if unseen.count == characters.count {
      findings.note(.camera, .nobodyInPicture)
      return
    }
    for character in unseen {
      findings.note(.camera, .outsidePicture(character.id))
    }
  }
}

extension PosedSurface {
  /// All positions, in double precision.
  var points: [Vector3] { positions.map { Vector3($0) } }

  /// Returns whether any vertex is in the camera's picture.
  func isSeen(by camera: Camera) -> Bool {
    let toCamera = camera.cameraFromWorld
    return positions.contains { position in
      let p = toCamera.apply(Vector3(position))
      return p.z < 0 && abs(p.x) < -p.z * camera.tangents.x && abs(p.y) < -p.z * camera.tangents.y
    }
  }

  /// The height of the lowest vertex; 0 without vertices.
  package var lowest: Float {
    positions.isEmpty ? 0 : positions.reduce(.infinity) { min($0, $1.y) }
  }

  /// The bounding box of all vertices.
  private var box: Box {
    var box = Box()
    for position in positions {
      box.low = pointwiseMin(box.low, position)
      box.high = pointwiseMax(box.high, position)
    }
    return box
  }

  private struct Box {
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)

    func contains(_ point: SIMD3<Float>) -> Bool {
      all(point .>= low) && all(point .<= high)
    }
  }

  /// Returns whether a point is inside the closed surface: a ray from it crosses it an odd number
  /// of times.
  public func contains(_ point: Vector3) -> Bool {
    guard box.contains(SIMD3<Float>(point)) else { return false }
    // A direction that a model's edges are unlikely to have.
    let ray = SIMD3<Float>(0.301_7, 0.899_3, 0.316_1)
    let origin = SIMD3<Float>(point)
    var crossings = 0
    for corners in triangles {
      let a = positions[Int(corners.x)]
      let edge1 = positions[Int(corners.y)] - a
      let edge2 = positions[Int(corners.z)] - a
      let p = ray.cross(edge2)
      let determinant = edge1.dot(p)
      guard abs(determinant) > 1e-12 else { continue }
      let toOrigin = origin - a
      let u = toOrigin.dot(p) / determinant
      guard (0...1).contains(u) else { continue }
      let q = toOrigin.cross(edge1)
      let v = ray.dot(q) / determinant
      if v >= 0, u + v <= 1, edge2.dot(q) / determinant > 0 { crossings += 1 }
    }
    return crossings % 2 == 1
  }
}
