/// Checks for faults that a renderer draws without complaint and an artist would not: intersecting
/// limbs, feet in the air or in the floor, bodies inside props.
public enum SceneCheck {
  /// The depth up to which skin can be inside skin, in meters, since flesh is soft.
  private static let flesh = 0.02
  private static let embrace = 0.04
  /// The depth above which two characters that stand inside each other are reported once, in
  /// meters.
  private static let standing = 0.15
  /// The distance up to which a body can be off the ground, or inside it or a prop, in meters.
  private static let ground = 0.02
  private static let thing = 0.03

  /// Returns all such faults of a scene.
  public static func check(_ scene: Scene, _ posed: PosedScene) -> [Finding] {
    let scene = scene.with(posed.things)
    let contacts = contacts(of: posed)
    var findings = overlaps(posed, contacts)
    let floors = scene.characters.map { floor(under: $0, scene) }
    for (index, character) in posed.characters.enumerated() {
      let hold = scene.characters[index].hold
      checkGround(character, floors[index], scene, hold) {
        findings.note(.character(index), $0)
      }
    }
    for (index, height) in floating(scene, posed, contacts) {
      findings.note(.character(index), .floats(height: height))
    }
    return findings
  }

  /// Returns the parts of bodies that are inside other parts, their own or another's: all pairs,
  /// for each character from the deepest on.
  public static func overlaps(_ posed: PosedScene) -> [Finding] {
    overlaps(posed, contacts(of: posed))
  }

  /// Returns the skin of each character; nil for one that is not closed, which has no inside.
  private static func contacts(of posed: PosedScene) -> [BodyContact?] {
    posed.characters.map { $0.bodySurface.isClosed ? BodyContact($0) : nil }
  }

  private static func overlaps(_ posed: PosedScene, _ contacts: [BodyContact?]) -> [Finding] {
    var findings: [Finding] = []
    for (index, one) in contacts.enumerated() {
      for overlap in one?.ownOverlaps(over: flesh) ?? [] {
        findings.note(.character(index), .insideItself(overlap))
      }
      for other in contacts.indices where other > index {
        guard let one, let two = contacts[other] else { continue }
        let overlaps = one.overlaps(in: two, over: embrace)
        // If two characters stand inside each other, everything overlaps: only the deepest overlap
        // is reported.
        let isInsideOther = overlaps.first.map { $0.depth > standing } ?? false
        for overlap in isInsideOther ? Array(overlaps.prefix(1)) : overlaps {
          findings.note(.character(index), .insideOther(posed.characters[other].id, overlap))
        }
      }
    }
    return findings
  }

  /// Returns the intersecting limbs of a pose on its own, on a mannequin.
  public static func check(_ pose: Pose, on mannequin: Mannequin) -> [Finding] {
    let figure = Figure.mannequin(mannequin, Proportions())
    var character = Character(id: mannequin.name, figure: figure, pose: pose)
    character.pose.goals = pose.goals.owned(by: character.id).onItself(character.id)
    // Hands on the character's own body are where goals bring them.
    let scene = Scene(canvas: Canvas(width: 64, height: 64), characters: [character])
    let solved = character.pose.goals.isEmpty ? nil : SceneSolver.solve(scene)?.characters.first
    guard let posed = solved ?? SceneSolver.pose(character) else { return [] }
    return BodyContact(posed).ownOverlaps(over: flesh).map { Finding(.pose, .insideItself($0)) }
  }

  private static func checkGround(
    _ character: PosedCharacter, _ floor: Double, _ scene: Scene, _ hold: [JointName: Hold],
    _ note: (Finding.Fact) -> Void
  ) {
    let skin = character.bodySurface.points
    let lowest = skin.lazy.map { $0.y }.min() ?? floor
    if floor - lowest > ground {
      note(.insideFloor(depth: floor - lowest))
    }
    let carriers = character.body.carriers()
    for support in Support.all(in: scene) {
      let free = hold.filter { $0.value.prop == support.prop.id }.map(\.key)
      if let hand = PiercedHands.hand(of: character, in: support.solid, but: Set(free)) {
        note(.pierced(hand, prop: support.prop.id))
      }
      let deepest = skin.indices.map { (index: $0, depth: support.solid.depth(of: skin[$0])) }
        .max { $0.depth < $1.depth }
      guard let deepest, deepest.depth > thing else { continue }
      note(.insideProp(carriers[deepest.index], prop: support.prop.id, depth: deepest.depth))
    }
  }

