/// A scene with everything known about it: solved, checked and measured once, so that it can be
/// compared with other states.
///
/// ```swift
/// let before = Scene(canvas: Canvas(width: 512, height: 512), characters: [])
/// var after = before
/// after.camera.roll = 10
/// let difference = SceneDifference(from: SceneState(before), to: SceneState(after))
/// ```
public struct SceneState: Sendable {
  /// The scene as its file describes it.
  public var scene: Scene
  /// The posed scene; nil if it cannot be drawn.
  public var posed: PosedScene?
  /// The findings of solving and checking.
  public var findings: [Finding]
  /// The characters by id; empty for a scene that cannot be posed.
  public var characters: [String: CharacterState] = [:]

  /// Solves, checks and measures a scene.
  public init(_ scene: Scene) {
    var findings: [Finding] = []
    let posed = SceneSolver.solve(scene, findings: &findings)
    if let posed { findings += SceneCheck.check(scene, posed) }
    self.init(scene, posed: posed, findings: findings)
  }

  /// Measures a scene that has been solved, and checked if findings are needed.
  package init(_ scene: Scene, posed: PosedScene?, findings: [Finding] = []) {
    (self.scene, self.posed, self.findings) = (scene, posed, findings)
    guard let posed else { return }
    let placed = scene.with(posed.things)
    let contacts = ContactSurvey(placed, posed.characters)
    for (index, character) in posed.characters.enumerated() {
      let floor = SceneCheck.floor(under: scene.characters[index], scene)
      characters[character.id] = CharacterState(
        scene.characters[index], character, camera: posed.camera,
        gaps: contacts.gaps(of: index, floor: floor),
        support: SceneCheck.support(in: placed, floor))
    }
  }

  /// Measures a pose on its own: on a mannequin, with nothing around it to reach for.
  public init(_ pose: Pose, on mannequin: Mannequin) {
    var character = Character(
      id: mannequin.name, figure: .mannequin(mannequin, Proportions()), pose: pose)
    character.pose.goals = PoseGoals()
    let scene = Scene(
      canvas: Canvas(width: 800, height: 1040),
      camera: CameraDescription(
        placement: .framing(character: nil, angle: 30, elevation: 8, margin: 0.05),
        lens: .focalLength(85)),
      characters: [character])
    self.init(scene)
    // Ground and camera do not belong to a pose.
    findings.removeAll { if case .insideItself = $0.fact { false } else { true } }
    self.scene.characters[0].pose.goals = pose.goals
    characters[mannequin.name]?.described.pose.goals = pose.goals
  }
}

extension SceneState {
  /// Returns the scenes of poses with a single camera that shows all of them, so that they can be
  /// overlaid.
  public static func framedAlike(_ states: [SceneState]) -> [PosedScene?] {
    guard let scene = states.last?.scene else { return [] }
    let points = states.compactMap(\.posed).flatMap { $0.characters.flatMap(\.points) }
    let camera = SceneSolver.camera(scene, holding: [points])
    return states.map { state in
      var posed = state.posed
      posed?.camera = camera
      return posed
    }
  }

  /// Returns the scenes of two poses, or of one, with a single camera.
  public static func framedAlike(
    _ before: SceneState?, _ after: SceneState?
  ) -> (before: PosedScene?, after: PosedScene?) {
    var framed = framedAlike([before, after].compactMap(\.self))[...]
    let old = before == nil ? nil : framed.popFirst() ?? nil
    return (old, after == nil ? nil : framed.popFirst() ?? nil)
  }
}
