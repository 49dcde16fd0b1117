/// A prop in a hand, while its scene is being solved.
struct Held {
  var hand: JointName
  /// The hand's skin, measured once for all searches.
  var skin: HandSkin
  /// The prop's index in the scene.
  var prop: Int
  var grip: Grip
  var fit: GripFit
  /// Whether the prop comes to the hand; if not, the hand goes to the prop.
  var carries: Bool
}

extension GoalSolver {
  // MARK: Taking hold

  /// Determines how each hand holds its prop, and which props come to hands.
  mutating func takeHold() {
    for (index, character) in scene.characters.enumerated() {
      let hands = [JointName.rightHand, .leftHand].filter { character.hold[$0] != nil }
      // A hand with a goal leads; the other one comes to the prop.
      let led = hands.filter { character.pose.goals.reach[$0] != nil }
      for hand in led + hands.filter({ !led.contains($0) }) {
        guard let hold = character.hold[hand] else { continue }
        do throws(Finding.Fact) {
          let held = try taken(hold, by: hand, of: index)
          self.held[index, default: []].append(held)
        } catch {
          findings.note(.hold(hand, character: index), error)
        }
      }
    }
    for (index, prop) in scene.props.enumerated() {
      do throws(Finding.Fact) { try check(prop) } catch { findings.note(.prop(index), error) }
    }
  }

  private func taken(
    _ hold: Hold, by hand: JointName, of index: Int
  ) throws(Finding.Fact) -> Held {
    let character = scene.characters[index]
    guard let number = scene.props.firstIndex(where: { $0.id == hold.prop }) else {
      throw .unknownProp(hold.prop)
    }
    let prop = scene.props[number]
    let others = (held[index] ?? []).filter { $0.prop == number }
    let names = scene.characters.filter { $0.hold.values.contains { $0.prop == hold.prop } }
      .map(\.id)
    if names.count > 1 { throw .heldTwice(prop.id, by: names) }
    let isPlaced = prop.isPlaced || prop.carrier != nil
    if isPlaced || !others.isEmpty, character.pose.goals.reach[hand] != nil {
      throw .reachesAndHolds(hand, prop.id)
    }
    if let carrier = prop.carrier, carrier.character == character.id,
      JointName(rawValue: carrier.joint).map({ PosedRig.hangs($0, on: hand) }) == true
    {
      throw .carriesItself(hand, prop.id)
    }
    let grip = try grip(hold, hand.side, of: prop, besides: others.first?.name(in: prop))
    guard let posed = state.rigged(character.id), let skin = HandSkin(posed.body, hand) else {
      throw .cannotHold(prop.id)
    }
    for grip in grip.grip.isEitherWay ? [grip.grip, grip.grip.turned] : [grip.grip] {
      let fit = scene.bodies.fit(skin, prop.shape, grip)
      guard fit.holds(as: grip.kind) else { continue }
      return Held(
        hand: hand, skin: skin, prop: number, grip: grip, fit: fit,
        carries: !isPlaced && others.isEmpty)
    }
    throw .noHandFits(grip.name, of: prop.id)
  }

  /// Returns the grip that a hold names, or the default one.
  private func grip(
    _ hold: Hold, _ side: Side, of prop: Prop, besides other: String?
  ) throws(Finding.Fact) -> (name: String, grip: Grip) {
    guard let name = hold.point ?? prop.shape.usualGrip(for: side, besides: other) else {
      throw .noGrip(nil, of: prop.id)
    }
    guard prop.shape.point(named: name) != nil else {
      throw .unknownPropPoint(name, of: prop.id)
    }
    guard var grip = prop.shape.grip(named: name) else { throw .noGrip(name, of: prop.id) }
    if let kind = hold.kind { grip.kind = kind }
    return (name, grip)
  }

  /// Checks that a prop's owner, and the character of the joint that carries it, exist in the
  /// scene.
  private func check(_ prop: Prop) throws(Finding.Fact) {
    if let owner = prop.owner, state.rigged(owner) == nil { throw .unknownCharacter(owner) }
    if let carrier = prop.carrier {
      if state.rigged(carrier.character) == nil { throw .unknownCharacter(carrier.character) }
      if JointName(rawValue: carrier.joint) == nil {
        throw .unknownPart(carrier.joint, of: carrier.character)
      }
    }
    let names = [prop.owner, prop.carrier?.character, scene.holder(of: prop)].compactMap(\.self)
    if let first = names.first, let other = names.first(where: { $0 != first }) {
      throw .heldTwice(prop.id, by: [first, other])
    }
  }

  // MARK: Carrying

