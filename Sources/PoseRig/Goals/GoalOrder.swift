/// The order in which characters are solved: those first that others wait for.
enum GoalOrder {
  /// Returns the indices of the characters, those for which others wait first; nil, after noting
  /// the circle, if some wait for each other.
  static func of(_ scene: Scene, findings: inout [Finding]) -> [Int]? {
    var order: [Int] = []
    var path: [Int] = []
    for index in scene.characters.indices where !visit(index, scene, &order, &path) {
      findings.note(
        subject(of: path[0], scene), .circleOfGoals(path.map { scene.characters[$0].id }))
      return nil
    }
    return order
  }

  /// Returns who moves the props that a character's goals name or that it holds.
  private static func carriers(of index: Int, _ scene: Scene) -> Set<String> {
    let character = scene.characters[index]
    let held = character.hold.values.map(\.prop)
    let named = character.pose.goals.props
    return Set(
      scene.props.filter { held.contains($0.id) || named.contains($0.id) }.compactMap { prop in
        let holder = prop.isPlaced ? nil : scene.holder(of: prop)
        return prop.carrier?.character ?? holder
      })
  }

  /// Returns the first goal for which a character waits for another, or the character itself.
  private static func subject(of index: Int, _ scene: Scene) -> Finding.Subject {
    let goals = scene.characters[index].pose.goals
    let waiting = PoseGoals.effectors.first { goals.reach[$0]?.at.owner != nil }
    return waiting.map { .goal(.reach($0), character: index) } ?? .character(index)
  }

  /// Puts a character after those it waits for; false, with the circle in `path`, if that leads
  /// back to it.
  private static func visit(
    _ index: Int, _ scene: Scene, _ order: inout [Int], _ path: inout [Int]
  ) -> Bool {
    if order.contains(index) { return true }
    if let start = path.firstIndex(of: index) {
      path = Array(path[start...])
      return false
    }
    path.append(index)
    let own = scene.characters[index].id
    let owners = scene.characters[index].pose.goals.owners.union(carriers(of: index, scene))
    for (other, character) in scene.characters.enumerated()
    where character.id != own && owners.contains(character.id) {
      if !visit(other, scene, &order, &path) { return false }
    }
    path.removeLast()
    order.append(index)
    return true
  }
}
