/// The current state of a scene while its goals are solved, which locates the points that goals
/// name.
struct GoalState {
  /// The scene, with its props at their current positions.
  var scene: Scene
  /// The current state of the characters, except for the skin of some.
  private var characters: [String: PosedCharacter] = [:]
  /// The poses of characters with outdated skin: most steps of a search do not need it.
  private var unskinned: [String: Pose] = [:]
  /// The camera, once it is known.
  var camera: Camera?

  init(scene: Scene) { self.scene = scene }

  /// Returns a character, possibly with outdated skin; nil for an unknown id.
  func rigged(_ id: String) -> PosedCharacter? { characters[id] }

  /// Returns a character with up-to-date skin; nil for an unknown id.
  mutating func skinned(_ id: String) -> PosedCharacter? {
    guard var character = characters[id], let pose = unskinned.removeValue(forKey: id) else {
      return characters[id]
    }
    character.bodySurface = Skinning.pose(
      character.body, character.posedRig, worldFromModel: character.worldFromModel, pose: pose,
      withNormals: false)
    character.putOn(withNormals: false)
    characters[id] = character
    return character
  }

  /// Replaces a character, including its skin.
  mutating func put(_ character: PosedCharacter) {
    characters[character.id] = character
    unskinned[character.id] = nil
  }

  /// Changes a character's pose, keeping its position.
  mutating func take(_ pose: Pose, _ id: String) {
    guard var character = characters[id] else { return }
    character.posedRig = PosedRig(body: character.body, pose: pose)
    characters[id] = character
    unskinned[id] = pose
  }

  /// Returns the skin that a hand or foot coming from `start` touches at a point; nil for a camera
  /// that is not known yet.
  mutating func touch(_ point: PoseGoals.Point, from start: Vector3) throws(UnknownGoal) -> Touch? {
    switch point {
    case .fixed(let point): return Touch(point: point)
    case .camera: return camera.map { Touch(point: $0.position) }
    // The result depends on the hand.
    case .stretched: return nil
    case .named("props", let part, let offset):
      let (prop, named) = try prop(part)
      let world = prop.worldFromProp
      return Touch(
        point: world.apply(named.point) + offset,
        normal: named.direction.map { world.rotation.rotate($0) })
    case .named(let owner, let part, let offset):
      guard let other = skinned(owner) else { throw UnknownGoal(fact: .unknownCharacter(owner)) }
      var touch: Touch
      if let joint = JointName(rawValue: part) {
        touch = other.touch(joint, from: start)
      } else if let skin = BodyPoint.named(part).flatMap({ other.touch($0, from: start) }) {
        touch = skin
      } else {
        guard let landmark = LandmarkName(rawValue: part).flatMap(other.landmark) else {
          throw UnknownGoal(fact: .unknownPart(part, of: owner))
        }
        touch = Touch(point: landmark)
      }
      touch.point += offset
      return touch
    }
  }

  /// Returns the joint that carries the skin of a goal's point; nil for a point on no one's skin.
  func carrier(of point: PoseGoals.Point) -> JointName? {
    guard case .named(_, let part, _) = point, point.owner != nil else { return nil }
    if let joint = JointName(rawValue: part) { return joint }
    if let point = BodyPoint.named(part) { return point.spot.carrier }
    return LandmarkName(rawValue: part)?.carrier
  }

  /// Returns the point that an eye looks at: for a joint its middle, for a head its eyes.
  ///
  /// - Parameter eyes: the position of the eyes that look.
  mutating func sight(
    _ point: PoseGoals.Point, from eyes: Vector3
  ) throws(UnknownGoal) -> Vector3? {
    guard case .named(let owner, let part, let offset) = point, owner != "props",
      let joint = JointName(rawValue: part)
    else { return try touch(point, from: eyes)?.point }
    guard let other = rigged(owner) else { throw UnknownGoal(fact: .unknownCharacter(owner)) }
    return (joint == .head ? other.eyes : other.position(of: joint)) + offset
  }

  /// Returns the prop and its point that `table.top` names.
  func prop(_ part: String) throws(UnknownGoal) -> (prop: Prop, point: PropDesign.NamedPoint) {
    let names = part.split(separator: ".").map(String.init)
    guard let prop = scene.props.first(where: { $0.id == names.first }), names.count == 2 else {
      throw UnknownGoal(fact: .unknownProp(names.first ?? ""))
    }
    guard let point = prop.shape.point(named: names[1]) else {
      throw UnknownGoal(fact: .unknownPropPoint(names[1], of: prop.id))
    }
    return (prop, point)
  }
}

/// A point that a goal names and that is not in the scene.
struct UnknownGoal: Error {
  let fact: Finding.Fact
}
