/// The order in which to solve characters: those that others depend on come first.
///
/// Characters whose hands and feet depend on each other form a group, which is solved together.
/// Sitting characters depend on their seat: characters that sit on each other cannot be solved.
struct GoalOrder {
  /// The indices of the characters of each group; within it, seats come before those who sit on
  /// them.
  private(set) var groups: [[Int]] = []

  private let scene: Scene
  /// The characters that each character depends on.
  private let needs: [[Int]]
  /// The characters on the path from the first to the one being visited.
  private var path: [Int] = []
  /// The number of characters visited before each one; nil for one that has not been visited yet.
  private var visited: [Int?]
  /// The smallest such number that each character leads back to on the path.
  private var earliest: [Int]

  /// Returns the order; nil, after recording the cycle, if characters sit on each other.
  static func of(_ scene: Scene, findings: inout [Finding]) -> [[Int]]? {
    var order = GoalOrder(scene)
    for index in scene.characters.indices where order.visited[index] == nil {
      order.visit(index)
    }
    var groups: [[Int]] = []
    for group in order.groups {
      switch order.seated(group) {
      case .success(let sorted): groups.append(sorted)
      case .failure(let circle):
        findings.note(
          .goal(.seat, character: circle.members[0]),
          .circleOfGoals(circle.members.map { scene.characters[$0].id }))
        return nil
      }
    }
    return groups
  }

  private init(_ scene: Scene) {
    self.scene = scene
    visited = Array(repeating: nil, count: scene.characters.count)
    earliest = Array(repeating: 0, count: scene.characters.count)
    let names = scene.characters.map(\.id)
    needs = scene.characters.indices.map { index in
      let character = scene.characters[index]
      let things = character.pose.goals.props.union(character.hold.values.map(\.prop))
      let owners = character.pose.goals.owners.union(Self.carriers(of: things, scene))
      return names.indices.filter { $0 != index && owners.contains(names[$0]) }
    }
  }

  /// Returns the characters that carry props.
  private static func carriers(of things: Set<String>, _ scene: Scene) -> Set<String> {
    Set(
      scene.props.filter { things.contains($0.id) }.compactMap { prop in
        let holder = prop.isPlaced ? nil : scene.holder(of: prop)
        return prop.carrier?.character ?? holder
      })
  }

  /// Finds the groups of a character and of those it depends on (Tarjan, "Depth-first search and
  /// linear graph algorithms", 1972).
  private mutating func visit(_ index: Int) {
    let time = visited.count { $0 != nil }
    visited[index] = time
    earliest[index] = time
    path.append(index)
    for other in needs[index] {
      let isNew = visited[other] == nil
      if isNew { visit(other) }
      if isNew || path.contains(other) { earliest[index] = min(earliest[index], earliest[other]) }
    }
    guard earliest[index] == time, let start = path.firstIndex(of: index) else { return }
    groups.append(path[start...].sorted { scene.characters[$0].id < scene.characters[$1].id })
    path.removeSubrange(start...)
  }

  // MARK: Seats

  private struct Circle: Error { var members: [Int] }

  /// Returns a group in the order of its seats.
  private func seated(_ group: [Int]) -> Result<[Int], Circle> {
    var sorted: [Int] = []
    for start in group {
      // Everyone has one seat, so the path from seat to seat does not branch.
      var way: [Int] = []
      var next: Int? = start
      while let index = next, !sorted.contains(index) {
        if let first = way.firstIndex(of: index) {
          return .failure(Circle(members: Array(way[first...])))
        }
        way.append(index)
        next = carrier(ofSeatOf: index).flatMap { group.contains($0) && $0 != index ? $0 : nil }
      }
      sorted += way.reversed()
    }
    return .success(sorted)
  }

  /// Returns the character that carries the seat of another one; nil for a stationary seat.
  private func carrier(ofSeatOf index: Int) -> Int? {
    guard case .named(let owner, let part, _)? = scene.characters[index].pose.goals.seat else {
      return nil
    }
    let thing = part.split(separator: ".").first.map(String.init) ?? part
    let id = owner == "props" ? Self.carriers(of: [thing], scene).first : owner
    return scene.characters.firstIndex { $0.id == id }
  }
}
