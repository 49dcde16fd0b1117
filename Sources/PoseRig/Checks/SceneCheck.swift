/// What a renderer draws without complaint and an artist would not: limbs in limbs, feet in the air or in the floor, bodies in things.
public enum SceneCheck {
  /// How deep skin may be in skin, in metres: hands press in.
  private static let flesh = 0.02
  private static let embrace = 0.04
  /// How far off the ground a body may be, or how deep in it or in a prop, in metres.
  private static let ground = 0.02
  private static let thing = 0.03

  /// Warns in `log` of all that.
  public static func check(_ scene: Scene, _ posed: PosedScene, log: DiagnosticLog) {
    // Surfaces with holes have no inside.
    let contacts = posed.characters.map { $0.surface.isClosed ? BodyContact($0) : nil }
    for (index, character) in posed.characters.enumerated() {
      let place = scene.characters[index].location
      func warn(_ text: String) { log.warning(scene.file, place, text) }
      for overlap in contacts[index]?.ownOverlaps() ?? [] where overlap.depth > flesh {
        warn(
          "\(overlap.joint.rawValue) of \"\(character.id)\" is \(centimetres(overlap.depth)) inside its \(overlap.inside.rawValue)"
        )
      }
      for other in posed.characters.indices where other > index {
        guard let one = contacts[index], let two = contacts[other],
          let overlap = [one.overlap(in: two), two.overlap(in: one)].compactMap(\.self)
            .max(by: { $0.depth < $1.depth }), overlap.depth > embrace
        else { continue }
        warn(
          "\"\(character.id)\" and \"\(posed.characters[other].id)\" run into each other, \(overlap.joint.rawValue) \(centimetres(overlap.depth)) inside \(overlap.inside.rawValue)"
        )
      }
      // What carries someone who sits on a bare point is not in the scene.
      let floats =
        scene.characters[index].motion == nil && scene.characters[index].pose.goals.seat == nil
      checkGround(character, scene, floats: floats, warn)
    }
  }

  /// The same for a pose alone, on the female mannequin: its limbs in limbs.
  public static func check(_ pose: Pose, file: String, log: DiagnosticLog) {
    let character = Character(id: "female", body: "female", pose: pose)
    guard let posed = SceneSolver.pose(character) else { return }
    for overlap in BodyContact(posed).ownOverlaps() where overlap.depth > flesh {
      log.warning(
        file, SourceLocation(line: 1, column: 1),
        "\(overlap.joint.rawValue) is \(centimetres(overlap.depth)) inside \(overlap.inside.rawValue), on the female mannequin"
      )
    }
  }

  private static func checkGround(
    _ character: PosedCharacter, _ scene: Scene, floats: Bool, _ warn: (String) -> Void
  ) {
    let skin = character.surface.points
    let floor =
      scene.props.filter { if case .plane = $0.shape { true } else { false } }
      .map(\.position.y).max() ?? min(0, character.worldFromModel.translation.y)
    let lowest = skin.lazy.map { $0.y }.min() ?? floor
    if floor - lowest > ground {
      warn("\"\(character.id)\" is \(centimetres(floor - lowest)) in the floor")
    }
    let solids = scene.props.filter { $0.shape.height > 0 }
    let gap = skin.map { point in point.y - support(under: point, solids, floor) }.min() ?? 0
    if floats, gap > ground {
      warn("\"\(character.id)\" floats \(centimetres(gap)) above what is under it")
    }
    let carriers = character.body.carriers()
    for prop in solids {
      let deepest = skin.indices.map { (index: $0, depth: depth(of: skin[$0], in: prop)) }
        .max { $0.depth < $1.depth }
      guard let deepest, deepest.depth > thing else { continue }
      warn(
        "\(carriers[deepest.index].rawValue) of \"\(character.id)\" is \(centimetres(deepest.depth)) inside \"\(prop.id)\""
      )
    }
  }

  /// The highest thing below a point, or just above it.
  private static func support(under point: Vector3, _ solids: [Prop], _ floor: Double) -> Double {
    solids.reduce(floor) { highest, prop in
      let turn = Quaternion(intrinsicXYZ: prop.rotation * (.pi / 180))
      let top = prop.position.y + prop.shape.height
      guard prop.shape.covers(turn.inverse.rotate(point - prop.position)), top < point.y + thing
      else { return highest }
      return max(highest, top)
    }
  }

  /// How far inside a prop a point is, in metres; 0 or less outside.
  private static func depth(of point: Vector3, in prop: Prop) -> Double {
    let turn = Quaternion(intrinsicXYZ: prop.rotation * (.pi / 180))
    let p = turn.inverse.rotate(point - prop.position)
    let upright = min(p.y, prop.shape.height - p.y)
    switch prop.shape {
    case .box(let size): return min(upright, size.x / 2 - abs(p.x), size.z / 2 - abs(p.z))
    case .cylinder(let radius, _):
      return min(upright, radius - (p.x * p.x + p.z * p.z).squareRoot())
    case .plane: return 0
    }
  }

  private static func centimetres(_ metres: Double) -> String {
    "\(PoseWriter.number(metres * 100, 0)) cm"
  }
}