  /// Moves the props that a character carries along with its joints.
  mutating func carry(_ index: Int) {
    let character = scene.characters[index]
    guard let posed = state.rigged(character.id) else { return }
    for number in scene.props.indices {
      guard let carrier = scene.props[number].carrier, carrier.character == character.id,
        let joint = JointName(rawValue: carrier.joint)
      else { continue }
      state.scene.props[number].carried = posed.frame(of: joint) * scene.props[number].ownTransform
    }
    for held in held[index] ?? [] where held.carries {
      state.scene.props[held.prop].carried = posed.frame(of: held.hand) * held.fit.handFromProp
    }
  }

  /// Returns the targets of hands that go to their props.
  func grasps(of index: Int, _ posed: PosedCharacter) -> [ReachProblem.Target] {
    let toModel = posed.worldFromModel.inverse
    return (held[index] ?? []).filter { !$0.carries }.map { held in
      let lead = self.held[index]?.first { $0.carries && $0.prop == held.prop }
      let placeFromProp =
        lead?.fit.handFromProp ?? toModel * state.scene.props[held.prop].worldFromProp
      let fit = held.fit.handFromProp
      var target = ReachProblem.Target(
        joint: held.hand, carrier: lead?.hand, tip: fit.apply(held.grip.point),
        at: placeFromProp.apply(held.grip.point))
      var axis = placeFromProp.rotation.rotate(held.grip.axis)
      let own = fit.rotation.rotate(held.grip.axis)
      let rotations = posed.posedRig.modelFromJoint.map(\.rotation)
      let carried = lead.map { rotations[$0.hand.index].rotate(axis) } ?? axis
      if held.grip.isEitherWay, rotations[held.hand.index].rotate(own).dot(carried) < 0 {
        axis = -axis
      }
      target.ways = [(own, axis)]
      if !held.grip.isRound {
        let facing = held.grip.facing(held.hand.side)
        target.ways.append(
          (fit.rotation.rotate(facing), placeFromProp.rotation.rotate(facing)))
      }
      return target
    }
  }

  /// Puts each prop that a hand went to into the hand as it is now, if it can be held like that: if
  /// a wrist rotates less than the grip requires, the palm would be inside the prop.
  mutating func settleHolds(_ index: Int) {
    let following = (held[index] ?? []).enumerated().filter { !$0.element.carries }
    guard !following.isEmpty, let posed = state.skinned(scene.characters[index].id) else { return }
    for (number, held) in following {
      let prop = state.scene.props[held.prop]
      let solver = held.solver(of: prop)
      var fit = solver.settled(
        held.grip, handFromProp: posed.frame(of: held.hand).inverse * prop.worldFromProp)
      guard fit.holds(as: held.grip.kind) else { continue }
      let depth = solver.depth(of: posed, handFromProp: fit.handFromProp)
      if depth > 0 { fit.handFromProp.translation -= .unitY * (depth + HandCloser.touch) }
      self.held[index]?[number].fit = fit
    }
  }

  /// Returns whether a prop is inside the palm of a hand that went to it.
  mutating func isPierced(_ index: Int) -> Bool {
    let following = (held[index] ?? []).filter { !$0.carries }
    guard !following.isEmpty, let posed = state.skinned(scene.characters[index].id) else {
      return false
    }
    return following.contains { held in
      let prop = state.scene.props[held.prop]
      let handFromProp = posed.frame(of: held.hand).inverse * prop.worldFromProp
      return held.solver(of: prop).depth(of: posed, handFromProp: handFromProp)
        > GripFit.deepestAllowed
    }
  }

  /// Bends the fingers around held props; if the hand went to the prop, around the prop in its
  /// actual position.
  mutating func closeHands(_ index: Int) {
    let character = scene.characters[index]
    guard let posed = state.rigged(character.id), let holds = held[index], !holds.isEmpty else {
      return
    }
    var pose = poses[character.id] ?? character.pose
    for held in holds {
      var fit = held.fit
      if !held.carries {
        let prop = state.scene.props[held.prop]
        fit = held.solver(of: prop).close(
          held.grip, handFromProp: posed.frame(of: held.hand).inverse * prop.worldFromProp)
      }
      fit.apply(to: &pose)
    }
    take(pose, character.id)
  }
}

extension Held {
  /// Returns the solver for how the hand holds its prop.
  fileprivate func solver(of prop: Prop) -> GripSolver {
    GripSolver(skin, prop.shape, at: grip.point)
  }

  /// The name of the grip.
  fileprivate func name(in prop: Prop) -> String? {
    prop.shape.gripNames.first { prop.shape.point(named: $0)?.point == grip.point }
  }
}

extension Scene {
  /// Returns the id of the character that holds a prop; nil if no one does.
  func holder(of prop: Prop) -> String? {
    characters.first { $0.hold.values.contains { $0.prop == prop.id } }?.id
  }

  /// Returns the id of the character that a prop belongs to; nil if it belongs to no one.
  package func owner(of prop: Prop) -> String? {
    prop.owner ?? prop.carrier?.character ?? holder(of: prop)
  }
}
