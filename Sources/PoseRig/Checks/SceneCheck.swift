/// Checks for faults that a renderer draws without complaint and an artist would not: limbs in
/// limbs, feet in the air or in the floor, bodies in things.
public enum SceneCheck {
  /// How deep skin may be in skin, in meters: hands press in.
  private static let flesh = 0.02
  private static let embrace = 0.04
  /// How far off the ground a body may be, or how deep in it or in a prop, in meters.
  private static let ground = 0.02
  private static let thing = 0.03

  /// Returns all of that in a scene.
  public static func check(_ scene: Scene, _ posed: PosedScene) -> [Finding] {
    var findings: [Finding] = []
    // Surfaces with holes have no inside.
    let contacts = posed.characters.map { $0.bodySurface.isClosed ? BodyContact($0) : nil }
    for (index, character) in posed.characters.enumerated() {
      for overlap in contacts[index]?.ownOverlaps() ?? [] where overlap.depth > flesh {
        findings.note(.character(index), .insideItself(overlap))
      }
      for other in posed.characters.indices where other > index {
        guard let one = contacts[index], let two = contacts[other],
          let overlap = [one.overlap(in: two), two.overlap(in: one)].compactMap(\.self)
            .max(by: { $0.depth < $1.depth }), overlap.depth > embrace
        else { continue }
        findings.note(.character(index), .insideOther(posed.characters[other].id, overlap))
      }
      // What carries someone who sits on a bare point is not in the scene.
      let floats =
        scene.characters[index].motion == nil && scene.characters[index].pose.goals.seat == nil
      checkGround(character, scene, floats: floats) { findings.note(.character(index), $0) }
    }
    return findings
  }

  /// Returns the limbs in limbs of a pose alone, on a mannequin.
  public static func check(_ pose: Pose, on mannequin: Mannequin) -> [Finding] {
    let figure = Figure.mannequin(mannequin, Proportions())
    let character = Character(id: mannequin.name, figure: figure, pose: pose)
    guard let posed = SceneSolver.pose(character) else { return [] }
    return BodyContact(posed).ownOverlaps().filter { $0.depth > flesh }
      .map { Finding(.pose, .insideItself($0)) }
  }

  private static func checkGround(
    _ character: PosedCharacter, _ scene: Scene, floats: Bool,
    _ note: (Finding.Fact) -> Void
  ) {
    let skin = character.bodySurface.points
    let floor = floor(under: character, scene)
    let lowest = skin.lazy.map { $0.y }.min() ?? floor
    if floor - lowest > ground {
      note(.insideFloor(depth: floor - lowest))
    }
    let solids = Support.all(in: scene)
    let gap = skin.map { point in point.y - support(under: point, solids, floor) }.min() ?? 0
    if floats, gap > ground {
      note(.floats(height: gap))
    }
    let carriers = character.body.carriers()
    for support in solids {
      let deepest = skin.indices.map { (index: $0, depth: support.solid.depth(of: skin[$0])) }
        .max { $0.depth < $1.depth }
      guard let deepest, deepest.depth > thing else { continue }
      note(.insideProp(carriers[deepest.index], prop: support.prop.id, depth: deepest.depth))
    }
  }

  /// Returns the height of the floor that a character stands on, in meters.
  static func floor(under character: PosedCharacter, _ scene: Scene) -> Double {
    scene.props.filter { if case .plane = $0.shape { true } else { false } }
      .map(\.position.y).max() ?? min(0, character.worldFromModel.translation.y)
  }

  /// Returns what tells the height of the floor or prop under a point, in meters.
  static func support(in scene: Scene, _ floor: Double) -> (Vector3) -> Double {
    let solids = Support.all(in: scene)
    return { support(under: $0, solids, floor) }
  }

  /// The highest thing below a point, or just above it.
  private static func support(
    under point: Vector3, _ solids: [Support], _ floor: Double
  ) -> Double {
    solids.reduce(floor) { highest, support in
      guard let top = support.top(under: point, slack: thing) else { return highest }
      return max(highest, top)
    }
  }
}

/// A prop that carries what stands or lies on it.
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
