/// The dependencies between positions and directions in words: their cycles, and an order to solve
/// them.
struct PlacementOrder {
  /// An unknown of a character, by its index.
  enum Unknown: Hashable {
    case position(Int)
    case yaw(Int)

    var character: Int {
      switch self {
      case .position(let index), .yaw(let index): index
      }
    }
  }

  /// All unknowns, each after those that it depends on.
  private(set) var order: [Unknown] = []
  /// The cycles among them.
  private(set) var circles: [Finding] = []

  private let scene: Scene
  private var visited: Set<Unknown> = []
  /// The unknowns on the path of dependencies, from the first on.
  private var path: [Unknown] = []
  /// The characters of each known cycle.
  private var known: Set<Set<Int>> = []

  init(_ scene: Scene) {
    self.scene = scene
    for index in scene.characters.indices {
      visit(.position(index))
      visit(.yaw(index))
    }
  }

  private mutating func visit(_ unknown: Unknown) {
    if let start = path.firstIndex(of: unknown) { return note(Array(path[start...])) }
    guard visited.insert(unknown).inserted else { return }
    path.append(unknown)
    for need in needs(of: unknown) { visit(need) }
    path.removeLast()
    order.append(unknown)
  }

  private mutating func note(_ circle: [Unknown]) {
    guard let first = circle.first, known.insert(Set(circle.map(\.character))).inserted else {
      return
    }
    var members: [Int] = []
    for index in circle.map(\.character) where members.last != index { members.append(index) }
    if members.count > 1, members.first == members.last { members.removeLast() }
    let subject: Finding.Subject =
      switch first {
      case .position(let index): .placing(index)
      case .yaw(let index): .facing(index)
      }
    circles.note(subject, .circleOfPositions(members.map { scene.characters[$0].id }))
  }

  // MARK: Dependencies

  private func needs(of unknown: Unknown) -> [Unknown] {
    let character = scene.characters[unknown.character]
    switch unknown {
    case .position(let index):
      guard let placement = character.placement else { return [] }
      // A character that still has to face something can have another yaw at first.
      let own: [Unknown] = character.facing == nil ? [.yaw(index)] : []
      if let other = placement.anchor.character.flatMap(scene.index) {
        return stand(of: other) + own
      }
      if case .arranged(let number) = placement.anchor {
        guard case .character(let id) = scene.arrangements[number].center else { return own }
        return (scene.index(of: id).map(stand) ?? []) + own
      }
      guard case .on(let id, _) = placement.anchor else { return own }
      let carrier = scene.carrier(ofProp: id).map { carrier in
        scene.carriers(of: carrier, reaching: true)
          .flatMap { [Unknown.position($0), .yaw($0)] }
      }
      return (carrier ?? []) + own
    case .yaw(let index):
      switch character.facing?.target {
      case .character(let id)?:
        guard let other = scene.index(of: id), other != index else { return [] }
        return [.position(index)] + positions(of: other)
      case .point?: return [.position(index)]
      case .camera?: return [.position(index)] + shown()
      case nil:
        guard let placement = character.placement, placement.turns,
          let other = placement.anchor.character.flatMap(scene.index)
        else { return [] }
        return [.yaw(other)]
      }
    }
  }

  /// Returns the unknowns that a shot depends on; empty for another camera.
  private func shown() -> [Unknown] {
    guard case .shot(let shot) = scene.camera.placement else { return [] }
    return scene.characters.indices.filter { shot.frames(scene.characters[$0].id) }
      .flatMap { [.position($0), .yaw($0)] }
  }

  /// Returns everything that determines the position and the yaw of a standing or sitting
  /// character.
  private func stand(of index: Int) -> [Unknown] {
    scene.carriers(of: index).flatMap { [.position($0), .yaw($0)] }
  }

  /// Returns everything that determines the position of a standing or sitting character. Its own
  /// yaw matters only if it sits on another character, since two that face each other are not a
  /// cycle.
  private func positions(of index: Int) -> [Unknown] {
    let carriers = scene.carriers(of: index)
    return [.position(index)]
      + carriers.filter { $0 != index }.flatMap { [.position($0), .yaw($0)] }
  }
}

extension Scene {
  /// Returns the index of a character; nil for an unknown id.
  func index(of id: String) -> Int? { characters.firstIndex { $0.id == id } }

  /// Returns the index of the character that carries a prop; nil if no one does.
  func carrier(ofProp id: String) -> Int? {
    guard let prop = props.first(where: { $0.id == id }) else { return nil }
    if let carrier = prop.carrier { return index(of: carrier.character) }
    return prop.isPlaced ? nil : holder(of: prop).flatMap(index)
  }

  /// Returns a character and those that determine its position, such as the one that carries its
  /// seat.
  ///
  /// - Parameter reaching: whether its joints matter too: then those that it reaches for are
  ///   included.
  func carriers(of index: Int, reaching: Bool = false) -> [Int] {
    var found = [index]
    var next = 0
    while next < found.count {
      let goals = characters[found[next]].pose.goals
      next += 1
      let seat: Int? =
        switch goals.seat {
        case .named("props", let part, _):
          carrier(ofProp: part.split(separator: ".").first.map(String.init) ?? part)
        case .named(let owner, _, _): self.index(of: owner)
        case .fixed, .camera, .stretched, nil: nil
        }
      let others = reaching ? goals.owners.sorted().compactMap(self.index) : []
      for carrier in [seat].compactMap(\.self) + others where !found.contains(carrier) {
        found.append(carrier)
      }
    }
    return found
  }
}
