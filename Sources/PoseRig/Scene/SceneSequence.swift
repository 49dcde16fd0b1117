/// A scene whose characters move: the same camera and the same floor at every frame.
public struct SceneSequence: Sendable {
  /// The scene as its file has it.
  public let scene: Scene
  /// The frames, from the clips' beginning.
  public let frames: ClosedRange<Int>
  /// Frames a second.
  public let rate: Double
  /// The camera of every frame.
  public let camera: Camera
  /// How far each character is moved up, in metres: the lowest point it has in any frame is on its floor.
  private let lifts: [Double]

  /// A sequence; nil with the reasons in `log`.
  ///
  /// One lift and one framing for all frames: a jump leaves the ground, and the picture holds still.
  public init?(_ scene: Scene, frames: ClosedRange<Int>, rate: Double, log: DiagnosticLog) {
    self.scene = scene
    self.frames = frames
    self.rate = rate
    var lowest = [Double](repeating: .infinity, count: scene.characters.count)
    // What is yet to be lifted moves straight up, so what holds the frame is found for each character apart.
    var supports = [[Vector3]](repeating: [], count: scene.characters.count)
    let outline = SceneSolver.outline(of: scene)
    for frame in frames {
      for (index, character) in scene.characters.enumerated() {
        if character.motion == nil, frame != frames.lowerBound { continue }
        var free = Self.moved(character, to: Double(frame) / rate)
        free.ground = false
        guard let posed = SceneSolver.pose(free, human: scene.human) else { return nil }
        let points = posed.surface.positions.map { Vector3($0) }
        lowest[index] = min(lowest[index], points.map(\.y).min() ?? 0)
        supports[index] += outline(points)
      }
    }
    lifts = zip(scene.characters, lowest).map { character, low in
      character.ground ? character.position.y - low : 0
    }
    let points = zip(supports, lifts).map { list, lift in list.map { $0 + Vector3(0, lift, 0) } }
    camera = SceneSolver.camera(scene, holding: points)
    guard let first = posed(frames.lowerBound) else { return nil }
    SceneSolver.check(camera, first.characters, scene, log)
    if log.hasErrors { return nil }
  }

  /// The scene at a frame; nil if a body is unknown.
  public func posed(_ frame: Int) -> PosedScene? {
    var characters: [PosedCharacter] = []
    for (character, lift) in zip(scene.characters, lifts) {
      var placed = Self.moved(character, to: Double(frame) / rate)
      placed.ground = false
      placed.position.y += lift
      guard let posed = SceneSolver.pose(placed, human: scene.human) else { return nil }
      characters.append(posed)
    }
    return PosedScene(
      camera: camera, characters: characters, props: scene.props.map(PropSurface.surface),
      mapSettings: scene.mapSettings, profile: scene.profile)
  }

  /// A character at a moment after the one its pose was taken at.
  private static func moved(_ character: Character, to time: Double) -> Character {
    guard let motion = character.motion else { return character }
    var moved = character
    moved.pose = motion.pose(at: character.time + time)
    return moved
  }
}

extension Scene {
  /// The motion that lasts longest, with what is left of it; nil if nobody moves.
  public var longestMotion: (motion: PoseMotion, remaining: Double)? {
    characters.compactMap { character in
      character.motion.map { ($0, max(0, $0.duration - character.time)) }
    }.max { $0.1 < $1.1 }
  }
}
