/// A scene with moving characters, with one camera and one floor for all frames.
public struct SceneSequence: Sendable {
  /// The scene as its file has it.
  public let scene: Scene
  /// The frames, from the clips' beginning.
  public let frames: ClosedRange<Int>
  /// The number of frames per second.
  public let rate: Double
  /// The camera of every frame.
  public let camera: Camera
  /// The distance by which each character is raised, in meters: its lowest point in any frame is on
  /// its floor.
  package let lifts: [Double]

  /// Measures a sequence; nil on failure, with the reasons in the findings.
  ///
  /// The lift and the framing are common to all frames, so that a jump leaves the ground and the
  /// picture does not move.
  public init?(_ scene: Scene, frames: ClosedRange<Int>, rate: Double, findings: inout [Finding]) {
    self.scene = scene
    self.frames = frames
    self.rate = rate
    let extents = frames.concurrentMap { Self.extents(of: scene, frame: $0, frames, rate) }
    var lowest = [Double](repeating: .infinity, count: scene.characters.count)
    var supports = [[Vector3]](repeating: [], count: scene.characters.count)
    for frame in extents {
      guard let frame else { return nil }
      for (index, character) in frame.enumerated() {
        lowest[index] = min(lowest[index], character.lowest)
        supports[index] += character.outline
      }
    }
    let lifts = zip(scene.characters, lowest).map { character, low in
      character.settles ? character.position.y - low : 0
    }
    self.lifts = lifts
    if scene.hasGoals {
      let reaching = frames.concurrentMap { Self.outlines(of: scene, frame: $0, rate, lifts) }
      supports = supports.map { _ in [] }
      for frame in reaching {
        guard let frame else { return nil }
        for (index, outline) in frame.enumerated() { supports[index] += outline }
      }
    }
    let points = zip(supports, lifts).map { list, lift in list.map { $0 + Vector3(0, lift, 0) } }
    camera = SceneSolver.camera(scene, holding: points)
    guard let first = posed(frames.lowerBound, findings: &findings) else { return nil }
    SceneSolver.check(camera, first.characters, &findings)
    if findings.contains(where: \.isError) { return nil }
  }

  /// Creates a sequence that was measured before, for example by another process.
  package init(
    _ scene: Scene, frames: ClosedRange<Int>, rate: Double, camera: Camera, lifts: [Double]
  ) {
    self.scene = scene
    self.frames = frames
    self.rate = rate
    self.camera = camera
    self.lifts = lifts
  }

  /// The lowest point of a character in a frame, and its points that determine the framing.
  ///
  /// Lifting moves a character straight up, so both can be measured separately for each character.
  private struct Extent: Sendable {
    var lowest = Double.infinity
    var outline: [Vector3] = []
  }

  /// Returns the extents of all characters in a frame before they are lifted; characters without
  /// motion keep those of the first frame. Nil if a body is unknown.
  private static func extents(
    of scene: Scene, frame: Int, _ frames: ClosedRange<Int>, _ rate: Double
  ) -> [Extent]? {
    let outline = SceneSolver.outline(of: scene)
    var extents: [Extent] = []
    for character in scene.characters {
      if character.motion == nil, frame != frames.lowerBound {
        extents.append(Extent())
        continue
      }
      var free = moved(character, to: Double(frame) / rate)
      free.ground = false
      guard let posed = SceneSolver.pose(free, scene.bodies, withNormals: false) else { return nil }
      extents.append(Extent(lowest: Double(posed.lowest), outline: outline(posed)))
    }
    return extents
  }

  /// Returns the points that determine the framing when all characters are lifted and reach out
  /// from there, without the lifts themselves.
  private static func outlines(
    of scene: Scene, frame: Int, _ rate: Double, _ lifts: [Double]
  ) -> [[Vector3]]? {
    guard let placed = placed(scene, frame: frame, rate: rate, lifts) else { return nil }
    let outline = SceneSolver.outline(of: scene)
    var solver = GoalSolver(placed.scene, placed.characters)
    solver.seeCamera()
    solver.reach()
    var characters = solver.characters()
    SceneSolver.attach(&characters, solver.props, scene)
    return zip(characters, lifts).map { character, lift in
      outline(character).map { $0 + Vector3(0, -lift, 0) }
    }
  }