  /// Returns the characters in the air, and how high, in meters: neither on the floor or a prop nor
  /// on a character who is.
  private static func floating(
    _ scene: Scene, _ posed: PosedScene, _ contacts: [BodyContact?]
  ) -> [(index: Int, height: Double)] {
    var floating = posed.characters.enumerated().compactMap { index, character in
      let described = scene.characters[index]
      let support = support(in: scene, floor(under: described, scene))
      // A character with shoes stands on their soles.
      let fitted = character.otherSurfaces.prefix(character.body.worn.count)
      let soles = character.bodySurface.points + fitted.flatMap(\.surface.points)
      let gap = soles.map { $0.y - support($0) }.min() ?? 0
      // If a character sits on a bare point, its seat is not in the scene; and clips can contain
      // jumps.
      let mayFloat = described.motion != nil || described.pose.goals.seat != nil
      return mayFloat || gap <= ground ? nil : (index: index, height: gap)
    }
    while true {
      let carried = floating.filter { one in
        contacts.indices.contains { other in
          !floating.contains { $0.index == other } && other != one.index
            && contacts[one.index].flatMap { one in contacts[other].map(one.touches) } == true
        }
      }
      if carried.isEmpty { return floating }
      floating.removeAll { one in carried.contains { $0.index == one.index } }
    }
  }

  /// Returns the height of the highest plane among the props, in meters; nil if there is no plane.
  static func floorPlane(of scene: Scene) -> Double? {
    scene.props.filter { if case .plane = $0.shape { true } else { false } }
      .map(\.position.y).max()
  }

  /// Returns the height of the floor that a character stands on, in meters: that of a horizontal
  /// prop, or the ground at the character's position.
  static func floor(under character: Character, _ scene: Scene) -> Double {
    if let plane = floorPlane(of: scene) { return plane }
    let isPutDown = character.ground && character.pose.goals.seat == nil
    return isPutDown ? character.position.y : min(0, character.position.y)
  }

  /// Returns a function for the height of the floor or prop under a point, in meters.
  static func support(in scene: Scene, _ floor: Double) -> (Vector3) -> Double {
    let solids = Support.all(in: scene).filter { $0.prop.carried == nil }
    return { support(under: $0, solids, floor) }
  }

  /// Returns the highest surface below a point, or just above it.
  private static func support(
    under point: Vector3, _ solids: [Support], _ floor: Double
  ) -> Double {
    solids.reduce(floor) { highest, support in
      guard let top = support.top(under: point, slack: thing) else { return highest }
      return max(highest, top)
    }
  }
}

/// A prop that can carry something.
private struct Support {
  let prop: Prop
  let solid: PropSolid
  private let propFromWorld: Transform

  private init(_ prop: Prop) {
    self.prop = prop
    solid = PropSolid(prop)
    propFromWorld = prop.worldFromProp.inverse
  }

  static func all(in scene: Scene) -> [Support] {
    scene.props.filter(\.shape.isSolid).map(Support.init)
  }

  /// Returns the height of its surface under a point, or up to `slack` above it; nil beside it.
  func top(under point: Vector3, slack: Double) -> Double? {
    switch prop.shape {
    case .box, .cylinder, .plane:
      let top = prop.position.y + prop.shape.height
      let isOver = prop.shape.covers(propFromWorld.apply(point))
      return isOver && top < point.y + slack ? top : nil
    default: return solid.surface(under: point, slack: slack)
    }
  }
}

extension Scene {
  /// Returns the scene with its props at the given positions; unchanged if the list is empty.
  func with(_ things: [Prop]) -> Scene {
    guard !things.isEmpty else { return self }
    var scene = self
    scene.props = things
    return scene
  }
}
