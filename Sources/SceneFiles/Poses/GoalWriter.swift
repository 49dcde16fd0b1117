internal import PoseRig

/// Writes the goals of a pose as ``GoalReader`` reads them.
enum GoalWriter {
  /// Returns the members `"seat"`, `"reach"` and `"look"` of a pose file, without goals that the
  /// pose does not have.
  ///
  /// Planted feet are omitted: they refer to the pose that a file builds on, and a written file
  /// builds on no other.
  static func members(of goals: PoseGoals) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if let seat = goals.seat { members.append(.init(key: "seat", value: mark(seat))) }
    let reach = PoseGoals.effectors.compactMap { limb in
      goals.reach[limb].map { JSONValue.Member(key: limb.rawValue, value: value(of: $0)) }
    }
    if goals.steps { members.append(.init(key: "step", value: .boolean(true))) }
    if !reach.isEmpty { members.append(.init(key: "reach", value: .object(reach))) }
    if let look = goals.look { members.append(.init(key: "look", value: mark(look))) }
    return members
  }

  private static func value(of reach: PoseGoals.Reach) -> JSONValue {
    let ways: [(key: String, value: JSONValue?)] = [
      ("pole", reach.pole.map(vector)), ("palm", reach.palm.map(direction)),
      ("fingers", reach.fingers.map(direction)), ("sole", reach.sole.map { .string($0.rawValue) }),
      ("with", reach.part == .palm ? nil : .string(reach.part.rawValue)),
      ("touch", reach.pressure.map { .string($0.rawValue) }),
      ("wrap", reach.wraps ? .boolean(true) : nil),
    ]
    let members = ways.compactMap { way in
      way.value.map { JSONValue.Member(key: way.key, value: $0) }
    }
    if case .stretched(let direction, let extent) = reach.at {
      return .object(stretch(direction, extent) + members)
    }
    let at = mark(reach.at)
    if members.isEmpty { return at }
    if case .object(let point) = at { return .object(point + members) }
    return .object([.init(key: "at", value: at)] + members)
  }

  /// Returns the members of a goal toward which a hand stretches.
  private static func stretch(
    _ direction: PoseGoals.Direction, _ extent: Double
  ) -> [JSONValue.Member] {
    var members = [JSONValue.Member(key: "toward", value: self.direction(direction))]
    if case .toward(.named(let owner, let part, let offset)) = direction, offset != .zero {
      members = [
        .init(key: "toward", value: .string("\(owner).\(part)")),
        .init(key: "offset", value: vector(offset)),
      ]
    }
    if extent != PoseGoals.Point.usualExtent {
      members.append(.init(key: "extent", value: .rounded(extent)))
    }
    return members
  }

  /// Writes a point alone, or `{"at": point, "offset": [x, y, z]}`.
  private static func mark(_ point: PoseGoals.Point) -> JSONValue {
    guard case .named(_, _, let offset) = point, offset != .zero else { return self.point(point) }
    return .members(["at": self.point(point), "offset": vector(offset)])
  }

  private static func point(_ point: PoseGoals.Point) -> JSONValue {
    switch point {
    case .fixed(let point): vector(point)
    case .camera: .string("camera")
    case .stretched(let direction, _): self.direction(direction)
    case .named(let owner, let part, _): .string("\(owner).\(part)")
    }
  }

  private static func direction(_ direction: PoseGoals.Direction) -> JSONValue {
    switch direction {
    case .fixed(let way): vector(way)
    case .toward(let point): self.point(point)
    case .own(let way): own(way)
    }
  }

  private static func own(_ way: Vector3) -> JSONValue {
    let words = OwnDirection.words(of: way).map { JSONValue.string($0.rawValue) }
    return words.count == 1 ? words[0] : .list(words)
  }

  private static func vector(_ vector: Vector3) -> JSONValue {
    .rounded([vector.x, vector.y, vector.z])
  }
}