  /// Returns the scene at a frame; nil if a body is unknown.
  public func posed(_ frame: Int) -> PosedScene? {
    var findings: [Finding] = []
    return posed(frame, findings: &findings)
  }

  /// Returns the scene at a frame, and adds its missed goals to the findings; nil if a body is
  /// unknown.
  public func posed(_ frame: Int, findings: inout [Finding]) -> PosedScene? {
    guard let placed = Self.placed(scene, frame: frame, rate: rate, lifts, camera: camera) else {
      return nil
    }
    var characters = placed.characters
    var props = scene.props
    if scene.hasGoals {
      var solver = GoalSolver(placed.scene, characters)
      solver.state.camera = camera
      solver.reach()
      solver.look(camera: camera)
      characters = solver.drawable()
      props = solver.props
      findings += solver.findings
    }
    SceneSolver.dress(&characters, placed.scene.with(props))
    SceneSolver.attach(&characters, props, placed.scene)
    var lights = LightSolver(placed.scene, characters, props: props, camera: camera)
    return PosedScene(
      camera: camera, characters: characters, props: SceneSolver.ownerless(props, placed.scene),
      things: props, lights: lights.lights(&findings), mapSettings: scene.mapSettings,
      profile: scene.profile)
  }

  /// Whether the goals of its characters have to be solved at every frame.
  package var hasGoals: Bool { scene.hasGoals }

  /// Returns the scene at a frame without normals, for measuring rather than drawing; nil if a body
  /// is unknown.
  ///
  /// - Precondition: no character has goals.
  package func measurable(_ frame: Int) -> PosedScene? {
    precondition(!scene.hasGoals, "SceneSequence: goals are not solved here")
    let placed = Self.placed(scene, frame: frame, rate: rate, lifts, withNormals: false)
    return placed.map {
      PosedScene(
        camera: camera, characters: $0.characters,
        props: SceneSolver.ownerless(scene.props, scene), things: scene.props,
        mapSettings: scene.mapSettings, profile: scene.profile)
    }
  }

  /// Returns the scene at a frame with every character positioned, before any goal is solved; nil
  /// if a body is unknown.
  private static func placed(
    _ scene: Scene, frame: Int, rate: Double, _ lifts: [Double], camera: Camera? = nil,
    withNormals: Bool = true
  ) -> (scene: Scene, characters: [PosedCharacter])? {
    let seconds = Double(frame) / rate
    var moment = scene
    for (index, lift) in lifts.enumerated() {
      moment.characters[index] = moved(scene.characters[index], to: seconds)
      moment.characters[index].ground = false
      moment.characters[index].position.y += lift
    }
    moment = moment.solvingPassages(after: seconds, camera: camera)
    var characters: [PosedCharacter] = []
    for character in moment.characters {
      guard let posed = SceneSolver.pose(character, scene.bodies, withNormals: withNormals) else {
        return nil
      }
      characters.append(posed)
    }
    return (moment, characters)
  }

  /// Returns a character at a later time than that of its pose.
  private static func moved(_ character: Character, to time: Double) -> Character {
    guard let motion = character.motion else { return character }
    var moved = character
    moved.pose = motion.pose(at: character.time + time)
    if !motion.hasGoals { moved.pose.goals = character.pose.goals }
    return moved
  }
}

extension Scene {
  /// Whether any character has a goal or holds something, or any prop has an owner.
  var hasGoals: Bool {
    characters.contains {
      !$0.pose.goals.isEmpty || !$0.hold.isEmpty || $0.motion?.hasGoals == true
    }
      || props.contains { $0.owner != nil || $0.carrier != nil }
  }

  /// The motion that lasts longest, with its remaining seconds; nil if no character moves.
  public var longestMotion: (motion: PoseMotion, remaining: Double)? {
    characters.compactMap { character in
      character.motion.map { ($0, max(0, $0.duration - character.time)) }
    }.max { $0.1 < $1.1 }
  }
}
