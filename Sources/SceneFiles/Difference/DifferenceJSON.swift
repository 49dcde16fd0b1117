internal import MapRender
internal import PoseRig

/// Differences as JSON for programs: facts in meters and degrees, and their descriptions.
package enum DifferenceJSON {
  /// Returns a file's difference.
  package static func value(of file: FileDifference) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "path", value: file.path.map(JSONValue.string) ?? .null),
      .init(key: "oldPath", value: file.oldPath.map(JSONValue.string) ?? .null),
      .init(key: "kind", value: file.kind.map { .string("\($0)") } ?? .null),
      .init(key: "status", value: .string(file.status.rawValue)),
    ]
    if !file.through.isEmpty {
      members.append(.init(key: "through", value: .list(file.through.map(JSONValue.string))))
    }
    if !file.faults.isEmpty {
      members.append(.init(key: "faults", value: .list(file.faults.map(JSONValue.string))))
    }
    if let difference = file.difference {
      members.append(
        .init(key: "characters", value: .list(difference.characters.map(character))))
    }
    if let motion = file.motion { members.append(.init(key: "motion", value: self.motion(motion))) }
    members.append(.init(key: "words", value: .list(file.groups.flatMap(words))))
    return .object(members)
  }

  private static func words(_ group: DifferenceGroup) -> [JSONValue] {
    group.lines.map {
      .members([
        "character": group.title.isEmpty ? .null : .string(group.title),
        "kind": .string($0.kind.rawValue), "text": .string($0.text),
      ])
    }
  }

  private static func character(_ difference: CharacterDifference) -> JSONValue {
    var members: [JSONValue.Member] = [.init(key: "id", value: .string(difference.id))]
    func add(_ key: String, _ value: JSONValue, if isIncluded: Bool) {
      if isIncluded { members.append(.init(key: key, value: value)) }
    }
    add("oldId", .string(difference.oldId ?? ""), if: difference.oldId != nil)
    add("added", .boolean(true), if: difference.before == nil)
    add("removed", .boolean(true), if: difference.after == nil)
    add("placed", vector(difference.shift), if: difference.shift != .zero)
    add("yaw", .rounded(difference.turn), if: abs(difference.turn) >= 0.01)
    add("joints", .list(difference.turns.map(turn)), if: !difference.turns.isEmpty)
    add("carried", vector(difference.carried ?? .zero), if: difference.carried != nil)
    add(
      "moved",
      .list(
        difference.moves.map {
          .members(["joint": .string($0.joint.rawValue), "way": vector($0.way)])
        }), if: !difference.moves.isEmpty)
    if let gaze = difference.gaze {
      add("gaze", .members(["left": .rounded(gaze.left), "up": .rounded(gaze.up)]), if: true)
    }
    add("touches", .list(difference.won.map(contact)), if: !difference.won.isEmpty)
    add("letsGo", .list(difference.lost.map(contact)), if: !difference.lost.isEmpty)
    if let balance = difference.balance {
      add(
        "balance",
        .members([
          "before": .rounded(balance.before.margin), "after": .rounded(balance.after.margin),
        ]), if: true)
    }
    add("pastLimits", .list(difference.straysNow.map(stray)), if: !difference.straysNow.isEmpty)
    add(
      "withinLimits", .list(difference.straysGone.map(stray)), if: !difference.straysGone.isEmpty)
    add("findings", .list(difference.findings.map(finding)), if: !difference.findings.isEmpty)
    return .object(members)
  }

  private static func vector(_ vector: Vector3) -> JSONValue {
    .rounded([vector.x, vector.y, vector.z])
  }

  private static func turn(_ turn: PoseDifference.Turn) -> JSONValue {
    let angles = turn.angles.map { angle in
      JSONValue.members([
        "name": .string(angle.name.rawValue), "before": .rounded(angle.before),
        "after": .rounded(angle.after),
      ])
    }
    return .members([
      "joint": .string(turn.joint.rawValue), "degrees": .rounded(turn.degrees),
      "angles": .list(angles),
    ])
  }

  private static func contact(_ contact: Contact) -> JSONValue {
    let part = JSONValue.string(contact.part.rawValue)
    switch contact.other {
    case .floor: return .members(["part": part, "floor": .boolean(true)])
    case .prop(let id): return .members(["part": part, "prop": .string(id)])
    case .body(let id, let region):
      return .members([
        "part": part, "character": .string(id), "region": .string(region.rawValue),
      ])
    }
  }

  private static func stray(_ stray: StrayAngle) -> JSONValue {
    .members([
      "joint": .string(stray.joint.rawValue), "angle": .string(stray.angle.rawValue),
      "degrees": .rounded(stray.degrees), "end": .rounded(stray.end),
    ])
  }

  private static func finding(_ change: FindingChange) -> JSONValue {
    let code = (change.after ?? change.before)?.code.rawValue ?? ""
    return .members([
      "code": .string(code), "before": change.before.map { .rounded($0.fact.measure) } ?? .null,
      "after": change.after.map { .rounded($0.fact.measure) } ?? .null,
    ])
  }

  private static func motion(_ motion: MotionDifference) -> JSONValue {
    let spans = motion.spans.map { span in
      JSONValue.members([
        "first": .int(span.frames.lowerBound), "last": .int(span.frames.upperBound),
        "joints": .list(
          span.turns.map {
            .members([
              "joint": .string($0.joint.rawValue), "degrees": .rounded($0.degrees),
              "frame": .int($0.frame),
            ])
          }),
      ])
    }
    return .members([
      "framesBefore": .int(motion.counts.before), "framesAfter": .int(motion.counts.after),
      "inserted": motion.inserted.map { .list([.int($0.lowerBound), .int($0.upperBound)]) }
        ?? .null,
      "spans": .list(spans),
    ])
  }
}
