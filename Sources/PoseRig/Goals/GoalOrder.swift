/// Who must be solved before whom.
enum GoalOrder {
  /// Indices of the characters, those for whom others wait first; nil, after naming the circle, if some wait for each other.
  static func of(_ scene: Scene, log: DiagnosticLog) -> [Int]? {
    var order: [Int] = []
    var path: [Int] = []
    for index in scene.characters.indices where !visit(index, scene, &order, &path) {
      let circle = path.map { "\"\(scene.characters[$0].id)\"" }
      let goals = scene.characters[path[0]].pose.goals
      log.error(
        goals.file, goals.reach.values.map(\.location).first ?? scene.characters[path[0]].location,
        "these reach for each other in a circle: \(circle.joined(separator: " → ")) → \(circle[0]); let one of them reach for a point instead"
      )
      return nil
    }
    return order
  }

  /// Puts a character after those it waits for; false, with the circle in `path`, if that leads back to it.
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
    let owners = scene.characters[index].pose.goals.owners
    for (other, character) in scene.characters.enumerated()
    where character.id != own && owners.contains(character.id) {
      if !visit(other, scene, &order, &path) { return false }
    }
    path.removeLast()
    order.append(index)
    return true
  }
}
